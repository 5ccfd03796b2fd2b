"""Photos coming in by parts: only what a record asks for, from where we are, proven at the end."""

import pytest
from sqlalchemy import select

from fieldlog.config import Settings
from fieldlog.store import devices, identity
from fieldlog.store.blobs import place
from fieldlog.store.database import reading
from fieldlog.store.tables import Blob
from sync import receipts
from sync.messages import BLOB_MAX, CHUNK_MAX
from sync.messages.blob import CHUNK_TYPE, parse_receipt
from tests.exchange import building
from tests.support import pictures
from tests.support.cast import SECRET, Member

LOG = "00112233445566778899aabbccddeeff"
OTHER = "ffeeddccbbaa99887766554433221100"
PHOTO = pictures.jpeg(2 * CHUNK_MAX + 5_000)


def url(photo: bytes) -> str:
    return f"/sync/v1/blobs/{pictures.name(photo)}"


def head(client, who, photo=PHOTO):
    return client.head(url(photo), headers=who.bearer)


def part(client, who, offset, data, photo=PHOTO, **headers):
    """PATCH: `data` at `offset`; headers with underscores, None takes one away."""
    told = {
        "Content-Type": CHUNK_TYPE,
        "Upload-Length": str(len(photo)),
        "Upload-Offset": str(offset),
        **{name.replace("_", "-"): value for name, value in headers.items()},
    }
    told = {name: value for name, value in (who.bearer | told).items() if value is not None}
    return client.patch(url(photo), data=data, headers=told)


def send(client, who, photo=PHOTO, start=0):
    """All of it from `start`; the last answer."""
    for offset in range(start, len(photo), CHUNK_MAX):
        answer = part(client, who, offset, photo[offset : offset + CHUNK_MAX], photo)
        assert answer.status_code == 204, answer.text
    return answer


def told(answer) -> tuple:
    return answer.status_code, answer.headers["Upload-Offset"], answer.headers["Upload-Length"]


@pytest.fixture
def record(client, cast):
    """Call it to have a phone's record name photos."""

    def write(*photos, who=None, log=LOG, before=(), number=1, **changes):
        who = who or cast.alice
        line = building.event(cast, number, pictures.named(*photos, **changes), by=who.id)
        answer = building.push(client, who, building.section(log, list(before), [line]))
        assert answer.json["logs"][0]["r"] == "ok"
        return line

    return write


def test_a_photo_goes_in_by_parts_and_ends_with_the_centres_signature(client, cast, record):
    record(PHOTO)
    assert told(head(client, cast.alice)) == (200, "0", str(len(PHOTO)))
    assert "Fieldlog-Blob-Centre" not in head(client, cast.alice).headers
    first = part(client, cast.alice, 0, PHOTO[:CHUNK_MAX])
    assert told(first) == (204, str(CHUNK_MAX), str(len(PHOTO)))
    assert "Fieldlog-Blob-Centre" not in first.headers
    last = send(client, cast.alice, start=CHUNK_MAX)
    assert told(last) == (204, str(len(PHOTO)), str(len(PHOTO)))
    receipt = parse_receipt(last.headers["Fieldlog-Blob-Centre"])
    sha256 = bytes.fromhex(pictures.name(PHOTO))
    assert receipt.inc == identity.get().inc
    assert receipts.verify_blob(identity.centre_key(), sha256, len(PHOTO), receipt)
    assert not receipts.verify_blob(identity.centre_key(), sha256, len(PHOTO) - 1, receipt)
    assert place.current().read(pictures.name(PHOTO)) == PHOTO


def test_the_signature_is_there_for_whoever_asks_again(client, cast, record):
    record(PHOTO)
    send(client, cast.alice)
    again = head(client, cast.alice)
    assert told(again) == (200, str(len(PHOTO)), str(len(PHOTO)))
    assert parse_receipt(again.headers["Fieldlog-Blob-Centre"])


def test_the_answer_to_the_last_part_may_be_lost(client, cast, record):
    record(PHOTO)
    send(client, cast.alice)
    again = part(client, cast.alice, 2 * CHUNK_MAX, PHOTO[2 * CHUNK_MAX :])
    assert told(again) == (409, str(len(PHOTO)), str(len(PHOTO)))
    assert again.json["error"] == "wrong_offset"
    assert "Fieldlog-Blob-Centre" in again.headers


