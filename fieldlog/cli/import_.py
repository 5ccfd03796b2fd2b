"""`fieldlog import …`: what others have published, as records of this store."""

from pathlib import Path

import click

from fieldlog.cli.speech import bar, in_app, json_option, progress_option, refuse, say
from fieldlog.imports import police_events
from fieldlog.store import bringing, people
from fieldlog.store.bringing import Brought


@click.group("import")
def command():
    """Bring in what others have published."""


@command.command("police-events")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--account", required=True, help="Login of the account in whose name they stand.")
@json_option
@progress_option
@in_app
def events(file, account, as_json, progress):
    """Write the police's published events of FILE (.jsonl or .jsonl.gz) as event records.

    Each line becomes one event in this store's own log. A kind that has no category here goes to
    the stated one, with its name first in the note. Running it again adds only what is new.
    """
    owner = people.by_login(account)
    if owner is None:
        refuse(f"There is no account {account!r}. Add it with: fieldlog account add {account} …")
    found = (Brought("event", f.rid, f.at, f.body) for f in police_events.read(file))
    told = {"written": 0, "here_already": 0}
    try:
        with bar("importing", shown=progress, unit=" events") as shown:
            for written, held in bringing.bring(found, owner):
                told["written"] += written
                told["here_already"] += held
                shown.update(written + held)
    except police_events.BadLine as bad:
        refuse(f"{file}: {bad}. The {told['written']} events before it were written.")
    say("{written} events written, {here_already} were here already.".format(**told), told, as_json)
