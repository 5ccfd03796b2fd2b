"""Words of notes: cut alike when kept and when looked for, and found by what now stands."""

from datetime import timedelta

import pytest

from fieldlog.store import filtering, listing, words
from fieldlog.store.filtering import Filters
from sync.records import rid_bytes
from tests.store.acts import push
from tests.store.authors import START, event_body
from tests.store.test_listing import plan_of
from tests.support.databases import opened

POLICE = ("polisen",)
RING = "\u030a"  # as some keyboards write å: an a, and this


def found(said: str, **more) -> list[bytes]:
    """The records of the police whose notes hold these words, newest first."""
    filters = Filters(orgs=POLICE, words=words.asked(said), **more)
    records = [one.row.rid for one in listing.page(filters, limit=1000).records]
    assert listing.count(filters, most=1000) == len(records)
    assert [one.row.rid for one in listing.every(filters)] == records
    return records


def test_a_text_is_cut_at_all_that_is_no_letter_or_number():
    assert words.of("Två MOPEDER (ABC123), e-post 🚆 åäö!") == {
        "två", "mopeder", "abc123", "e", "post", "åäö"
    }  # fmt: skip
    assert words.of(f"pA{RING}") == words.of("på") == {"på"}
    assert words.of(None) == words.of("🚆 – …") == set()


def test_what_another_word_implies_is_not_looked_for():
    assert words.asked("mo moped Mopeden bil") == ("bil", "mopeden")


@pytest.mark.parametrize(
    ("said", "hit"),
    [
        ("moped", True),
        ("MOPED", True),
        ("mopeden", True),
        ("mopedens", False),
        ("oped", False),
        ("skårade", True),
        ("ska", False),
        ("ska\u030a", True),
        ("moped skår", True),
        ("moped bil", False),
    ],
)
def test_a_word_finds_what_begins_with_it_and_all_of_them_have_to(centre, alice, said, hit):
    rid = rid_bytes(alice.event(note="Mopeden skårade däcket"))
    alice.event(note="annat")
    push(alice)
    assert found(said) == ([rid] if hit else [])


def test_visits_and_events_come_together_newest_first(centre, alice):
    visit, late = alice.visit(), alice.event(note="Lugnt nu", **{"from": at(10), "to": None})
    early = alice.event(note="lugnt då", **{"from": at(-10)})
    alice.leave(visit, note="Lugnt")
    push(alice)
    assert found("lugn") == [rid_bytes(rid) for rid in (late, visit, early)]
    assert found("lugn", kind="visit") == [rid_bytes(visit)]


def test_the_note_that_stands_is_the_one_that_is_searched(centre, alice):
    rid = alice.event(note="moped")
    alice.amend(rid, alice.digest_of(rid), event_body(note="cykel"))
    push(alice)
    assert found("moped") == []
    assert found("cykel") == [rid_bytes(rid)]
    later = alice.event(note="moped")
    push(alice, first=4)
    alice.amend(later, alice.digest_of(later), event_body(note=None))
    push(alice, first=5)
    assert found("moped") == []


def test_what_was_withdrawn_is_found_as_such(centre, alice):
    rid = alice.event(note="moped")
    push(alice)
    alice.withdraw(rid)
    push(alice, first=3)
    assert found("moped", state="withdrawn") == [rid_bytes(rid)]


def test_pages_lead_through_years_and_back_and_miss_nothing(centre, alice):
    written = []
    for n in range(60):  # closely at first, then seldom, with a common and a rare word
        note = "moped vid stationen" if n % 3 else "ingenting"
        written.append((note, alice.event(note=note, **{"from": at(-n * n * 60)})))
    push(alice)
    expected = [rid_bytes(rid) for note, rid in written if note != "ingenting"]
    filters = Filters(orgs=POLICE, words=("moped", "stat"))
    seen, page = [], listing.page(filters, limit=7)
    while True:
        seen += [one.row.rid for one in page.records]
        if page.older is None:
            break
        page = listing.page(filters, after=page.older, limit=7)
    assert seen == expected
    back = []
    while page.newer is not None:
        page = listing.page(filters, before=page.newer, limit=7)
        back[:0] = [one.row.rid for one in page.records]
    assert back == expected[: len(back)]
    assert len(back) > len(expected) - 7


def test_words_lead_to_the_records_and_no_table_is_looked_through(sqlite_url):
    """Whatever else is asked. PostgreSQL chooses by what is in the tables, and here is nothing."""
    narrow = {"place": "HAG", "categories": ("ORD.stoj",), "review": "new", "state": "withdrawn"}
    with opened(sqlite_url):
        for filters in (Filters(orgs=POLICE), Filters(orgs=POLICE, **narrow)):
            for part in filtering.among(filters, [bytes(16)] * 3):
                plan = plan_of(part)
                assert "USING PRIMARY KEY (rid=?)" in plan, plan
                assert "SCAN" not in plan, plan
        plan = plan_of(words._holding("polisen", ("moped", "bil"), [1, 2]))
        assert plan.count("note_words USING PRIMARY KEY (org=? AND week=? AND word>?") == 2, plan


def at(minutes: int) -> str:
    return (START + timedelta(minutes=minutes)).isoformat()