@pytest.mark.parametrize("offset", [0, 5_000, 2 * CHUNK_MAX])
def test_another_offset_is_told_the_right_one(client, cast, record, offset):
    record(PHOTO)
    part(client, cast.alice, 0, PHOTO[:CHUNK_MAX])
    wrong = part(client, cast.alice, offset, PHOTO[offset : offset + 5_000])
    assert told(wrong) == (409, str(CHUNK_MAX), str(len(PHOTO)))
    assert told(head(client, cast.alice))[1] == str(CHUNK_MAX)


def test_other_bytes_than_announced_are_thrown_away_at_the_end(client, cast, record):
    record(PHOTO)
    part(client, cast.alice, 0, PHOTO[:CHUNK_MAX])
    part(client, cast.alice, CHUNK_MAX, bytes(CHUNK_MAX))
    last = part(client, cast.alice, 2 * CHUNK_MAX, PHOTO[2 * CHUNK_MAX :])
    assert (told(last), last.json["error"]) == ((409, "0", str(len(PHOTO))), "wrong_hash")
    assert told(head(client, cast.alice))[1] == "0"
    assert told(send(client, cast.alice))[0] == 204


def test_only_what_an_accepted_record_of_the_phone_names_is_taken(client, cast, record):
    for answer in (head(client, cast.alice), part(client, cast.alice, 0, PHOTO[:CHUNK_MAX])):
        assert answer.status_code == 404
    record(PHOTO)
    for answer in (head(client, cast.bob), part(client, cast.bob, 0, PHOTO[:CHUNK_MAX])):
        assert answer.status_code == 404
    assert head(client, cast.alice).status_code == 200


def test_a_record_in_quarantine_has_its_photo_too(client, cast, record):
    line = building.event(cast, 7, pictures.named(PHOTO), org="kommunen")
    answer = building.push(client, cast.alice, building.section(LOG, [], [line]))
    assert answer.json["logs"][0]["q"]
    assert send(client, cast.alice).status_code == 204


def test_a_correction_may_name_a_photo(client, cast):
    event = building.event(cast, 1, [])
    import json

    body = json.loads(building.event(cast, 2, pictures.named(PHOTO)))["body"]
    rid = json.loads(event)["rid"]
    amend = building.speaking_of(
        cast, 3, "amend", rid, base=building._digest(event).hex(), body=body, why="Med foto."
    )
    building.push(client, cast.alice, building.section(LOG, [], [event, amend]))
    assert send(client, cast.alice).status_code == 204


