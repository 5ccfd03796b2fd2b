"""The restore drill: whoever is put back to an hour ago, nothing written is missing in the end.

One evening a database engine, put back again and again: serving stores are dear to set up.
"""

from collections import Counter

from tests.restore.patrol import Patrol, patrol


def test_whoever_is_put_back_to_an_hour_ago_everything_written_comes_back(tmp_path, new_database):
    evening = patrol(tmp_path, new_database)
    try:
        an_hour(evening)
        for put_back in (centre_put_back, node_put_back, both_put_back, phone_put_back):
            put_back(evening)
            all_is_there(evening, put_back.__name__)
        assert evening.centre.run("store", "verify")["found"] == []
    finally:
        evening.stop()


def an_hour(evening: Patrol) -> None:
    """Everyone writes, sends, and is answered for; the node's own pages are used too."""
    for name in evening.phones:
        evening.write(name)
    evening.note(evening.node, evening.rid)
    evening.send()
    assert evening.night()["outcome"] == "ok"
    assert all(evening.is_receipted(name) for name in evening.phones)


def centre_put_back(evening: Patrol) -> None:
    evening.copy(evening.centre)
    an_hour(evening)
    told = evening.put_back(evening.centre)
    assert told["inc"] != told["was"]
    assert not evening.written <= set(evening.at(evening.centre))  # it really was put back


def node_put_back(evening: Patrol) -> None:
    """Its own log goes on as another one: what the centre has of the old one is not forked."""
    evening.copy(evening.node)
    an_hour(evening)
    evening.put_back(evening.node)
    assert not evening.written <= set(evening.at(evening.node))
    evening.note(evening.node, evening.rid)
    assert evening.openings(evening.node) == ["new", "restored"]


def both_put_back(evening: Patrol) -> None:
    """All that is lost with both is what nobody but the node had: nothing was written there."""
    for store in (evening.centre, evening.node):
        evening.copy(store)
    for name in evening.phones:
        evening.write(name)
    evening.send()
    evening.night()
    for store in (evening.centre, evening.node):
        evening.put_back(store)


def phone_put_back(evening: Patrol) -> None:
    """A copied or restored storage, and both go on: the page of devices says that it split."""
    phone = evening.phones["alice"]
    restored = phone.clone()
    evening.write("alice")
    evening.send("alice")
    evening.phones |= {"alice": restored, "as it was": phone}
    evening.write("alice")
    evening.send("alice")
    assert len(restored.old) == 1  # it went on in a new log
    evening.night()
    assert evening.splits("alice") == 1


def all_is_there(evening: Patrol, step: str) -> None:
    """At the centre, each once, byte for byte; the node checked whole; every phone answered for."""
    evening.send()
    assert evening.night()["outcome"] == "ok", step
    found = Counter(evening.at(evening.centre))
    assert evening.written <= set(found), step
    assert set(found.values()) == {1}, step
    for name in evening.phones:
        evening.send(name)
        assert evening.is_receipted(name), (step, name)
