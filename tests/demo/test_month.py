"""The made-up month is plausible: nights that cross midnight, nothing from the future."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from fieldlog.data import load
from fieldlog.demo import bodies, cast, month, scenes
from fieldlog.demo.phone import Phone
from sync import records

ZONE = ZoneInfo("Europe/Stockholm")
MOMENTS = [
    datetime(2026, 11, 22, 21, 0, tzinfo=ZONE),
    datetime(2026, 10, 25, 12, 0, tzinfo=ZONE),  # the morning after the clock went back
    datetime(2026, 3, 29, 3, 30, tzinfo=ZONE),
]
LOGINS = [person.login for person in cast.PEOPLE if person.phone]


def written(now: datetime) -> dict[str, Phone]:
    """Every demo phone with its month in its log, nothing sent."""
    phones = {login: Phone("d", "a", "polisen", None) for login in LOGINS}
    for _at, _who, write in scenes.before(phones, now):
        write()
    for act in month.acts(now):
        scenes.round_of(phones[act.who], act)
    scenes.after(phones, now)
    return phones


@pytest.mark.parametrize("now", MOMENTS, ids=str)
def test_a_month_has_many_visits_by_everyone_and_none_in_the_future(now):
    acts = list(month.acts(now))
    assert len(acts) > 240
    assert {act.who for act in acts} == set(LOGINS)
    assert all(act.start < act.end < now for act in acts)
    assert acts == sorted(acts, key=lambda act: act.start)
    assert any(act.start.date() != act.end.date() or act.start.hour < 4 for act in acts)


def test_the_same_moment_gives_the_same_month():
    assert list(month.acts(MOMENTS[0])) == list(month.acts(MOMENTS[0]))


def test_every_place_and_category_is_known_but_the_one_meant_to_be_unknown():
    places = {f["properties"]["code"] for f in load("sollentuna_places.geojson")["features"]}
    kinds = {c["code"] for t in load("categories.json")["tiles"] for c in t["children"]}
    unknown = set()
    for phone in written(MOMENTS[0]).values():
        for payload in phone.log.payloads:
            body = records.read(payload).body
            unknown |= {body[k] for k in ("place",) if body.get(k)} - places
            assert body.get("category") in kinds | {None}
    assert unknown == {"EDS"}


@pytest.mark.parametrize("now", MOMENTS, ids=str)
def test_every_kind_of_record_a_phone_writes_is_there(now):
    types = {
        records.read(payload).t for phone in written(now).values() for payload in phone.log.payloads
    }
    assert types == {
        "open", "visit", "leave", "event", "confirm", "resolve", "amend", "withdraw",
    }  # fmt: skip


def test_the_long_note_is_as_long_as_a_note_may_be():
    assert len(scenes.LONGEST) == 280


def test_a_filled_in_visit_is_over_when_it_is_written():
    phone = written(MOMENTS[0])["freja"]
    visits = [records.read(p).body for p in phone.log.payloads if b'"t":"visit"' in p]
    (over,) = [v for v in visits if v["ended_by"] == "backfill"]
    assert datetime.fromisoformat(over["ended_at"]) - datetime.fromisoformat(
        over["started_at"]
    ) == timedelta(minutes=15)


def test_what_is_not_said_is_an_untouched_field():
    body = bodies.event("PLA.belysning", MOMENTS[0], place="HAG")
    assert (body["people"], body["severity"], body["note"]) == (None, 1, "")