def test_two_phones_with_the_same_photo_each_go_their_own_way_until_one_is_through(
    client, cast, record
):
    record(PHOTO)
    record(PHOTO, who=cast.bob, log=OTHER, number=2)
    part(client, cast.alice, 0, PHOTO[:CHUNK_MAX])
    assert told(head(client, cast.bob))[1] == "0"
    part(client, cast.bob, 0, PHOTO[: CHUNK_MAX // 2])
    assert told(head(client, cast.alice))[1] == str(CHUNK_MAX)
    send(client, cast.alice, start=CHUNK_MAX)
    done = head(client, cast.bob)
    assert told(done) == (200, str(len(PHOTO)), str(len(PHOTO)))
    assert "Fieldlog-Blob-Centre" in done.headers


def test_a_node_carries_what_any_record_names_and_nothing_else(client, cast, record):
    row, token = devices.add_node("node-a")
    node = Member(row.id, "", "node-a", "", "", row.id, token)
    assert head(client, node).status_code == 404
    record(PHOTO)
    assert send(client, node).status_code == 204


def test_a_revoked_phone_sends_no_photos(client, cast, record):
    record(PHOTO)
    devices.revoke(cast.alice.device)
    assert head(client, cast.alice).status_code == 403
    assert part(client, cast.alice, 0, PHOTO[:CHUNK_MAX]).json["error"] == "revoked"


@pytest.mark.parametrize(
    ("changes", "status", "error"),
    [
        ({"Upload_Length": None}, 400, "bad_request"),
        ({"Upload_Offset": None}, 400, "bad_request"),
        ({"Upload_Offset": "-1"}, 400, "bad_request"),
        ({"Upload_Offset": "٣"}, 400, "bad_request"),
        ({"Upload_Offset": "9" * 400}, 400, "bad_request"),
        ({"Upload_Length": str(len(PHOTO) + 1)}, 400, "bad_request"),
        ({"Upload_Length": str(BLOB_MAX + 1)}, 413, "too_large"),
        ({"Content_Type": "image/jpeg"}, 415, "wrong_type"),
        ({"Content_Type": None}, 415, "wrong_type"),
        ({"Content_Encoding": "gzip"}, 415, "wrong_type"),
        ({"Fieldlog_Proto": "2"}, 426, "protocol"),
        ({"Authorization": None}, 401, "no_token"),
    ],
)
def test_a_part_that_is_not_as_the_protocol_says_is_refused(
    client, cast, record, changes, status, error
):
    record(PHOTO)
    if "٣" in changes.values():
        changes = {"Upload_Offset": "٣".encode().decode("latin-1")}
    answer = part(client, cast.alice, 0, PHOTO[:CHUNK_MAX], **changes)
    assert (answer.status_code, answer.json["error"]) == (status, error)
    assert told(head(client, cast.alice))[1] == "0"


@pytest.mark.parametrize(
    ("offset", "size", "status"),
    [(0, CHUNK_MAX + 1, 413), (0, 0, 400), (0, 100, 400), (len(PHOTO) - 5_000, 5_001, 400)],
)
def test_a_part_has_its_size(client, cast, record, offset, size, status):
    record(PHOTO)
    answer = part(client, cast.alice, offset, PHOTO[:size].ljust(size, b"x"))
    assert answer.status_code == status


@pytest.mark.parametrize(
    "content",
    [
        b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
        b"<!doctype html><script>alert(1)</script>",
        b"GIF89a" + bytes(100),
        b"PK\x03\x04" + bytes(100),
        b"%PDF-1.7",
        b"\xff",
    ],
)
def test_what_is_no_picture_of_ours_is_not_taken_whatever_it_is_called(
    client, cast, record, content
):
    record(content)
    answer = part(client, cast.alice, 0, content, content)
    assert (answer.status_code, answer.json["error"]) == (415, "no_picture")
    assert reading().scalar(select(Blob)) is None


@pytest.mark.parametrize("name", ["0" * 63, "0" * 65, "G" * 64, "A" * 64, "..", "%2e%2e%2fetc"])
def test_what_is_no_hash_is_not_found(client, cast, name):
    assert client.head(f"/sync/v1/blobs/{name}", headers=cast.alice.bearer).status_code == 404


def test_what_the_photo_is_counts_not_what_the_record_calls_it(client, cast, record):
    photo = pictures.png()
    record(photo, mime="text/html")
    send(client, cast.alice, photo)
    row = reading().scalar(select(Blob))
    assert (row.kind, row.width, row.height, row.size) == ("image/png", 2, 2, len(photo))


def test_without_a_place_for_photos_they_wait_on_the_phone(cast, client, record, app):
    record(PHOTO)
    app.config["SETTINGS"] = Settings(
        secret_key=SECRET, database_url="postgresql+psycopg://somewhere/db"
    )
    app.extensions.pop("fieldlog_blobs", None)
    answer = part(client, cast.alice, 0, PHOTO[:CHUNK_MAX])
    assert (answer.status_code, answer.json["error"]) == (503, "no_place")
    assert answer.headers["Retry-After"]


def test_a_full_disk_is_said_and_nothing_of_the_part_is_kept(client, cast, record, monkeypatch):
    import errno
    import os

    record(PHOTO)
    part(client, cast.alice, 0, PHOTO[:CHUNK_MAX])

    def full(_fd):
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(os, "fdatasync", full)
        answer = part(client, cast.alice, CHUNK_MAX, PHOTO[CHUNK_MAX : 2 * CHUNK_MAX])
        assert (answer.status_code, answer.json["error"]) == (507, "full")
    assert told(head(client, cast.alice))[1] == str(CHUNK_MAX)
    assert told(send(client, cast.alice, start=CHUNK_MAX))[0] == 204
