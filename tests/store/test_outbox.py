"""A node's entries reach the centre whole, are known to, and one night runs at a time."""

from importlib.metadata import version

import pytest

from fieldlog.store import identity, logs, outbox
from fieldlog.store.counts import count
from fieldlog.store.verify import verify
from sync import nightly, receipts
from sync.messages import Answer, Section
from tests.store.acts import NOW, event, push, visit
from tests.store.authors import Author, via
from tests.store.conftest import ALICE, NODE, PHONE, SARA, people_the_store
from tests.support.databases import opened


class Centre:
    """The centre as the nightly job reaches it, without a network: see sync.nightly.Centre."""

    def __init__(self, app):
        self.app, self.pushed = app, []

    def status(self, asked=()):
        with self.app.app_context():
            return self._answer(logs.results(asked, NODE))

    def push(self, sections):
        self.pushed += sections
        with self.app.app_context():
            return self._answer([logs.accept(each, NODE, NOW) for each in sections])

    def compare(self, lines):
        with self.app.app_context():
            return logs.compare(lines, NODE)

    def digest(self):
        with self.app.app_context():
            return logs.digest(NODE)

    def _answer(self, results):
        own = identity.get()
        return Answer(own.name, "centre", own.inc, "2019-05-04T03:00:00Z", tuple(results))


@pytest.fixture
def centre(new_database):
    """A centre of its own; the tests' context is the node's."""
    with opened(new_database()) as app:
        people_the_store()
        yield Centre(app)


@pytest.fixture
def node(new_database, centre):
    """Inside a node's context."""
    with opened(new_database(), role="node") as app:
        people_the_store()
        yield app


def at(centre: Centre, ask):
    with centre.app.app_context():
        return ask()


def test_a_night_brings_all_to_the_centre_and_a_second_brings_nothing(node, centre, alice):
    rid = alice.visit()
    alice.leave(rid)
    push(alice)
    logs.write("comment", {"ref": rid, "text": "bra"}, SARA)
    night = nightly.run(outbox, centre)
    assert (night.outcome, night.sent, night.verified, night.refused) == ("ok", 5, 2, 0)
    assert at(centre, count) == count()
    assert at(centre, lambda: visit(rid).state) == "ended"
    assert at(centre, verify) == []
    again = nightly.run(outbox, centre)
    assert (again.outcome, again.sent) == ("ok", 0)


def test_the_phone_hears_the_centres_own_receipt_through_the_node(node, centre, alice):
    alice.visit(place="NYTT")
    first = logs.accept(alice.section(), PHONE, NOW)
    assert first.up is None
    nightly.run(outbox, centre)
    up = logs.results([alice.log], PHONE)[0].up
    assert (up.r, up.have, up.hash) == ("ok", 2, alice.hashes[2])
    assert [(q.seq, q.code) for q in up.q] == [(2, "unknown_place")]
    key = at(centre, identity.centre_key)
    assert receipts.verify(key, alice.log, up.have, up.hash, up.inc, up.at, up.sig)


def test_only_what_the_centre_lacks_is_sent(node, centre, alice):
    alice.visit()
    push(alice)
    nightly.run(outbox, centre)
    alice.visit()
    push(alice, first=3)
    assert [(each.head, outbox.known()[each.log]) for each in outbox.sources()] == [(3, 2)]
    centre.pushed.clear()
    nightly.run(outbox, centre)
    assert [(each.first, each.last) for each in centre.pushed] == [(3, 3)]


def test_what_a_node_saw_of_the_phone_travels_with_its_log(node, centre, alice):
    alice.visit()
    logs.accept(alice.section(1, 1, unsent=2, now="2019-05-03T21:40:35Z"), PHONE, NOW)
    nightly.run(outbox, centre)
    seen = centre.pushed[0].via
    assert (seen.device, seen.unsent, seen.app) == (PHONE.id, 1, "test")
    assert (seen.received_at, seen.now) == ("2019-05-03T21:40:05Z", "2019-05-03T21:40:35Z")


def test_a_node_says_which_version_it_runs(node, centre, alice):
    alice.visit()
    push(alice)
    nightly.run(outbox, centre)
    assert {each.app for each in centre.pushed} == {version("fieldlog")}


def test_a_clones_branch_reaches_the_centre_apart(node, centre, alice):
    alice.visit()
    clone = alice.copy()
    alice.visit()
    cloned = clone.event()
    push(alice)
    push(clone)
    night = nightly.run(outbox, centre)
    assert night.outcome == "ok"
    assert at(centre, count) == count()
    assert at(centre, lambda: event(cloned)) is not None
    lines = list(outbox.lines())
    assert at(centre, lambda: logs.compare(lines, NODE)) == []


def test_a_log_that_parted_from_the_centres_is_kept_there_and_the_phone_is_told(
    node, centre, alice
):
    alice.visit()
    clone = alice.copy()
    clone.visit()
    alice.event()
    alice.event()
    at(centre, lambda: logs.accept(_through_a_node(clone), NODE, NOW))
    push(alice)
    night = nightly.run(outbox, centre)
    assert night.outcome == "ok"
    assert at(centre, count)["events"] == 2
    assert logs.results([alice.log], PHONE)[0].up.r == "fork"


def test_a_restored_centre_gets_back_what_it_lost(node, centre, new_database, alice):
    alice.visit()
    push(alice)
    nightly.run(outbox, centre)
    with opened(new_database()) as app:
        people_the_store()
        restored = Centre(app)
        with node.app_context():
            assert nightly.run(outbox, restored).outcome == "ok"
            assert at(restored, count) == count()


def test_a_restored_nodes_own_log_goes_on_in_a_new_one(node, centre):
    def comment(text: str) -> None:
        logs.write("comment", {"ref": "01890000-0000-7000-8000-000000000001", "text": text}, SARA)

    comment("ett")
    own = outbox.sources()[0].log
    at(centre, lambda: logs.accept(_another(own), NODE, NOW))
    assert nightly.run(outbox, centre).outcome == "ok"
    comment("två")
    assert outbox.sources()[0].log != own
    assert nightly.run(outbox, centre).outcome == "ok"
    assert at(centre, verify) == []


def test_one_night_runs_at_a_time_and_the_next_may_after_it(node):
    with outbox.lock() as mine, outbox.lock() as other:
        assert (mine, other) == (True, False)
    with outbox.lock() as mine:
        assert mine


def _through_a_node(author: Author) -> Section:
    return author.section(via=via(author.device))


def _another(log: str) -> Section:
    """What the node wrote into this log before it was restored."""
    other = Author(ALICE.id, ALICE.org, NODE.id, log)
    other.open()
    other.open()
    return other.section()
