"""Something observed that makes a place unsafe. It need not be a crime, and describes no person."""

from typing import ClassVar

from sync.records.base import Strict
from sync.records.fields import (
    Choice,
    Digest,
    Flag,
    Moment,
    Part,
    Rid,
    Several,
    Shaped,
    Text,
    Whole,
)
from sync.records.place import Point
from sync.records.visit import NOTE_MAX

BLOB_MAX = 15 * 1024 * 1024
_AGES = ("child", "13-17", "18-25", "adult", "unknown")
_HANDLED = (
    "none",
    "talked",
    "sent_away",
    "police_called",
    "fault_reported",
    "rescue_called",
    "other",
)


class Blob(Strict):
    sha256 = Digest(label="Photo", purpose="Which photo belongs to the record")
    size = Whole(1, BLOB_MAX, label="Size", purpose="How many bytes to wait for")
    mime = Shaped(
        "^[a-z]+/[a-z0-9.+-]{1,64}$", label="Kind of file", purpose="How the photo is shown"
    )


class Event(Strict):
    parts: ClassVar = {"point": Point}

    visit = Rid(null=True, label="Visit", purpose="During which visit it was seen")
    category = Text(64, label="Category", purpose="What kind of event it is")
    place = Text(64, null=True, label="Place", purpose="Which promised place it belongs to")
    point = Part(Point, null=True, label="Position", purpose="Where it was, if that may be known")
    precision = Choice(
        "exact", "place", "district", label="Precision", purpose="How exact the place is"
    )
    from_ = Moment(key="from", label="From", purpose="When it was, or when it began")
    to = Moment(null=True, label="To", purpose="The end of the interval in which it happened")
    source = Choice(
        "own", "told", "rumour", label="Source", purpose="Whether it was seen, told or rumoured"
    )
    people = Choice(
        "0", "1-3", "4-10", "11-25", "26+", null=True, label="People",
        purpose="Roughly how many; a band, never persons",
    )  # fmt: skip
    ages = Several(
        Choice(*_AGES, label="Age band", purpose="Roughly which ages"), 5, label="Ages",
        purpose="Which help fits; bands, never persons",
    )  # fmt: skip
    severity = Whole(1, 3, label="Severity", purpose="1 disturbing, 2 serious, 3 acute")
    handled = Several(
        Choice(*_HANDLED, label="Action", purpose="What was done"), 7, label="Handled",
        purpose="What was done on the spot",
    )  # fmt: skip
    police_report = Flag(label="Police report", purpose="Whether a police report was made")
    fault_report = Flag(label="Fault report", purpose="Whether a fault report was made")
    note = Text(
        NOTE_MAX, least=0, null=True, label="Note",
        purpose="What the choices can't say; no names, personal numbers or plates",
    )  # fmt: skip
    blobs = Several(
        Part(Blob, label="Photo", purpose="Shows the object, never people"), 8, label="Photos",
        purpose="Shows what words can't",
    )  # fmt: skip


class Confirm(Strict):
    ref = Rid(label="Event", purpose="Which standing condition is still so")


class Resolve(Strict):
    ref = Rid(label="Event", purpose="Which standing condition is fixed")
