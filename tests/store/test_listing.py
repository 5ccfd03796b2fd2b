"""The list of the log: in order, by keys, by every filter, and always by an index."""

from datetime import UTC, datetime, timedelta
from itertools import count

import pytest
import sqlalchemy as sa

from fieldlog.store import filtering, listing
from fieldlog.store.database import db, reading, writing
from fieldlog.store.filtering import Filters, Key
from fieldlog.store.tables import Event, Visit
from tests.support.databases import opened

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
POLICE = ("polisen",)
EVERY_FILTER = {
    "none": Filters(orgs=POLICE),
    "both organisations": Filters(orgs=("polisen", "kommunen")),
    "visits": Filters(orgs=POLICE, kind="visit"),
    "events": Filters(orgs=POLICE, kind="event"),
    "time": Filters(orgs=POLICE, since=NOON, until=NOON + timedelta(days=1)),
    "place": Filters(orgs=POLICE, place="HAG"),
    "category": Filters(orgs=POLICE, categories=("ORD", "ORD.samling")),
    "running": Filters(orgs=POLICE, state="running"),
    "withdrawn": Filters(orgs=POLICE, state="withdrawn"),
    "conflict": Filters(orgs=POLICE, state="conflict"),
    "new": Filters(orgs=POLICE, review="new"),
    "reviewed": Filters(orgs=POLICE, review="reviewed"),
    "quarantined": Filters(orgs=POLICE, quarantined=True),
}
numbers = count(1)


@pytest.fixture
def night(store):
    """40 visits and 40 events of the police, two at each minute, and noise of the municipality."""
    with writing() as session:
        for minute in range(40):
            session.add_all([visit(minute), event(minute)])
            session.add_all([visit(minute, org="kommunen"), event(minute, org="kommunen")])


def test_records_of_both_kinds_come_newest_first(night):
    records = listing.page(Filters(orgs=POLICE), limit=80).records
    assert [one.key for one in records] == sorted((one.key for one in records), reverse=True)
    assert {one.kind for one in records} == {"visit", "event"}
    assert len(records) == 80


def test_pages_walk_back_through_every_record_once_and_forwards_again(night):
    older = walk(lambda page: {"after": page.older} if page.older else None)
    assert len(older) == len(set(older)) == 80
    newer = walk(lambda page: {"before": page.newer} if page.newer else None, start=older[-1])
    assert sorted(newer, reverse=True) == older[:-1]


def test_a_record_that_arrives_meanwhile_moves_no_page(night):
    first = listing.page(Filters(orgs=POLICE), limit=10)
    with writing() as session:
        session.add(event(500))
    second = listing.page(Filters(orgs=POLICE), after=first.older, limit=10)
    assert not {one.key for one in first.records} & {one.key for one in second.records}
    assert second.records[0].key < first.records[-1].key


def test_the_newest_page_has_nothing_newer_and_the_last_nothing_older(night):
    newest = listing.page(Filters(orgs=POLICE), limit=10)
    assert newest.newer is None
    assert newest.older is not None
    assert listing.page(Filters(orgs=POLICE), limit=80).older is None


def test_another_organisation_is_not_listed_and_no_organisation_lists_nothing(night):
    assert {one.row.org for one in listing.page(Filters(orgs=POLICE)).records} == {"polisen"}
    assert listing.page(Filters()).records == []
    assert listing.count(Filters()) == 0


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (Filters(orgs=POLICE, place="ROT"), {"odd place"}),
        (Filters(orgs=POLICE, categories=("SKA.klotter",)), {"odd category"}),
        (Filters(orgs=POLICE, state="running"), {"running"}),
        (Filters(orgs=POLICE, state="withdrawn"), {"withdrawn visit", "withdrawn event"}),
        (Filters(orgs=POLICE, state="conflict"), {"conflict"}),
        (Filters(orgs=POLICE, review="reviewed"), {"reviewed"}),
        (Filters(orgs=POLICE, quarantined=True), {"flagged"}),
        (Filters(orgs=POLICE, since=NOON + timedelta(days=9)), {"later"}),
        (Filters(orgs=POLICE, kind="visit", place="ROT"), {"odd place"}),
        (Filters(orgs=POLICE, kind="visit", categories=("SKA.klotter",)), set()),
    ],
)
def test_each_filter_finds_its_own_and_nothing_else(night, filters, expected):
    odd = {
        "odd place": visit(1, place="ROT"),
        "odd category": event(1, category="SKA.klotter"),
        "running": visit(1, state="running"),
        "withdrawn visit": visit(1, state="withdrawn"),
        "withdrawn event": event(1, state="withdrawn"),
        "conflict": visit(1, conflict=True),
        "reviewed": event(1, review="reviewed"),
        "flagged": event(1, code="unknown_place"),
        "later": visit(60 * 24 * 9),
    }
    names = {row.rid: name for name, row in odd.items()}
    with writing() as session:
        session.add_all(odd.values())
    found = listing.page(filters).records
    assert {names.get(one.row.rid) for one in found} == expected
    assert listing.count(filters) == len(expected)


