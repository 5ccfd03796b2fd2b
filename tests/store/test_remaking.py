"""The same entries give the same rows: in any order, any batches, any number at once, and again."""

import random
from functools import partial

import pytest

from fieldlog.store import projection
from fieldlog.store.verify import verify
from tests.store.acts import everything, one_by_one, push
from tests.store.authors import Author, event_body
from tests.store.conftest import ALICE, BOB, people_the_store
from tests.store.test_database import in_threads
from tests.support.databases import opened


def a_night() -> Author:
    """Entries of every type, right and wrong, that bear on each other."""
    phone = Author(ALICE.id, ALICE.org)
    phone.open()
    first, second = phone.visit(), phone.visit(place="NYTT")
    light, noise = phone.event(visit=first, category="PLA.belysning"), phone.event()
    leave = phone.leave(first)
    phone.leave(first, ended_by="auto", note=None)
    phone.leave(second, climate="uneasy")
    phone.withdraw(leave)
    phone.leave(first, ended_by="backfill")
    phone.amend(noise, phone.digest_of(noise), event_body(severity=3))
    phone.amend(noise, phone.digest_of(noise), event_body(severity=2))
    phone.amend(light, phone.digest_of(light), event_body(category="PLA.belysning", place="SOL"))
    phone.write("confirm", {"ref": light})
    phone.write("resolve", {"ref": light})
    phone.withdraw(phone.event())
    phone.withdraw(phone.visit(), by=BOB.id)
    phone.put(b"no json")
    phone.leave(second, note="19811228-9874")
    phone.write("close", {})
    return phone


@pytest.mark.parametrize("seed", range(4))
def test_any_order_of_the_same_entries_gives_the_same_rows(new_database, seed):
    night, outcomes = a_night(), []
    order = list(range(len(night.payloads)))
    for round_ in range(2):
        with opened(new_database()):
            people_the_store()
            if round_:
                random.Random(seed).shuffle(order)
            for single in one_by_one(night, order):
                push(single)
            outcomes.append(_without_places(everything()))
            projection.rebuild()
            assert _without_places(everything()) == outcomes[-1]
            assert verify() == []
    assert outcomes[0] == outcomes[1]


def test_how_a_night_is_split_into_batches_makes_no_difference(new_database):
    night, outcomes = a_night(), []
    for size in (1, 3, len(night.payloads)):
        with opened(new_database()):
            people_the_store()
            for first in range(1, len(night.payloads) + 1, size):
                push(night, first=first, last=min(first + size - 1, len(night.payloads)))
            outcomes.append(everything())
            projection.rebuild()
            assert everything() == outcomes[-1]
    assert outcomes[0] == outcomes[1] == outcomes[2]


def _without_places(told: dict) -> dict:
    """What the order of arrival may not change: all but the numbers of rows and logs."""
    return {
        table: [{k: v for k, v in row.items() if k != "entry_id"} for row in told[table]]
        for table in ("visits", "events")
    } | {"words": told["words"], "codes": sorted(row[2] for row in told["quarantine"])}


def test_many_pushing_what_bears_on_the_same_records_end_as_one_would(centre):
    night = a_night()
    shares = [one_by_one(night, random.Random(n).sample(range(19), 19)) for n in range(4)]

    def push_share(share: list[Author]) -> None:
        with centre.app_context():
            for single in share:
                push(single)

    in_threads(*[partial(push_share, share) for share in shares])
    assert verify() == []
    before = _without_places(everything())
    projection.rebuild()
    assert _without_places(everything()) == before
