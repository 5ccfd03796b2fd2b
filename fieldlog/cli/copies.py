"""`fieldlog store backup` and `fieldlog store restore`: a copy of the whole store, and back."""

from datetime import UTC, datetime
from pathlib import Path

import click
from sqlalchemy.exc import SQLAlchemyError

from fieldlog import config
from fieldlog.cli.speech import bar, in_app, json_option, opened, progress_option, refuse, say
from fieldlog.store import backup as copies
from fieldlog.store import outbox

COPIED = "{file}: {bytes} bytes. It holds all of {store}, its keys too: guard it like the store."
RESTORED = (
    "{store} is as it was at {made_at}, gone through and whole, with {photos} photos. It is "
    "another incarnation now ({inc}), so that everyone asks anew what it has."
)
NEXT = {
    "centre": "Start the server. Phones and nodes bring back by themselves what it lacks: a phone "
    "when it next sends, a node with its next night; to have it now run fieldlog night at "
    "each node. Accounts, codes and revocations made since the copy have to be made again.",
    "node": "Run fieldlog night now: it fetches places, accounts and what has been erased since. "
    "Then start the server. Phones bring back by themselves what it lacks. What was written at "
    "its own pages since the copy is at the centre as far as it was sent.",
}
KEPT = "What stood here before is kept in {kept}. Delete it once you miss nothing."


@click.command()
@click.argument("where", type=click.Path(path_type=Path))
@click.option("--keep", type=click.IntRange(min=1), help="In a folder: only so many newest copies.")
@click.option("--no-photos", is_flag=True, help="Leave the photos out: they are copied elsewhere.")
@json_option
@progress_option
@in_app
def backup(where, keep, no_photos, as_json, progress):
    """Copy the whole store to the file WHERE, or into the folder WHERE, while it runs.

    One file with everything: the database as it stands at one moment, and the photos. A copy
    that is cut short leaves nothing behind.
    """
    if keep and not where.is_dir():
        refuse("--keep is for a folder of copies, and WHERE is not one.")
    if not where.absolute().parent.is_dir():
        refuse(f"There is no folder {where.absolute().parent}.")
    url, now = config.current().database_url, datetime.now(UTC)
    with bar("copying", shown=progress) as shown:
        try:
            told = copies.make(
                where.absolute(), url, now, photos=not no_photos, progress=_onto(shown)
            )
        except (copies.BadCopy, OSError) as failed:
            refuse(f"No copy was made: {failed}")
    told["deleted"] = copies.prune(where, keep) if keep else []
    say(COPIED.format(**told), told, as_json)


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--replace", "over", is_flag=True, help="Put the database that stands here aside.")
@json_option
@progress_option
def restore(file, over, as_json, progress):
    """Make the store again from the copy FILE. Stop the server first.

    The copy is proven before it is used: every hash, every chain, every record. What stands here
    is never overwritten: it is refused, or with --replace kept aside. Afterwards the store says
    who it is by a new incarnation, so that phones and nodes bring back all that it lacks.
    """
    with opened() as app, outbox.lock() as mine:
        if not mine:
            refuse("The night is running at this store: wait until it has ended.")
        with bar("restoring", shown=progress, unit=" entries") as shown:
            try:
                settings, now = app.config["SETTINGS"], datetime.now(UTC)
                told = copies.restore(file, settings, now, over=over, progress=shown.update)
            except (copies.BadCopy, copies.Occupied, OSError) as failed:
                refuse(f"{failed}")
            except SQLAlchemyError as broken:
                refuse(f"The copy can't be used: {type(broken).__name__}. Nothing was changed.")
    lines = [RESTORED, *([KEPT] if told["kept"] else []), NEXT[told["role"]]]
    say("\n".join(line.format(**told) for line in lines), told, as_json)


def _onto(shown):
    def progress(done: int, total: int) -> None:
        shown.total = total
        shown.update(done - shown.n)

    return progress
