"""The conversation over a real socket: what goes out, and what each kind of answer means.

The store here is a script: it answers what the test tells it, byte for byte.
"""

import gzip
import json
import threading
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from sync import chain, http
from sync.messages import Answer, BlobReceipt, BlobStatus, Compare, Line, Section, parse

LOG = "000102030405060708090a0b0c0d0e0f"
PROTO = {"Fieldlog-Proto": "1"}
ANSWER = Answer("node-a", "node", "01", "2026-11-22T20:41:08Z", ()).to_json()


class Script:
    """Answers in order; keeps the requests it got."""

    def __init__(self):
        self.answers, self.requests = [], []

    def says(self, status=200, headers=PROTO, body=ANSWER):
        self.answers.append((status, headers, body))
        return self


@pytest.fixture
def store():
    script = Script()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def _any(self):
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            script.requests.append((self.command, self.path, dict(self.headers), body))
            status, headers, answer = script.answers.pop(0)
            self.send_response(status)
            always = {"Content-Length": str(len(answer)), "Connection": "close"}
            for name, value in {**always, **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(answer)

        do_GET = do_POST = do_HEAD = do_PATCH = _any

        def log_message(self, *_):
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    script.url = f"http://127.0.0.1:{server.server_port}"
    yield script
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def peer(store):
    with http.Peer(store.url + "/", "secret", timeout=(2.0, 2.0)) as peer:
        yield peer


def test_a_push_is_packed_signed_with_the_token_and_read(store, peer):
    store.says()
    assert peer.push([_section(400)]) == Answer.from_json(ANSWER)
    method, path, headers, body = store.requests[0]
    assert (method, path) == ("POST", "/sync/v1/push")
    assert headers["Authorization"] == "Bearer secret"
    assert headers["Content-Type"] == "application/x-ndjson"
    assert headers["Content-Encoding"] == "gzip"
    assert headers["Fieldlog-Proto"] == "1"
    assert list(parse([gzip.decompress(body)])) == [_section(400)]


def test_a_store_that_takes_no_gzip_gets_it_plain_from_then_on(store, peer):
    store.says(415, PROTO, b"{}").says().says()
    peer.push([_section(400)])
    peer.push([_section(400)])
    assert ["Content-Encoding" in headers for _, _, headers, _ in store.requests] == [
        True, False, False,
    ]  # fmt: skip


def test_a_netrc_file_does_not_replace_the_token(store, peer, tmp_path, monkeypatch):
    (tmp_path / "netrc").write_text("default login other password other\n")
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
    store.says()
    peer.status()
    assert store.requests[0][2]["Authorization"] == "Bearer secret"


def test_status_asks_about_each_log(store, peer):
    store.says()
    peer.status([LOG, "f" * 32], at=3)
    assert store.requests[0][1] == f"/sync/v1/status?log={LOG}&log={'f' * 32}&at=3"


@pytest.mark.parametrize(
    ("status", "headers", "body"),
    [
        (200, {"Content-Type": "text/html"}, b"<html>Log in to the wifi</html>"),
        (200, {}, ANSWER),
        (200, PROTO, b"<html></html>"),
        (200, PROTO, b""),
        (200, PROTO, ANSWER[:-5]),
        (200, {**PROTO, "Content-Length": "1000"}, ANSWER),
        (200, {**PROTO, "Content-Encoding": "gzip"}, b"no gzip"),
        (302, {"Location": "/sync/v1/login"}, b""),
        (401, {}, b"who are you"),
        (404, {}, b""),
        (429, {**PROTO, "Retry-After": "7"}, b"{}"),
        (500, PROTO, b""),
        (502, {}, b"<html>Bad gateway</html>"),
    ],
    ids=[
        "captive portal", "no header", "html with header", "empty", "cut json", "cut on the way",
        "broken gzip", "redirect", "portal's 401", "portal's 404", "rate", "broken", "gateway",
    ],
)  # fmt: skip
def test_trouble_decides_nothing(store, peer, status, headers, body):
    store.says(status, headers, body).says()
    with pytest.raises(http.Trouble) as caught:
        peer.push([_section()])
    assert caught.value.after == (7 if status == 429 else None)
    assert len(store.requests) == 1, "a redirect is never followed"


def test_nobody_there_is_trouble():
    nobody = http.Peer("http://127.0.0.1:9", "t", timeout=(1.0, 1.0))
    with nobody, pytest.raises(http.Trouble, match="network"):
        nobody.status()


@pytest.mark.parametrize("status", [401, 403])
def test_a_store_that_does_not_know_the_token_asks_for_enrolment(store, peer, status):
    store.says(status, PROTO, b'{"error":"no_token","message":"Enrol the phone."}')
    with pytest.raises(http.Unauthorised, match="Enrol the phone") as caught:
        peer.push([_section()])
    assert (caught.value.status, caught.value.error) == (status, "no_token")


@pytest.mark.parametrize("status", [400, 404, 409, 426])
def test_a_store_that_says_no_is_heard(store, peer, status):
    store.says(status, PROTO, b'{"error":"framing","message":"line 3"}')
    with pytest.raises(http.Refused, match="line 3") as caught:
        peer.push([_section()])
    assert not isinstance(caught.value, http.Unauthorised)


@pytest.mark.parametrize("headers", [PROTO, {}], ids=["store", "proxy"])
def test_too_large_is_told_apart(store, peer, headers):
    store.says(413, headers, b"")
    with pytest.raises(http.TooLarge):
        peer.push([_section()])


def test_compare_gives_the_lines_that_differ(store, peer):
    theirs = Compare(LOG, 2, b"\1" * 32)
    store.says(200, PROTO, f"{LOG} 2 {theirs.hash.hex()}\n".encode())
    assert peer.compare([Compare(LOG, 3, b"\2" * 32)]) == [theirs]
    assert store.requests[0][2]["Content-Type"] == "text/plain"


def test_a_portals_page_is_no_comparison(store, peer):
    store.says(200, PROTO, b"<html>")
    with pytest.raises(http.Trouble):
        peer.compare([])


def test_a_bundle_is_what_its_hash_says(store, peer):
    body = b'{"places":[]}'
    name = sha256(body).hexdigest()
    store.says(200, {**PROTO, "Content-Encoding": "gzip"}, gzip.compress(body))
    assert peer.ref("places", name) == body
    store.says(200, PROTO, b'{"places":[1]}')
    with pytest.raises(http.Trouble, match="not what was asked"):
        peer.ref("places", name)


def test_a_digest_is_a_text(store, peer):
    store.says(200, PROTO, b'{"digest":"ab"}').says(200, PROTO, b"{}")
    assert peer.digest() == "ab"
    with pytest.raises(http.Trouble):
        peer.digest()


def test_enrolment_needs_no_token(store):
    store.says(201, PROTO, b'{"token":"new"}')
    with http.Peer(store.url) as peer:
        assert peer.enrol("CODE", "Pixel 7") == {"token": "new"}
    _, path, headers, body = store.requests[0]
    assert path == "/sync/v1/enrol"
    assert "Authorization" not in headers
    assert json.loads(body) == {"code": "CODE", "name": "Pixel 7"}


def _section(n: int = 1) -> Section:
    lines = [Line(chain.digest(b'{"n":1}'), b'{"n":1}')] * n
    prev = chain.genesis(LOG)
    head = chain.fold(prev, 1, (line.digest for line in lines))[-1]
    return Section(LOG, 0, 1, prev, head, lines, "2026-11-22T21:40:00Z", 1, "1")


OFFSETS = {"Upload-Offset": "7", "Upload-Length": "9", **PROTO}


def test_a_photo_is_asked_about_without_a_body(store, peer):
    store.says(200, OFFSETS | {"Fieldlog-Blob-Centre": "i t s"}, b"")
    assert peer.blob_status("ab" * 32) == BlobStatus(7, 9, BlobReceipt("i", "t", "s"))
    method, path, headers, body = store.requests[0]
    assert (method, path, body) == ("HEAD", "/sync/v1/blobs/" + "ab" * 32, b"")
    assert headers["Authorization"] == "Bearer secret"


def test_a_part_of_a_photo_goes_plain_with_its_place(store, peer):
    store.says(204, OFFSETS, b"")
    assert peer.blob_part("ab" * 32, 5, 9, b"zz") == BlobStatus(7, 9)
    method, _path, headers, body = store.requests[0]
    assert (method, body) == ("PATCH", b"zz")
    assert headers["Content-Type"] == "application/offset+octet-stream"
    assert (headers["Upload-Offset"], headers["Upload-Length"]) == ("5", "9")
    assert "Content-Encoding" not in headers


def test_another_offset_is_an_answer_not_a_fault(store, peer):
    store.says(409, OFFSETS, b'{"error":"wrong_offset","message":"m"}')
    assert peer.blob_part("ab" * 32, 5, 9, b"zz").offset == 7


@pytest.mark.parametrize(
    ("status", "headers", "fault"),
    [
        (200, PROTO, http.Trouble),
        (200, OFFSETS | {"Upload-Offset": "-1"}, http.Trouble),
        (200, OFFSETS | {"Upload-Length": ""}, http.Trouble),
        (200, OFFSETS | {"Fieldlog-Blob-Centre": "i t"}, http.Trouble),
        (200, {"Upload-Offset": "7", "Upload-Length": "9"}, http.Trouble),
        (409, {"Upload-Offset": "7", "Upload-Length": "9"}, http.Trouble),
        (404, PROTO, http.Refused),
        (403, PROTO, http.Unauthorised),
        (413, {}, http.TooLarge),
        (415, PROTO, http.Refused),
        (503, PROTO, http.Trouble),
    ],
)
def test_what_else_is_said_about_a_photo(store, peer, status, headers, fault):
    store.says(status, headers, b"")
    with pytest.raises(fault):
        peer.blob_part("ab" * 32, 5, 9, b"zz")
