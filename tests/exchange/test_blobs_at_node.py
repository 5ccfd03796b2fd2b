"""Photos at a node: kept like a centre's, and let go by the phone only by the centre's own word."""

import pytest

from fieldlog.config import Settings
from fieldlog.store import devices, identity, nights
from fieldlog.store.blobs import carrying, place
from fieldlog.store.blobs.folder import Folder
from sync import receipts
from tests.exchange import building
from tests.exchange.test_blobs import LOG, PHOTO, head, send, told
from tests.support import pictures
from tests.support.cast import SECRET, Member, gather, running


def test_a_node_answers_with_the_centres_word_once_it_has_it(new_sqlite, tmp_path):
    settings = Settings(
        secret_key=SECRET, database_url=new_sqlite(), upstream="https://centre.example"
    )
    with running(settings) as app:
        place.use(Folder(tmp_path / "photos"))
        client, cast = app.test_client(), gather()
        line = building.event(cast, 1, pictures.named(PHOTO))
        building.push(client, cast.alice, building.section(LOG, [], [line]))
        done = send(client, cast.alice)
        assert told(done)[1] == str(len(PHOTO))
        assert "Fieldlog-Blob-Centre" not in done.headers

        key, sha256 = receipts.new_key(), bytes.fromhex(pictures.name(PHOTO))
        identity.learn_centre_key(receipts.public_key(key))
        (photo,) = carrying.lacking()
        forged = receipts.sign_blob(receipts.new_key(), sha256, len(PHOTO), "i", "t")
        assert not carrying.learn(photo, forged)
        assert "Fieldlog-Blob-Centre" not in head(client, cast.alice).headers
        signed = receipts.sign_blob(key, sha256, len(PHOTO), "i", "t")
        assert carrying.learn(photo, signed)
        assert head(client, cast.alice).headers["Fieldlog-Blob-Centre"] == f"i t {signed.sig}"
        carrying.lower(sha256)
        assert "Fieldlog-Blob-Centre" not in head(client, cast.alice).headers


def compared(client, who, *lines) -> str:
    body = "".join(f"{line}\n" for line in lines)
    headers = {**who.bearer, "Content-Type": "text/plain"}
    return client.post("/sync/v1/compare", data=body, headers=headers).text


@pytest.fixture
def node(cast):
    row, token = devices.add_node("node-a")
    return Member(row.id, "", "node-a", "", "", row.id, token)


@pytest.fixture
def passed_on(client, cast, node):
    """The centre has a log through the node, whose record names a photo; its line."""
    line = building.event(cast, 1, pictures.named(PHOTO))
    seen = {"device": cast.alice.device, "received_at": building.AT, "now": building.AT}
    header = {"via": seen | {"unsent": 0, "app": "1"}}
    answer = building.push(client, node, building.section(LOG, [], [line], header))
    return f"{LOG} 1 {answer.json['logs'][0]['hash']}"


def test_the_centre_tells_which_photos_it_lacks(client, node, passed_on):
    mine = f"blob {len(PHOTO)} {pictures.name(PHOTO)}"
    lacking = f"blob 0 {pictures.name(PHOTO)}\n"
    assert compared(client, node, passed_on, mine) == lacking
    send(client, node)
    assert compared(client, node, passed_on, mine) == ""
    assert compared(client, node, mine) == ""
    wrong = f"blob {len(PHOTO) + 1} {pictures.name(PHOTO)}"
    assert compared(client, node, wrong) == lacking


def test_asked_about_photos_alone_it_tells_of_photos_alone_and_writes_no_night(
    client, node, passed_on
):
    lacking = f"blob 0 {pictures.name(PHOTO)}\n"
    assert compared(client, node, f"blob {len(PHOTO)} {pictures.name(PHOTO)}") == lacking
    assert nights.latest() == []
    assert passed_on.split()[0] in compared(client, node)
    assert len(nights.latest()) == 1
