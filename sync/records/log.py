"""The first and the last entry of a log: who writes it, and whether it ended in order."""

from sync.records.base import Strict
from sync.records.fields import Choice, Part, Shaped, Text, Whole


class Previous(Strict):
    log = Shaped("^[0-9a-f]{32}$", label="Log", purpose="Which log this one follows")
    seq = Whole(0, 2**53 - 1, label="Number", purpose="How far that log went")


class Open(Strict):
    device = Text(64, label="Device", purpose="Which device writes this log")
    app = Text(64, least=0, label="App", purpose="Which version of the app began it")
    reason = Choice(
        "new", "evicted", "forked", "restored", label="Why a new log",
        purpose="Says aloud when a device lost its storage or was copied",
    )  # fmt: skip
    previous = Part(Previous, null=True, label="Previous log", purpose="Where the story went on")


class Close(Strict):
    """Its presence is all it says."""
