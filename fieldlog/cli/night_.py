"""`fieldlog night`: what a store does every night, by a timer; and whether its nights are well."""

import time
from datetime import UTC, datetime

import click

from fieldlog import config
from fieldlog.cli import night, notices
from fieldlog.cli.speech import bar, in_app, json_option, progress_option, refuse, say
from fieldlog.cli.sync_ import ALREADY, NOT_ALL, SENTENCES, at_once, onto, why
from fieldlog.store import nights, outbox, overdue

RED = 5
CHECKED = "{entries} entries checked, {faults} faults."
LATE = "RED: {node}: no whole night since {since}."
DAMAGED = "RED: {node}: the check found {faults} faults. Run: fieldlog store verify"


@click.command("night")
@click.option("--status", is_flag=True, help="Run nothing; only say whether the nights are well.")
@click.option("--hurry", is_flag=True, help="Try again at once after trouble (for trials).")
@json_option
@progress_option
@in_app
def command(status, hurry, as_json, progress):
    """Do what a store does every night: a timer runs this at every node and at the centre.

    A node brings everything to the centre, as fieldlog sync does, nights that were missed with
    it. Then every store goes through its chains and its records. What it found stands in the
    night's row, on the page Nights, and goes out as a notice (FIELDLOG_NOTIFY) when somebody has
    to do something. Only one runs at a time. Safe to stop at any point and to run again.

    Exit codes: 0 all is well, 3 not all is at the centre, 4 another is running, 5 red: no whole
    night for 24 hours, or the check found a fault.
    """
    told = {} if status else _run(hurry, progress)
    settings, now = config.current(), datetime.now(UTC)
    red = overdue.alarms(now, settings.name)
    last = nights.last_complete(settings.name, now)
    if not status:
        told["noticed"] = notices.tell(settings, told, red)
    answer = told | {"red": [_plain(alarm) for alarm in red], "last": _moment(last)}
    say("\n".join(_sentences(told, red, last)), answer, as_json)
    if red:
        raise SystemExit(RED)
    if told and told["outcome"] != "ok":
        raise SystemExit(NOT_ALL)


def _run(hurry: bool, progress: bool | None) -> dict:
    settings = config.current()
    peer = night.centre(settings) if settings.role == "node" else None
    with outbox.lock() as mine:
        if not mine:
            refuse("The night is running at this store already.", ALREADY)
        with bar("the night", shown=progress, unit=" entries") as shown:
            pause = at_once if hurry else time.sleep
            return night.run(peer, onto(shown), pause, check=True)


def _sentences(told: dict, red: list, last: datetime | None):
    if told:
        if config.current().role == "node":
            brought = told | {"outcome": told["outcome"] if why(told) else "ok"}
            yield SENTENCES[brought["outcome"]].format(**{**told, "remark": why(told)})
        check = told["check"]
        yield CHECKED.format(entries=check["entries"], faults=len(check["faults"]))
        yield f"The audit log's head, to keep elsewhere: {told['audit']}"
    yield f"The last whole night here ended at {_moment(last) or '–'}."
    for alarm in red:
        said = LATE if alarm.kind == "late" else DAMAGED
        since = _moment(alarm.since) or "it was made"
        yield said.format(node=alarm.node, since=since, faults=len(alarm.faults))


def _plain(alarm: overdue.Alarm) -> dict:
    return {"node": alarm.node, "kind": alarm.kind, "since": _moment(alarm.since)}


def _moment(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat(timespec="seconds")
