"""A rescue file brought to a node, which can't open it: kept for good and handed on."""

import hashlib

import pytest
import sqlalchemy as sa

from fieldlog.config import Settings
from fieldlog.store import devices, identity, rescues
from fieldlog.store.bundles import enrolled
from fieldlog.store.database import reading
from fieldlog.store.devices import Enrolment
from fieldlog.store.tables import Log
from sync import receipts
from tests.exchange import building
from tests.exchange.test_rescue import bring
from tests.support.cast import SECRET, gather, running
from tests.support.listening import listening
from tests.support.rescued import sealed

LOG = "000102030405060708090a0b0c0d0e0f"


@pytest.fixture
def centre(new_sqlite):
    settings = Settings(secret_key=SECRET, database_url=new_sqlite(), name="centre")
    with running(settings) as app:
        yield app


@pytest.fixture
def cast(centre):
    return gather()


@pytest.fixture
def below(centre, cast, new_sqlite):
    """Starts the node: above a served centre, or one that nobody answers for."""

    def settings(url: str) -> Settings:
        with centre.app_context():
            _row, token = devices.add_node("node-a")
        return Settings(
            secret_key=SECRET,
            database_url=new_sqlite(),
            name="node-a",
            upstream=url,
            upstream_token=token,
        )

    return settings


@pytest.fixture
def visits(cast) -> list[bytes]:
    return [building.visit(cast, number) for number in range(1, 4)]


@pytest.fixture
def file(centre, cast, visits):
    return sealed(cast.alice, identity.centre_key(), building.section(LOG, [], visits))


def test_with_a_line_the_centres_own_answer_comes_back(centre, cast, below, file):
    key = identity.centre_key()
    with listening(centre) as url, running(below(url)) as node:
        know(node, cast, key)
        answer = bring(node.test_client(), cast.bob, file)
        assert (answer.status_code, answer.json["state"]) == (200, "taken")
        assert answer.json["logs"][0]["new"] == 3
        assert receipts.verify_taken(key, hashlib.sha256(file).digest(), **answer.json["up"])
        assert rescues.of(answer.json["sha256"]).state == "taken"
        assert rescues.file(answer.json["sha256"]) == file, "held for the retention window"
    with centre.app_context():
        assert reading().scalar(sa.select(Log.device)) == cast.alice.device


def test_without_a_line_it_is_on_disk_and_said_to_wait(centre, cast, below, file):
    key = identity.centre_key()
    with running(below("http://127.0.0.1:9")) as node:
        know(node, cast, key)
        answer = bring(node.test_client(), cast.bob, file)
        assert (answer.status_code, answer.json["state"], answer.json["up"]) == (
            202, "kept", None,
        )  # fmt: skip
        assert rescues.waiting() == [answer.json["sha256"]]
        assert rescues.file(answer.json["sha256"]) == file


def test_what_the_centre_refuses_is_told_and_stays(centre, cast, below, visits):
    key = identity.centre_key()
    forged = sealed(cast.alice, key, building.section(LOG, [], visits), token="made up")
    with listening(centre) as url, running(below(url)) as node:
        know(node, cast, key)
        answer = bring(node.test_client(), cast.bob, forged)
        assert (answer.status_code, answer.json["error"]) == (409, "rescue_unproven")
        row = rescues.of(hashlib.sha256(forged).hexdigest())
        assert (row.state, row.code, row.file) == ("refused", "rescue_unproven", forged)


def test_what_is_no_rescue_file_or_anothers_is_not_kept(centre, cast, below):
    key = identity.centre_key()
    other = sealed(cast.alice, receipts.public_key(receipts.new_key()))
    with running(below("http://127.0.0.1:9")) as node:
        know(node, cast, key)
        client = node.test_client()
        for content, code in ((b"a cat", "not_rescue"), (other, "rescue_elsewhere")):
            assert bring(client, cast.bob, content).json["error"] == code
        assert rescues.held_bytes() == 0


def test_a_later_version_is_kept_for_a_centre_that_may_know_it(cast, below, file):
    key = identity.centre_key()
    with running(below("http://127.0.0.1:9")) as node:
        know(node, cast, key)
        newer = file.replace(b"rescue/1", b"rescue/2", 1)
        assert bring(node.test_client(), cast.bob, newer).status_code == 202


def test_a_full_node_says_so(cast, below, file, monkeypatch):
    monkeypatch.setattr("fieldlog.exchange.rescue.HELD_MAX", 1000)
    key = identity.centre_key()
    with running(below("http://127.0.0.1:9")) as node:
        know(node, cast, key)
        answer = bring(node.test_client(), cast.bob, file)
        assert (answer.status_code, answer.json["error"]) == (507, "full")


def know(node, cast, key: str) -> None:
    """Let the node know what its nights would have taught it: Bob's phone, and the centre's key."""
    bob = cast.bob
    enrolled.learn(Enrolment(bob.token, bob.device, bob.id, bob.org), "Bobs telefon")
    identity.learn_centre_key(key)
