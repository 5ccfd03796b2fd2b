"""`fieldlog store …`: make, count, check, rebuild, copy and restore what is kept."""

import click

from fieldlog.cli import copies
from fieldlog.cli.speech import bar, in_app, json_option, opened, progress_option, say
from fieldlog.store import blobs, categories, counts, identity, projection, schema, verify


@click.group("store")
def command():
    """Make, count, check, rebuild, copy and restore what is kept."""


command.add_command(copies.backup)
command.add_command(copies.restore)


@command.command()
@json_option
def init(as_json):
    """Make the tables, who this store is, and its categories. Safe to run again.

    Run it once before the first start, and after each new version of the program.
    """
    with opened() as app:
        before = schema.current()
        schema.upgrade()
        settings = app.config["SETTINGS"]
        store = identity.ensure(settings.name)
        seeded = categories.seed() if settings.role == "centre" else 0
        told = {"store": store.name, "from": before, "to": schema.current(), "categories": seeded}
    done = "is up to date" if before == told["to"] else f"went from {before} to {told['to']}"
    say(f"{told['store']}: the database {done}; {seeded} categories added.", told, as_json)


@command.command()
@json_option
def migrate(as_json):
    """Bring the tables to this version, and nothing else."""
    with opened():
        before = schema.current()
        schema.upgrade()
        told = {"from": before, "to": schema.current()}
    say(f"The tables were at {before} and are at {told['to']}.", told, as_json)


@command.command()
@json_option
@in_app
def count(as_json):
    """How much is kept: entries, visits, events, quarantined, logs."""
    told = counts.count()
    say("\n".join(f"{number:>10,} {what}" for what, number in told.items()), told, as_json)


@command.command("verify")
@json_option
@progress_option
@in_app
def check(as_json, progress):
    """Check every chain and photo, and that visits and events are what their entries say."""
    with bar("checking", shown=progress, unit=" entries") as shown:
        found = verify.verify(shown.update) + blobs.verify(shown.update)
    told = {"ok": not found, "found": found}
    whole = "All chains hold, all projections fit, all photos are whole."
    say("\n".join(found) or whole, told, as_json)
    if found:
        raise SystemExit(1)


@command.command()
@progress_option
@in_app
def rebuild(progress):
    """Make visits and events again from the entries alone."""
    with bar("rebuilding", shown=progress, unit=" entries") as shown:
        projection.rebuild(shown.update)
    say("Visits, events and quarantine were made again from the entries.", {})


@command.command()
@progress_option
@in_app
def rejudge(progress):
    """Judge every quarantined entry again with today's places, categories and accounts."""
    with bar("judging", shown=progress, unit=" entries") as shown:
        projection.rejudge(shown.update)
    left = counts.count()["quarantined"]
    say(f"Judged again; {left} stand in quarantine.", {"quarantined": left})
