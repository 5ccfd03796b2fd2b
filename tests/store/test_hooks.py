"""What hooks are told: of what happened to the own organisation, once, whatever is done again."""

import json
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
import time_machine

from fieldlog.demo import bodies
from fieldlog.store import hooks, identity, projection
from fieldlog.store.database import reading, writing
from fieldlog.store.hooks.sending import WAITS
from fieldlog.store.tables import HookPost
from fieldlog.store.weeks import decisions, pictures
from tests.review.scene import last_digest, phone, prepare
from tests.support.cast import gather

URL = "https://mottagare.example/hook"


@pytest.fixture
def cast(store):
    """Alice, Bob and the others, with places and categories."""
    identity.ensure("centre")
    people_ = gather()
    prepare()
    return people_


@pytest.fixture
def hook(cast):
    """Sara's, told of everything."""
    return hooks.add("polisen", URL, list(hooks.EVENTS), cast.sara.id, datetime.now(UTC))


def told(hook) -> list[tuple[str, dict]]:
    """(event, data) of all that was noted for the hook, in the order of events."""
    wanted = sa.select(HookPost).where(HookPost.hook == hook.id)
    found = [json.loads(post.body) for post in reading().scalars(wanted)]
    return sorted((body["type"], body["data"]) for body in found)


def write(member, t: str, body: dict) -> str:
    writer = phone(member)
    rid = writer.write(t, body, datetime.now(UTC))
    writer.push()
    return rid


def acute(**more) -> dict:
    return bodies.event("VAL.brak", datetime.now(UTC), place="HAG", severity=3, **more)


def fault() -> dict:
    return bodies.event("PLA.belysning", datetime.now(UTC), place="STI")


def test_an_acute_event_is_told_by_its_id_and_nothing_that_was_written(cast, hook):
    rid = write(cast.alice, "event", acute(note="Hemligt om åäö"))
    write(cast.alice, "event", acute() | {"severity": 2})
    read = f"/features/collections/events/items/{rid}"
    assert told(hook) == [("event.acute", {"id": rid, "read": read})]
    assert "Hemligt" not in reading().scalar(sa.select(HookPost.body))


def test_a_fault_is_told_and_then_that_it_is_fixed(cast, hook):
    rid = write(cast.bob, "event", fault())
    assert [event for event, _data in told(hook)] == ["event.fault"]
    write(cast.alice, "resolve", {"ref": rid})
    assert [(event, data["id"]) for event, data in told(hook)] == [
        ("event.fault", rid), ("event.fixed", rid),
    ]  # fmt: skip


def test_an_event_that_turns_out_acute_is_told_then(cast, hook):
    writer = phone(cast.alice)
    body = acute() | {"severity": 1}
    rid = writer.write("event", body, datetime.now(UTC))
    worse = {
        "ref": rid,
        "base": last_digest(writer),
        "body": body | {"severity": 3},
        "why": "Värre",
    }
    writer.push()
    assert told(hook) == []
    writer.write("amend", worse, datetime.now(UTC))
    writer.push()
    assert [event for event, _data in told(hook)] == ["event.acute"]


def test_what_stands_in_quarantine_is_not_told(cast, hook):
    write(cast.alice, "event", acute() | {"place": "NOWHERE"})
    assert told(hook) == []


def test_another_organisation_is_not_told(cast, hook):
    theirs = hooks.add("kommunen", URL, ["event.acute"], cast.charlie.id, datetime.now(UTC))
    write(cast.alice, "event", acute())
    assert told(theirs) == []
    rid = write(cast.charlie, "event", acute())
    assert [data["id"] for _event, data in told(theirs)] == [rid]
    assert rid not in str(told(hook))


def test_only_what_was_asked_for_is_told(cast):
    only = hooks.add("polisen", URL, ["event.fault"], cast.sara.id, datetime.now(UTC))
    write(cast.alice, "event", acute())
    write(cast.alice, "event", fault())
    assert [event for event, _data in told(only)] == ["event.fault"]


def test_a_rebuild_tells_nothing_twice_and_nothing_from_before_the_hook(cast, hook):
    write(cast.alice, "event", acute())
    once = told(hook)
    later = hooks.add("polisen", URL, ["event.acute"], cast.sara.id, datetime.now(UTC))
    projection.rebuild()
    assert told(hook) == once
    assert told(later) == []


