"""`fieldlog sync`: the nightly job of a node, run by a timer or by hand."""

import time

import click

from fieldlog import config
from fieldlog.cli import night
from fieldlog.cli.speech import bar, in_app, json_option, progress_option, refuse, say
from fieldlog.store import outbox
from sync.http import Peer

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
    settings = config.current()
    if settings.role == "centre":
        refuse("This store is the centre: there is nowhere to sync to (FIELDLOG_UPSTREAM).")
    if not settings.upstream_token:
        refuse("FIELDLOG_UPSTREAM_TOKEN is not set. At the centre: fieldlog node add NAME")
    peer = Peer(settings.upstream, settings.upstream_token)
    with outbox.lock() as mine:
        if not mine:
            refuse("Another fieldlog sync is running at this store.", ALREADY)
        with bar("to the centre", shown=progress, unit=" entries") as shown:
            told = night.run(peer, _onto(shown), _at_once if hurry else time.sleep)
    say(SENTENCES[told["outcome"]].format(**{**told, "remark": _why(told)}), told, as_json)
    if told["outcome"] != "ok":
        raise SystemExit(NOT_ALL)


def _onto(shown):
    """A report of the job, drawn on a bar."""

    def report(stage: str, done: int, total: int) -> None:
        shown.set_description(stage)
        shown.total = total
        shown.update(done - shown.n)

    return report


def _why(told: dict) -> str:
    if told["remark"]:
        return told["remark"]
    return f"{told['refused']} logs refused, {len(told['differing'])} logs differ"


def _at_once(_seconds: float) -> None:
    time.sleep(0.05)
