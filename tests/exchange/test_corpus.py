"""Every bad request of the corpus gets its answer, and nothing that stood is lost by it.

One file a case in corpus/: `what` it is, the `request`, what is to be `expected`. To add a case,
add a file; `building.py` says how sections are put together.
"""

import base64
import json
from pathlib import Path

import pytest
from sqlalchemy import func, select

from fieldlog.store import devices
from fieldlog.store.database import reading
from fieldlog.store.tables import Entry, Event, Quarantine, Visit
from tests.exchange import building
from tests.support.cast import sign_in

CORPUS = Path(__file__).parent / "corpus"
CASES = sorted(CORPUS.glob("*.json"))
LOG = "000102030405060708090a0b0c0d0e0f"
STOOD = 3


@pytest.fixture
def stood(cast, client):
    """Three visits that Alice has pushed before anything goes wrong."""
    payloads = [building.visit(cast, number) for number in range(1, STOOD + 1)]
    answer = building.push(client, cast.alice, building.section(LOG, [], payloads))
    assert answer.json["logs"][0]["have"] == STOOD
    return payloads


@pytest.fixture
def member(cast):
    return lambda name: getattr(cast, name)


@pytest.mark.parametrize("file", CASES, ids=lambda file: file.stem)
def test_a_bad_request_gets_its_answer_and_takes_nothing_away(file, client, cast, stood):
    case = json.loads(file.read_text(encoding="utf-8"))
    before = counts()
    answer = send(client, cast, stood, case["request"])
    expect(answer, case["expect"])
    added = case["expect"].get("adds", {})
    assert counts() == {name: n + added.get(name, 0) for name, n in before.items()}
    assert still_works(client, cast, stood, case["expect"].get("main_log_has", STOOD))


def test_the_corpus_is_no_smaller_than_it_was():
    assert len(CASES) >= 70


def counts() -> dict[str, int]:
    standing = select(func.count()).select_from(Quarantine).where(Quarantine.released_at.is_(None))
    found = {
        table.__tablename__: reading().scalar(select(func.count()).select_from(table))
        for table in (Entry, Visit, Event)
    }
    return {**found, "quarantine": reading().scalar(standing)}


def send(client, cast, stood, request):
    if request.get("signed_in"):
        sign_in(client, getattr(cast, request["signed_in"]))
    if request.get("revoked"):
        devices.revoke(getattr(cast, request["revoked"]).device)
    who = request.get("who", "alice")
    headers = {"Content-Type": "application/x-ndjson", "Fieldlog-Proto": "1"}
    if who:
        headers.update(getattr(cast, who).bearer)
    headers.update(request.get("headers", {}))
    headers = {name: value for name, value in headers.items() if value is not None}
    return client.open(
        request.get("path", "/sync/v1/push"),
        method=request.get("method", "POST"),
        data=packed(body_of(cast, stood, request.get("body")), request.get("packed")),
        headers=headers,
    )


def body_of(cast, stood, body) -> bytes:
    """The body of a case: text as it stands, or parts one after another."""
    if body is None:
        return b""
    if isinstance(body, str):
        return body.encode()
    return b"".join(part_of(cast, stood, part) for part in body)


def part_of(cast, stood, part: dict) -> bytes:
    if "text" in part:
        return part["text"].encode() * part.get("times", 1)
    if "base64" in part:
        return base64.b64decode(part["base64"])
    times = part.get("times", 1)
    return b"".join(section_of(cast, stood, part["section"], turn) for turn in range(times))


def section_of(cast, stood, told: dict, turn: int) -> bytes:
    log = told.get("log", LOG)
    if log == "new":
        log = f"{turn + 1:032x}"
    before = stood[: told["after"]] if "after" in told else stood
    before = before if log == LOG else []
    lines = [line for each in told["lines"] for line in lines_of(cast, each)]
    return building.section(log, before, lines, told.get("header"))


def lines_of(cast, told) -> list[bytes]:
    """A text stands for itself; `visit` for a valid visit with changes; `size` for filler."""
    if isinstance(told, str):
        return [told.encode()]
    if "base64" in told:
        return [base64.b64decode(told["base64"])]
    if "nested" in told:
        return [b"[" * told["nested"] + b"]" * told["nested"]]
    if "size" in told:
        return [b'{"x":"' + b"x" * (told["size"] - 8) + b'"}'] * told.get("times", 1)
    start = told["visit"]
    changes = told.get("with", {})
    if changes.get("by") in ("alice", "bob", "charlie"):
        changes = {**changes, "by": getattr(cast, changes["by"]).id}
    return [
        building.visit(cast, number, **changes)
        for number in range(start, start + told.get("times", 1))
    ]


def packed(body: bytes, how: str | None) -> bytes:
    match how:
        case None:
            return body
        case "gzip":
            return building.packed(body)
        case "cut":
            return building.packed(body)[:-12]
        case "bomb":
            return building.packed(bytes(20_000_000))
    raise AssertionError(f"no way of packing is called {how}")


def expect(answer, wanted: dict) -> None:
    said = answer.get_data(as_text=True)
    assert answer.status_code == wanted["status"], said
    assert answer.headers["Fieldlog-Proto"] == "1"
    if "error" in wanted:
        assert answer.json["error"] == wanted["error"]
        assert answer.json["message"]
        assert wanted.get("says", "") in answer.json["message"]
    if "text" in wanted:
        assert said == wanted["text"]
    for name, value in wanted.get("headers", {}).items():
        assert answer.headers.get(name) == value
    if "logs" in wanted:
        assert [simple(result) for result in answer.json["logs"]] == wanted["logs"]
    if answer.status_code == 200 and answer.is_json and "logs" in answer.json:
        assert ("ref" in answer.json) == wanted.get("ref", True)


def simple(result: dict) -> dict:
    """A result as the corpus writes it: no hashes, and of `q` only seq and code."""
    told = {"r": result["r"], "have": result["have"]}
    if result["q"]:
        told["q"] = {str(each["seq"]): each["code"] for each in result["q"]}
    if "seq" in result:
        told["seq"] = result["seq"]
    return told


def still_works(client, cast, stood, have: int) -> bool:
    """Bob's phone is not in the way of anyone's mistakes; and Alice's log is where it was."""
    other = "ffffffffffffffffffffffffffffffff"
    body = building.section(other, [], [building.visit(cast, 900, by=cast.bob.id)])
    answer = building.push(client, cast.bob, body)
    assert answer.json["logs"][0] | {"up": None} == {
        "log": other,
        "r": "ok",
        "have": 1,
        "hash": answer.json["logs"][0]["hash"],
        "q": [],
        "up": None,
    }
    if devices.by_token(cast.alice.token).revoked_at:
        return True
    status = client.get(f"/sync/v1/status?log={LOG}&at={STOOD}", headers=cast.alice.bearer)
    now = client.get(f"/sync/v1/status?log={LOG}", headers=cast.alice.bearer).json["logs"][0]
    expected = building.fold(building.genesis(LOG), 1, stood).hex()
    return status.json["logs"][0]["hash"] == expected and now["have"] == have