def test_what_is_taken_back_with_the_transaction_is_not_told(cast, hook):
    now = datetime.now(UTC)

    def fail_halfway() -> None:
        with writing():
            pictures.freeze("2026-W40", {}, cast.kerstin.id, now)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail_halfway()
    assert told(hook) == []
    pictures.freeze("2026-W40", {}, cast.kerstin.id, now)
    assert told(hook) == [("week.frozen", {"week": "2026-W40"})]


def test_each_decision_of_a_week_is_told_to_every_organisation(cast, hook):
    theirs = hooks.add("kommunen", URL, ["week.decided"], cast.charlie.id, datetime.now(UTC))
    for focus in ("Tureberg", "Häggvik"):
        decisions.decide("2026-W41", focus, [], cast.kerstin.id, datetime.now(UTC))
    assert told(hook) == told(theirs) == [("week.decided", {"week": "2026-W41"})] * 2


def test_a_hook_that_has_ended_is_told_nothing_more(cast, hook):
    write(cast.alice, "event", acute())
    hooks.end(hook.id, datetime.now(UTC))
    assert hooks.due(datetime.now(UTC)) == []
    write(cast.alice, "event", acute())
    assert len(told(hook)) == 1


def test_tries_come_further_apart_and_end_and_can_be_begun_anew(cast, hook):
    now = datetime.now(UTC)
    hooks.trial(hook, now)
    for wait in WAITS:
        (due,) = hooks.due(now)
        hooks.failed(due.id, "500", now)
        assert hooks.due(now + wait - timedelta(seconds=1)) == []
        now += wait
    (due,) = hooks.due(now)
    hooks.failed(due.id, "500", now)
    assert hooks.due(now + timedelta(days=365)) == []
    (given_up,) = hooks.lately(hook.id)
    assert (given_up.tries, given_up.said, given_up.done_at) == (len(WAITS) + 1, "500", None)
    assert hooks.anew(hook.id, now) == 1
    assert [each.id for each in hooks.due(now)] == [due.id]
    hooks.done(due.id, "204", now)
    assert hooks.due(now) == []
    assert hooks.anew(hook.id, now) == 0


def test_a_hook_is_told_of_something_that_there_is(cast):
    for events in ([], ["event.nothing"]):
        with pytest.raises(ValueError, match="a hook is told of"):
            hooks.add("polisen", URL, events, cast.sara.id, datetime.now(UTC))
    with pytest.raises(ValueError, match="does not happen to a week"):
        hooks.of_week("event.acute", "2026-W40", "1", datetime.now(UTC))


def test_what_was_told_long_ago_is_taken_away_and_not_told_again(cast, hook):
    now = datetime.now(UTC)
    write(cast.alice, "event", acute())
    write(cast.bob, "resolve", {"ref": write(cast.bob, "event", fault())})
    first, *rest = hooks.due(datetime.now(UTC))
    for each in rest:
        hooks.done(each.id, "204", now)
    hooks.trial(hook, now)
    later = datetime.now(UTC) + hooks.KEPT
    assert hooks.prune(now + hooks.KEPT) == 0, "before its time"
    assert hooks.prune(later) == 1, "what waits stays, and a fault that was seen fixed"
    hooks.done(first.id, "204", now)
    hooks.done(hooks.due(later)[0].id, "204", now)
    assert hooks.prune(later) == 2
    with time_machine.travel(later):
        projection.rebuild()
    assert [event for event, _data in told(hook)] == ["event.fixed"]


def test_a_fault_is_told_to_be_fixed_however_old_it_is(cast, hook):
    rid = write(cast.bob, "event", fault())
    later = datetime.now(UTC) + 2 * hooks.KEPT
    hooks.done(hooks.due(later)[0].id, "204", later)
    with time_machine.travel(later):
        assert hooks.prune(later) == 1
        write(cast.bob, "resolve", {"ref": rid})
    assert [event for event, _data in told(hook)] == ["event.fixed"]


def test_all_that_an_ended_hook_was_told_goes_in_time(cast, hook):
    write(cast.alice, "resolve", {"ref": write(cast.bob, "event", fault())})
    hooks.end(hook.id, datetime.now(UTC))
    assert hooks.prune(datetime.now(UTC) + hooks.KEPT) == 2
    assert told(hook) == []
