"""`fieldlog rescue …`: what a phone still held, carried here as a file."""

from datetime import UTC, datetime
from pathlib import Path

import click

from fieldlog import config, problems
from fieldlog.cli import night
from fieldlog.cli.files import Files
from fieldlog.cli.speech import bar, in_app, json_option, progress_option, refuse, say
from fieldlog.store import identity, rescues
from sync import passing
from sync import rescue as files
from sync.http import Refused, Trouble

CARRIER = "by hand"
NOT_ALL = 3
KEPT = "The file is kept here and goes to the centre at night, or with: fieldlog sync"


@click.group("rescue")
def command():
    """What a phone still held, carried here as a file.

    A phone that can't send saves such a file; anyone may carry it, only the centre opens it.
    """


@command.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--by-hand", is_flag=True, help="Take it though nothing proves whose it is.")
@json_option
@progress_option
@in_app
def bring(file, by_hand, as_json, progress):
    """Take all that is in FILE, as if its phone had sent it. Twice is harmless.

    At a node the file is kept, and passed on to the centre if that can be reached.

    Exit codes: 0 all of it is at the centre, 1 refused (a sentence says why), 3 the file is kept
    here: the centre was not reached, or something in the file found no other place.
    """
    if file.stat().st_size > files.RESCUE_MAX:
        refuse(f"{file} is larger than any rescue file ({files.RESCUE_MAX} bytes).")
    content = file.read_bytes()
    now = datetime.now(UTC)
    try:
        if config.current().role == "node":
            told = _pass_on(content, now)
        else:
            with bar("opening", len(content), progress, unit="B") as shown:
                told = rescues.take(content, CARRIER, now, by_hand=by_hand, progress=shown.update)
    except files.Unfit as fault:
        problem = problems.RESCUE[fault.code]
        refuse(f"{file}: {fault}. {problem.what_to_do}")
    say(_sentence(told), told, as_json)
    if _is_odd(told):
        raise SystemExit(NOT_ALL)


@command.command("list")
@click.option("--last", default=20, show_default=True, help="So many.")
@json_option
@in_app
def listing(last, as_json):
    """The rescue files that came here last: when, from which phone, what became of each."""
    rows = [_row(row) for row in rescues.recent(last)]
    lines = [
        "{received_at:%Y-%m-%d %H:%M}  {sha256:.8}  {device}  {size:>9,} B  {state}{why}".format(
            **row, why=f" ({row['code']})" if row["code"] else ""
        )
        for row in rows
    ]
    for row in rows:
        row["received_at"] = row["received_at"].isoformat()
    say("\n".join(lines) or "No rescue file has come here.", {"files": rows}, as_json)


def _pass_on(content: bytes, now: datetime) -> dict:
    head = files.head_of(files.Pieces([content]), identity.centre_key())
    digest = rescues.keep(content, head, CARRIER, now)
    kept = {"state": "kept", "sha256": digest, "device": head.device, "up": None}
    with night.centre(config.current()) as peer:
        try:
            done = passing.pass_on(Files(digest), peer.rescue)
        except (Trouble, Refused):
            return kept
    if code := done.refused.get(digest):
        problem = problems.RESCUE.get(code)
        refuse(f"The centre refused it: {problem.sentence if problem else code}")
    return rescues.of(digest).told


def _sentence(told: dict) -> str:
    if told["state"] == "kept":
        return KEPT
    lines = [
        "{log:.8}  {new:>6,} new  {known:>6,} here already  {quarantined:>4,} in quarantine{why}"
        .format(**log, why="" if log["r"] == "ok" else f"  ({log['r']})")
        for log in told["logs"]
    ]  # fmt: skip
    more = [
        f"{told[name]} {what}"
        for name, what in (
            ("photos", "photos"),
            ("rows", "rows that the phone could not read: they stay in the file, which is kept"),
            ("others", "parts not known here: they stay in the file, which is kept"),
        )
        if told[name]
    ]
    return "\n".join([*lines, *more]) or "Nothing was in it."


def _is_odd(told: dict) -> bool:
    if told["state"] == "kept":
        return True
    unheard = any(log["r"] not in ("ok", "fork") for log in told["logs"])
    return bool(unheard or told["rows"] or told["others"])


def _row(row) -> dict:
    names = ("sha256", "device", "carrier", "made_at", "received_at", "size", "state", "code")
    return {name: getattr(row, name) for name in names}
