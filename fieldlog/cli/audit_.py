"""`fieldlog audit …`: the audit log checked against itself, and its head to keep elsewhere."""

import click

from fieldlog.cli.speech import bar, in_app, json_option, progress_option, say
from fieldlog.store import audit


class HeadType(click.ParamType):
    """A head as it was handed out: NUMBER:HASH."""

    name = "number:hash"

    def convert(self, value, param, context):
        try:
            return audit.Head.read(value)
        except ValueError:
            self.fail(f"{value!r} is no head: it looks like 4711:9f86d0… (64 digits).")


@click.group("audit")
def command():
    """Who looked at what, and who did what."""


@command.command()
@click.option(
    "--head", "heads", type=HeadType(), multiple=True, help="A head that was kept elsewhere."
)
@json_option
@progress_option
@in_app
def verify(heads, as_json, progress):
    """Check every row against its hash, and the log against heads handed out earlier.

    The check alone finds a row that was changed or taken out. That the log was cut, or written
    anew as a whole, only a head from before shows: those of this store's nights are taken by
    themselves, and one that was kept elsewhere is given with --head.
    """
    with bar("checking", shown=progress, unit=" rows") as shown:
        found = audit.faults(heads, shown.update)
    told = {"ok": not found, "found": found, "head": str(audit.head())}
    say("\n".join(found) or f"The audit log holds. Its head: {told['head']}", told, as_json)
    if found:
        raise SystemExit(1)


@command.command()
@json_option
@in_app
def head(as_json):
    """The number and hash of the last row, to be kept where this server's owner can't reach."""
    told = {"head": str(audit.head())}
    say(told["head"], told, as_json)