def test_counting_stops_at_the_most_asked_for(night):
    assert listing.count(Filters(orgs=POLICE)) == 80
    assert listing.count(Filters(orgs=POLICE), most=7) == 7


@pytest.mark.parametrize(
    ("name", "index"),
    [
        ("place", "org_place_observed_at_rid"),
        ("category", "org_category_observed_at_rid"),
        ("running", "running"),
        ("withdrawn", "withdrawn"),
        ("conflict", "conflict"),
        ("quarantined", "quarantined"),
        ("reviewed", "reviewed"),
    ],
)
def test_what_is_rare_has_an_index_of_its_own(sqlite_url, name, index):
    """Walking the list until fifty rare records are found would be walking all of it.

    Only SQLite is asked: PostgreSQL chooses by what is in the tables, and here there is nothing.
    """
    with opened(sqlite_url):
        for part in filtering.parts(EVERY_FILTER[name]):
            table = filtering.KINDS[part.get_execution_options()["kind"]].__tablename__
            words = plan_of(filtering.in_order(part, None, 51, False)).split()
            assert f"ix_{table}_{index}" in words


@pytest.mark.parametrize("where", ["at the start", "past a key", "before a key"])
@pytest.mark.parametrize("name", EVERY_FILTER)
def test_every_single_filter_is_answered_in_order_by_an_index(store, name, where):
    """No part may look through a table or sort: that is what keeps a page quick at a million."""
    key = None if where == "at the start" else Key(NOON, bytes(16))
    for part in filtering.parts(EVERY_FILTER[name]):
        plan = plan_of(filtering.in_order(part, key, 51, where == "before a key"))
        assert "INDEX" in plan.upper(), plan
        for bad in ("SCAN ", "TEMP B-TREE", "SEQ SCAN", "SORT"):
            assert bad not in plan.upper().replace("INDEX SCAN", ""), plan


def test_doubles_are_looked_for_among_what_was_merged_and_nowhere_else(store):
    day = {"since": NOON, "until": NOON + timedelta(days=1)}
    for part in filtering.parts(Filters(orgs=POLICE, counted=True, **day)):
        table = filtering.KINDS[part.get_execution_options()["kind"]].__tablename__
        assert f"ix_{table}_merged" in plan_of(filtering.in_order(part, None, 51, False))


def test_a_double_is_not_counted_and_its_double_neither(store):
    whole, first, second = event(1), event(2), event(3)
    first.merged_into, second.merged_into = whole.rid, first.rid
    with writing() as session:
        session.add_all([whole, first, second, event(4)])
    assert listing.count(Filters(orgs=POLICE, kind="event", counted=True)) == 2
    assert listing.count(Filters(orgs=POLICE, kind="event")) == 4


def test_a_query_without_an_index_would_be_seen(store):
    """The check above can fail: a filter on a column without an index is found out."""
    part = next(iter(filtering.parts(Filters(orgs=POLICE, kind="visit"))))
    unordered = part.order_by(Visit.note)
    assert "TEMP B-TREE" in plan_of(unordered) or "Sort" in plan_of(unordered)


def walk(onwards, start: Key | None = None) -> list[Key]:
    """The keys of page after page of ten, as long as `onwards` says how to go on."""
    page = listing.page(Filters(orgs=POLICE), before=start, limit=10)
    keys = [one.key for one in page.records]
    while step := onwards(page):
        page = listing.page(Filters(orgs=POLICE), **step, limit=10)
        keys += [one.key for one in page.records]
    return keys


def plan_of(query: sa.Select) -> str:
    """How the database means to answer a query; on PostgreSQL, if the tables were large."""
    said = []
    sa.event.listen(db.engine, "before_cursor_execute", lambda *args: said.append(args[2:4]))
    reading().execute(query)
    statement, values = said[-1]
    connection = reading().connection()
    if db.engine.dialect.name == "sqlite":
        rows = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)
        return "\n".join(row[3] for row in rows)
    for way in ("seqscan", "bitmapscan", "sort"):
        connection.exec_driver_sql(f"SET LOCAL enable_{way} = off")
    return "\n".join(row[0] for row in connection.exec_driver_sql(f"EXPLAIN {statement}", values))


def visit(minute: int, **said) -> Visit:
    return Visit(**_standing(minute, "ended") | {"mode": "foot", "crew": 2, "kind": "own"} | said)


def event(minute: int, **said) -> Event:
    seen = {"category": "ORD.samling", "precision": "place", "source": "own", "severity": 1}
    return Event(**_standing(minute, "stands") | seen | said)


def _standing(minute: int, state: str) -> dict:
    number = next(numbers)
    return {
        "rid": number.to_bytes(16),
        "entry_id": number,
        "account": "alice",
        "org": "polisen",
        "place": "HAG",
        "observed_at": NOON + timedelta(minutes=minute),
        "received_at": NOON,
        "state": state,
        "body": {},
    }
