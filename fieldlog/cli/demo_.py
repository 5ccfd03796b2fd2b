"""`fieldlog demo`: a made-up month in Sollentuna, served at once."""

from dataclasses import replace
from pathlib import Path

import click

from fieldlog import config
from fieldlog.access.devices import enrolment_url
from fieldlog.cli import serve_ as serving
from fieldlog.cli.device_ import terminal_qr
from fieldlog.cli.speech import opened, refuse
from fieldlog.demo import build, cast, guard
from fieldlog.demo.folder import Folder, Kept
from fieldlog.store import devices, people

REAL = (
    "This database is not a demo's: it has records or people of its own, and the demo keeps away "
    "from it. Unset FIELDLOG_DATABASE_URL, or name an empty database."
)


@click.command("demo")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, help="Port to listen on.")
@click.option("--folder", default=".run/demo", show_default=True, help="Where the demo is kept.")
@click.option("--anew", is_flag=True, help="Forget the kept demo and make a new month.")
@click.option("--only-build", is_flag=True, help="Make it, print who is in it, and stop.")
def command(host, port, folder, anew, only_build):
    """Serve a made-up month: a promise, people in every role, patrols, a node, a phone to enrol.

    The first start makes it; later ones only serve, with the same passwords. It is kept in
    --folder, or in the database of FIELDLOG_DATABASE_URL if that is empty or its own.
    """
    where = Folder(Path(folder))
    if anew:
        where.empty()
    base = f"http://{host}:{port}"
    kept, settings = prepare(where, base)
    click.echo(who(kept))
    if only_build:
        return
    app = serving.prepare(settings)
    with app.app_context():
        click.echo(for_a_phone(base))
    serving.serve(app, host, port)


def prepare(where: Folder, base: str) -> tuple[Kept, config.Settings]:
    """The demo's settings, once its store is whole; made now if it is not there yet."""
    try:
        given = config.read()
    except config.BadSetting as bad:
        refuse(str(bad))
    kept = where.kept()
    settings = _settings(given, where, kept, base)
    with opened(settings):
        state = guard.state(kept)
    if state == "ours unfinished" and settings.database_url == where.database("centre"):
        where.empty()
        kept = where.kept()
        settings, state = _settings(given, where, kept, base), "empty"
    if state not in ("empty", "ours"):
        refuse(REAL)
    if state == "empty":
        _make(settings, kept, where)
    return kept, settings


def _make(settings: config.Settings, kept: Kept, where: Folder) -> None:
    click.echo("Making a month in Sollentuna …", err=True)
    build.build(settings, kept, where, lambda step: click.echo(f"  {step}", err=True))


def _settings(given, where: Folder, kept: Kept, base: str) -> config.Settings:
    database = given.database_url
    if database == config.Settings().database_url:
        database = where.database("centre")
    return replace(
        given,
        database_url=database,
        secret_key=kept.secret_key,
        name="Centralen (demo)",
        upstream=None,
        upstream_token=None,
        public_url=base,
        plain_http=True,
    )


def who(kept: Kept) -> str:
    """Who can sign in, with what."""
    lines = ["", "Everyone here is made up. They sign in at /login:", ""]
    for person in cast.PEOPLE:
        what = f"{person.role}, {person.org}"
        lines.append(f"  {person.login:<8} {kept.passwords[person.login]:<32} {what}")
    return "\n".join(lines)


def for_a_phone(base: str) -> str:
    """A fresh code that makes this browser, or a phone, Alice's."""
    code, until = devices.make_code(people.by_login("alice").id)
    link = enrolment_url(code, base)
    ends = until.astimezone().strftime("%H:%M")
    return (
        f"\nThe phone's app, as Alice (good until {ends}; Sara makes more at /devices):\n\n"
        f"{terminal_qr(link)}\n  {link}\n\nThe supervisors' pages: {base}/login\n"
    )
