"""What a week's figures are counted from, over one span of time and over many."""

from datetime import UTC, datetime, timedelta

from fieldlog.store.weeks import observed
from tests.store.acts import push
from tests.store.authors import Author
from tests.store.conftest import CHARLIE, PHONE_2

THEN = datetime(2019, 5, 3, 20, 0, tzinfo=UTC)
DAY = timedelta(days=1)


def test_events_are_counted_by_span_place_and_kind(centre, alice):
    for hours in (1, 2, 25):
        alice.event(**{"from": (THEN + timedelta(hours=hours)).isoformat()})
    push(alice)
    theirs = Author(CHARLIE.id, CHARLIE.org, PHONE_2.id)
    theirs.open()
    theirs.event(place="SOL", **{"from": THEN.isoformat()})
    push(theirs, PHONE_2)
    ours, both = ("polisen",), ("polisen", "kommunen")
    assert observed.counts(ours, [THEN, THEN + DAY]) == [("ROT", "ORD.stoj", 0, 2)]
    assert sorted(observed.counts(both, [THEN, THEN + DAY])) == [
        ("ROT", "ORD.stoj", 0, 2), ("SOL", "ORD.stoj", 0, 1),
    ]  # fmt: skip
    assert observed.counts(ours, [THEN, THEN + DAY, THEN + 2 * DAY]) == [
        ("ROT", "ORD.stoj", 0, 2), ("ROT", "ORD.stoj", 1, 1),
    ]  # fmt: skip
    assert (
        observed.counts(ours, [THEN - DAY, THEN]) == observed.counts((), [THEN, THEN + DAY]) == []
    )
