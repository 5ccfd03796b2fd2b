"""Two records that were merged into each other are still one, never none."""

import threading
from datetime import UTC, datetime, timedelta

from fieldlog.store import logs, merges
from fieldlog.store.database import writing
from fieldlog.store.weeks import observed
from sync.records import rid_bytes
from tests.store.acts import event, push
from tests.store.authors import Author
from tests.store.conftest import ALICE, SARA, people_the_store
from tests.support.databases import opened

THEN = datetime(2019, 5, 3, 20, 5, tzinfo=UTC)
PAIRS, PATIENCE_S = 10, 60


def test_at_once_one_of_them_wins(database_url):
    with opened(database_url):
        people_the_store()
        author = Author(ALICE.id, ALICE.org)
        author.open()
        pairs = [(author.event(), author.event()) for _ in range(PAIRS)]
        push(author)
    together, refused = threading.Barrier(2), []

    def work(turned: bool) -> None:
        with opened(database_url):
            for pair in pairs:
                one, other = reversed(pair) if turned else pair
                together.wait(PATIENCE_S)
                with writing():
                    if merges.can_stand(rid_bytes(other)):
                        logs.write("merge", {"ref": one, "into": other}, SARA)
                    else:
                        refused.append(one)

    threads = [threading.Thread(target=work, args=[turned]) for turned in (False, True)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    with opened(database_url):
        doubles = [[rid for rid in pair if event(rid).merged_into] for pair in pairs]
    assert [len(pair) for pair in doubles] == [1] * PAIRS
    assert len(refused) == PAIRS


def test_by_two_stores_that_had_not_heard_of_each_other_they_count_once(centre, alice):
    one, other = alice.event(), alice.event()
    push(alice)
    for ref, into in ((one, other), (other, one)):
        logs.write("merge", {"ref": ref, "into": into}, SARA)
    assert event(one).merged_into
    assert event(other).merged_into
    day = timedelta(days=1)
    assert len(observed.events(("polisen",), THEN - day, THEN + day)) == 1
