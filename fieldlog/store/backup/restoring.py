"""Makes the store again from a copy: proven, brought to this version, another incarnation.

Whatever stood is kept. Until the restored one has been gone through and found whole, nothing of
what stood is touched that can't be put back. Knows nothing of commands.
"""

from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import sqlalchemy as sa
from flask import Flask

from fieldlog.store import database, identity, ownlog, projection, schema, sessions, verify
from fieldlog.store.backup import archive, making
from fieldlog.store.backup.archive import BadCopy
from fieldlog.store.backup.place import Occupied
from fieldlog.store.blobs import place as photos_at
from fieldlog.store.database import db, writing
from fieldlog.store.tables import Bundle


def restore(
    file: Path,
    settings,
    now: datetime,
    *,
    over: bool = False,
    progress: Callable[[int], object] = lambda _: None,
) -> dict:
    """Put the copy where `settings` say the database is; what was done, with the new `inc`.

    Raises BadCopy, or Occupied where one stands already (unless `over`) or is in use.
    """
    about = archive.manifest(file)
    here = making.place(settings.database_url, now)
    _refuse_unfit(about, here.kind, settings.role)
    if not over and not here.is_empty():
        raise Occupied("There is a database already. To put it aside for the copy: --replace")
    here.close_to_others()
    try:
        dumped = here.receive()
        archive.take_database(file, dumped)
        photos = _bring_photos(file, settings)
        told = _made_ready(here.load(dumped), settings, progress)
        kept = here.settle()
    except BaseException:
        here.give_up()
        raise
    return {**about, **told, "photos": photos, "was": about["inc"], "kept": kept}


def _refuse_unfit(about: dict, kind: str, role: str) -> None:
    if about["engine"] != kind:
        raise BadCopy(f"The copy is of {about['engine']}, FIELDLOG_DATABASE_URL names {kind}.")
    if about["role"] != role:
        raise BadCopy(
            f"The copy is of a {about['role']}, these settings make a {role} (FIELDLOG_UPSTREAM)."
        )
    if not schema.knows(about["schema"]):
        raise BadCopy("The copy was made by a newer program. Update this one first.")


def _bring_photos(file: Path, settings) -> int:
    """Into the place of photos, where each stands under its own hash: more can't do harm."""
    held, count = None, 0
    for name, content in archive.photos(file):
        if held is None:
            if settings.blobs_at is None:
                raise BadCopy(
                    "The copy holds photos, and there is no place for them: set FIELDLOG_BLOBS"
                )
            held = photos_at.made(settings.blobs_at)
        if held.size(name) != len(content):
            held.put(name, content)
        count += 1
    return count


def _made_ready(url: str, settings, progress: Callable[[int], object]) -> dict:
    """Bring it to this version, renew it, and go through all of it. Raises BadCopy."""
    with _on(url, settings):
        schema.upgrade()
        inc = identity.renew()
        sessions.end_all()  # who signed out since would be in again
        ownlog.leave()
        _erase_again()
        projection.catch_up()
        faults = verify.verify(progress)  # photos not in the copy are sent again by who has them
        if faults:
            raise BadCopy(f"The copy does not hold together, and was not used: {faults[0]}")
        return {"inc": inc, "schema": schema.current(), "verified": True}


def _erase_again() -> None:
    """What was erased by law since the copy was made must go again: the list of it is fetched
    and applied anew, before anything else, by the first night.
    """
    with writing() as session:
        session.execute(sa.delete(Bundle).where(Bundle.name == "erased"))


@contextmanager
def _on(url: str, settings):
    app = Flask("fieldlog-restore")
    app.config["SETTINGS"] = replace(settings, database_url=url)
    database.init(app, url, settings.role)
    with app.app_context():
        if settings.blobs_at:
            photos_at.use(photos_at.made(settings.blobs_at))
        try:
            yield
        finally:
            db.session.remove()
            db.engine.dispose()
