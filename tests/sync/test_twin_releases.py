"""The database of every release of the phone, opened by this one and sent to a real store."""

import base64
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa
from cryptography.hazmat.primitives import serialization

from fieldlog import data
from fieldlog.store import categories, devices, places
from fieldlog.store.database import writing
from fieldlog.store.tables import Account, Device, DeviceAccount, Identity, Token
from tests.support.cast import gather
from tests.support.served import Store
from tests.sync.twin import Phone, payloads, stored

# A sealed one needs its officer's PIN before it can send: releases.test.js enters that.
RELEASES = sorted(
    path
    for path in (Path(__file__).parents[1] / "js/releases").glob("*.json")
    if not path.stem.endswith("-sealed")
)
FOUNDERS = ("visit", "event")


@pytest.mark.parametrize("path", RELEASES, ids=lambda path: path.stem)
def test_the_queue_of_a_release_arrives_once_byte_for_byte(path, tmp_path):
    kept = json.loads(path.read_text(encoding="utf-8"))
    store = Store(tmp_path, "centre")
    with store.inside():
        known_as_then(kept)
    phone = Phone()
    try:
        store.start()
        phone.ask("thaw", url=store.url, database=kept["database"])
        written = [json.loads(each) for each in held(kept)]
        assert phone.talk() is None
        assert phone.look()["unsent"] == len(kept["aside"])
    finally:
        phone.stop()
        store.stop()
    sent = [each for each in written if each["rid"] not in kept["aside"]]
    founders = [each["rid"] for each in sent if each["t"] in FOUNDERS]
    assert stored(store, *founders) == [1] * len(founders)
    for bytes_ in held(kept):
        record = json.loads(bytes_)
        if record["t"] != "open" and record["rid"] not in kept["aside"]:
            assert payloads(store, record["rid"]) == {bytes_}


def held(kept: dict) -> list[bytes]:
    """The payloads of the fixture's entries, as they were written."""
    stores = {each["name"]: each["rows"] for each in kept["database"]["stores"]}
    return [base64.b64decode(row["payload"]["$bytes"]) for row in stores["entries"]]


def known_as_then(kept: dict) -> None:
    """A centre with the key, the account and the phone of that time."""
    gather()
    categories.seed()
    now = datetime.now(UTC)
    places.import_geojson(data.load("sollentuna_places.geojson"), now)
    who = kept["device"]
    key = serialization.load_der_private_key(base64.b64decode(kept["centre"]["private"]), None)
    pem = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    with writing() as session:
        session.execute(sa.update(Identity).values(receipt_key=pem.decode()))
        session.add(
            Account(
                id=who["account"], login="as-then", name="Alice", org=who["org"], role="officer",
                active=True, created_at=now,
            )
        )  # fmt: skip
        session.add(
            Device(
                id=who["device"],
                kind="phone",
                name=who["name"],
                org=who["org"],
                enrolled_at=now,
            )
        )
        session.flush()
        session.add(DeviceAccount(device=who["device"], account=who["account"]))
        session.add(Token(hash=devices.digest(who["token"]), device=who["device"], created_at=now))
