"""A flipped bit, a lost row, a row too many: the check finds each and says where."""

import pytest
import sqlalchemy as sa

from fieldlog.store import projection
from fieldlog.store.database import writing
from fieldlog.store.tables import Branch, Entry, Event, Log, NoteWord, Quarantine, Visit
from fieldlog.store.verify import verify
from tests.store.acts import push


@pytest.fixture
def night(centre, alice):
    """A log with a branch, a visit, an event, and something in quarantine."""
    alice.leave(alice.visit())
    clone = alice.copy()
    alice.event()
    clone.put(b"no json")
    push(alice)
    push(clone)
    return alice


def change(statement) -> None:
    with writing() as session:
        assert session.execute(statement).rowcount == 1


def test_all_holds_where_nothing_was_touched(night):
    assert verify() == []


def test_progress_is_told_of_every_entry(night):
    told = []
    verify(told.append)
    assert sum(told) == 5


DAMAGE = {
    "a flipped bit in a payload": (
        sa.update(Entry).where(Entry.type == "visit").values(payload=b"{}"),
        "entry 2 does not have the bytes",
    ),
    "a changed hash": (
        sa.update(Entry).where(Entry.type == "leave").values(hash=b"\x01" * 32),
        "the chain breaks at entry 3",
    ),
    "a changed digest": (
        sa.update(Entry).where(Entry.type == "leave").values(digest=b"\x01" * 32),
        "the chain breaks at entry 3",
    ),
    "a lost entry": (sa.delete(Entry).where(Entry.type == "leave"), "entry 3 is missing"),
    "a lost end": (sa.delete(Entry).where(Entry.type == "event"), "entries end at 3, not at 4"),
    "a changed head": (sa.update(Log).values(hash=b"\x01" * 32), "its head is not the hash"),
    "a changed start": (
        sa.update(Log).values(base_hash=b"\x01" * 32),
        "the chain breaks at entry 1",
    ),
    "a changed branch": (
        sa.update(Branch).values(head=b"\x01" * 32),
        "branch 1: its head is not the hash",
    ),
    "a lost visit": (sa.delete(Visit), "is not what its entries say"),
    "a changed visit": (sa.update(Visit).values(crew=9), "is not what its entries say"),
    "a changed text": (sa.update(Visit).values(note="annat"), "is not what its entries say"),
    "a changed body": (sa.update(Event).values(body={"a": 1}), "is not what its entries say"),
    "a record from nowhere": (sa.update(Event).values(rid=b"\x01" * 16), "has no entry"),
    "a word too few": (
        sa.delete(NoteWord).where(NoteWord.word == "torget"),
        "are not those of its note",
    ),
    "another word": (
        sa.update(NoteWord).where(NoteWord.word == "torget").values(word="parken"),
        "are not those of its note",
    ),
    "a word in another week": (
        sa.update(NoteWord).where(NoteWord.word == "torget").values(week=-5_000),
        "are not those of its note",
    ),
    "a word from nowhere": (
        sa.update(NoteWord).where(NoteWord.word == "torget").values(rid=b"\x01" * 16),
        "the words of 01010101010101010101010101010101 are not those of its note",
    ),
    "a log left behind": (sa.update(Log).values(projected=2), "are not projected to their end"),
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_damage_is_found(night, damage):
    statement, sentence = DAMAGE[damage]
    change(statement)
    assert any(sentence in fault for fault in verify()), verify()


def test_a_rebuild_forgets_the_words_of_no_note(night):
    change(sa.update(NoteWord).where(NoteWord.word == "torget").values(rid=b"\x01" * 16))
    projection.rebuild()
    assert verify() == []


def test_a_record_out_of_quarantine_by_hand_is_found(centre, alice):
    alice.visit(place="NYTT")
    push(alice)
    change(sa.delete(Quarantine))
    assert any("is not what its entries say" in fault for fault in verify())
