"""`fieldlog sync`: brings all at a node to the centre, by hand; `fieldlog night` does so too."""

import time

import click

from fieldlog import config
from fieldlog.cli import night
from fieldlog.cli.speech import bar, in_app, json_option, progress_option, refuse, say
from fieldlog.store import outbox

NOT_ALL = 3
ALREADY = 4
SENTENCES = {
    "ok": "All is at the centre: {sent} entries sent, {verified} logs the same there.",
    "remark": "Not all is settled: {sent} entries sent, {remark}.",
    "failed": "The centre was not reached to the end: {remark}. Nothing is lost; run it again.",
}


@click.command("sync")
@click.option("--hurry", is_flag=True, help="Try again at once after trouble (for trials).")
@json_option
@progress_option
@in_app
def command(hurry, as_json, progress):
    """Bring everything at this node to the centre, and make sure that it is there.

    Fetches places, categories, accounts and phones first; pushes; compares every log by its
    hash. Only one runs at a time. Safe to stop at any point and to run again.

    Exit codes: 0 all is at the centre, 3 not all (the report says what), 4 another is running.
    """
    peer = night.centre(config.current())
    with outbox.lock() as mine:
        if not mine:
            refuse("Another fieldlog sync is running at this store.", ALREADY)
        with bar("to the centre", shown=progress, unit=" entries") as shown:
            told = night.run(peer, onto(shown), at_once if hurry else time.sleep)
    say(SENTENCES[told["outcome"]].format(**{**told, "remark": why(told)}), told, as_json)
    if told["outcome"] != "ok":
        raise SystemExit(NOT_ALL)


def onto(shown):
    """A report of the job, drawn on a bar. A stage without a total tells steps, not where it is."""

    def report(stage: str, done: int, total: int) -> None:
        shown.set_description(stage)
        if total:
            shown.total = total
        shown.update(done - shown.n if total else done)

    return report


def why(told: dict) -> str:
    """What keeps a night from being whole; empty if nothing does."""
    if told["remark"]:
        return told["remark"]
    if not (told["refused"] or told["differing"]):
        return ""
    return f"{told['refused']} logs refused, {len(told['differing'])} logs differ"


def at_once(_seconds: float) -> None:
    """Hardly any pause: for trials, where only the order of things matters."""
    time.sleep(0.05)
