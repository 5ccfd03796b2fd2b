"""Photos at a node: kept like a centre's, and let go by the phone only by the centre's own word."""

from fieldlog.config import Settings
from fieldlog.store import identity
from fieldlog.store.blobs import carrying, place
from fieldlog.store.blobs.folder import Folder
from sync import receipts
from tests.exchange import building
from tests.exchange.test_blobs import LOG, PHOTO, head, send, told
from tests.support import pictures
from tests.support.cast import SECRET, gather, running


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
