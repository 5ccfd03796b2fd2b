"""Presence: a visit and its end. A calm visit is data; without it there is no dose."""

from typing import Any, ClassVar

from marshmallow import fields

from sync.records.base import Strict
from sync.records.fields import Choice, Flag, Moment, Part, Rid, Text, Whole
from sync.records.place import Point

NOTE_MAX = 280
_SAID = ("climate", "contacts", "nothing_observed", "note")


def _climate() -> fields.Field:
    return Choice(
        "calm", "normal", "uneasy", null=True, label="Climate", purpose="How the place felt"
    )


def _contacts() -> fields.Field:
    return Choice(
        "0", "1-5", "6-20", "21+", null=True, label="Contacts",
        purpose="Roughly how many people were spoken with; a band, never persons",
    )  # fmt: skip


def _note() -> fields.Field:
    return Text(
        NOTE_MAX, least=0, null=True, label="Note",
        purpose="What the choices can't say; no names, personal numbers or plates",
    )  # fmt: skip


class Visit(Strict):
    parts: ClassVar = {"point": Point}

    place = Text(64, null=True, label="Place", purpose="Which promised place was visited")
    point = Part(
        Point, null=True, label="Position", purpose="Where the visit began, if it may be known"
    )
    point_why = Choice(
        "declined", "none", null=True, label="Why no position",
        purpose="Tells a declined position from one that did not come",
    )  # fmt: skip
    far = Flag(
        null=True, label="Away from the place", purpose="The answer to the soft check of the place"
    )
    started_at = Moment(label="Started", purpose="When the visit began")
    ended_at = Moment(null=True, label="Ended", purpose="When the visit ended; none while it runs")
    ended_by = Choice(
        "tap", "auto", "backfill", null=True, label="Ended by",
        purpose="How far the time of the end can be trusted",
    )  # fmt: skip
    mode = Choice(
        "foot", "bike", "car", "transit", label="Mode",
        purpose="How they came: it matters to felt safety",
    )  # fmt: skip
    crew = Whole(1, 9, label="Crew", purpose="How many were there: officer minutes")
    kind = Choice(
        "planned", "own", "callout", label="Kind",
        purpose="Whether the visit counts towards the promise",
    )  # fmt: skip
    climate = _climate()
    contacts = _contacts()
    nothing_observed = Flag(
        null=True, label="Nothing observed", purpose="An explicit yes to a calm visit"
    )
    note = _note()

    @staticmethod
    def disagree(value: dict[str, Any]) -> str | None:
        if value.get("ended_at") is None:
            for key in ("ended_by", *_SAID):
                if value.get(key) is not None:
                    return f"{key} belongs to a visit that is over, and ended_at is missing."
            return None
        for key in ("ended_by", "nothing_observed"):
            if value.get(key) is None:
                return f"{key} is missing from a visit that is over."
        return None


class Leave(Strict):
    ref = Rid(label="Visit", purpose="Which visit ends")
    ended_at = Moment(label="Ended", purpose="When the visit ended")
    ended_by = Choice(
        "tap", "auto", "backfill", label="Ended by",
        purpose="How far the time of the end can be trusted",
    )  # fmt: skip
    climate = _climate()
    contacts = _contacts()
    nothing_observed = Flag(label="Nothing observed", purpose="An explicit yes to a calm visit")
    note = _note()
