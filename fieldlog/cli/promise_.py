"""`fieldlog promise …`: bring in and carry out what a municipality has promised."""

import json
from datetime import UTC, datetime

import click
from marshmallow import ValidationError

from fieldlog import config
from fieldlog.cli.speech import in_app, json_option, refuse, say
from fieldlog.store import changes
from fieldlog.store.promises import document


@click.group("promise")
def command():
    """Agreements, promises, focus areas, commitments and their sources."""


@command.command("import")
@click.argument("file", type=click.File("r", encoding="utf-8"))
@click.option("--preview", is_flag=True, help="Only say what would change.")
@json_option
@in_app
def bring_in(file, preview, as_json):
    """Add or change what the JSON FILE tells; the rest stays as it is. All of it, or nothing.

    The file is shaped as fieldlog promise export writes it. What was published before changes from
    this week on, never for weeks gone by.
    """
    if config.current().role == "node":
        refuse("Promises are kept at the centre: a node gets what they ask with fieldlog sync.")
    now = datetime.now(UTC)
    try:
        told = changes.parsed(file.read())
        done = document.changes(told, now.date()) if preview else document.bring(told, now)
    except changes.NoDocument as bad:
        refuse(f"{file.name}: {bad} Nothing was changed.")
    except changes.Refused as refused:
        done = refused.changes
    for change in done:
        if change.what == changes.WRONG:
            click.echo(f"{change.kind} {change.code}: {fault(change)}", err=True)
    counts = changes.count(done)
    if counts[changes.WRONG]:
        refuse("Nothing was changed.")
    words = "{new} new, {changed} changed, {same} as before.".format(**counts)
    say(f"It would be: {words}" if preview else words, counts, as_json)


@command.command("export")
@in_app
def carry_out():
    """Everything as it stands now, as JSON that import takes."""
    click.echo(json.dumps(document.told(), ensure_ascii=False, indent=1))


def fault(change: changes.Change) -> str:
    """Why an item can't be brought in, in one line."""
    if isinstance(change.fault, ValidationError):
        return "; ".join(f"{field}: {said}" for field, said in change.fault.messages.items())
    return str(change.fault)
