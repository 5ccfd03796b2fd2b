"""The network between a phone and its home store, as it is out there: open, dead, or a stranger's.

The phone's origin is this line's address, so the line can die while the store serves on.
"""

import base64
import gzip
import json
import socket
from urllib.parse import urlsplit

from sync.messages import Section, parse
from tests.faults.wire.far import Far
from tests.support.proxy import Fault, _request, _reset

NEVER = "2030-01-01T00:00:00Z"
LOGIN = b"<!doctype html><title>Gratis wifi</title><form><h1>Logga in</h1><input name=kod></form>"
FORGED = b'{"store":"centre","role":"centre","inc":"x","now":"2030-01-01T00:00:00Z","logs":[]}'
STRANGERS = {
    "login page": ("200 OK", "text/html", LOGIN),
    "redirect to a login page": ("302 Found\r\nLocation: http://wifi.example/", "text/html", b""),
    "empty 200": ("200 OK", "text/plain", b""),
    "empty JSON": ("200 OK", "application/json", b"{}"),
    "JSON like ours": ("200 OK", "application/json", FORGED),
    "login asked for": ("401 Unauthorized", "text/html", LOGIN),
    "not allowed": ("403 Forbidden", "text/html", LOGIN),
    "login by 511": ("511 Network Authentication Required", "text/html", LOGIN),
}


class Line(Far):
    """Open at first. What becomes of a request is decided when it comes, not when it is dialled."""

    def __init__(self, url: str):
        at = urlsplit(url)
        super().__init__((at.hostname, at.port), lambda: Fault("as_it_is"))
        self.state = "open"
        self.portal = ""
        self.lies = 0  # to requests that were meant for the store
        self.pushed = 0  # entries that came through

    def mend(self) -> None:
        self.state = "open"

    def cut(self) -> None:
        """Nothing gets through, as in an underpass."""
        self.state = "dead"

    def strange(self, portal: str) -> None:
        """A stranger answers every request, as STRANGERS[portal] says."""
        self.portal, self.state = portal, "strange"

    def forge(self) -> None:
        """A thief of a node keeps all pushes to itself, and says that the centre has signed."""
        self.state = "forged"

    def slow(self) -> None:
        """Everything comes through, over a long way and at a slow pace."""
        self.state = "slow"

    def only_pages(self) -> None:
        """Pages and scripts come through, nothing of the sync does."""
        self.state = "pages"

    def as_it_is(self, client: socket.socket, _) -> None:
        request = _request(client)
        synced = b" /sync/v1/" in request.split(b"\r\n", 1)[0]
        if self.state == "open" or (self.state == "pages" and not synced):
            self.pushed += sum(len(section.lines) for section in pushed(request))
            self._answer(client, request)
        elif self.state == "slow":
            self.carry(client, request)
        elif self.state == "strange":
            self._lie(client, request)
        elif self.state == "forged":
            self._forge(client, request)
        else:
            _reset(client)

    def _lie(self, client: socket.socket, request: bytes) -> None:
        status, kind, body = STRANGERS[self.portal]
        self.lies += b" /sync/v1/" in request.split(b"\r\n", 1)[0]
        head = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n"
        client.sendall(f"{head}Connection: close\r\n\r\n".encode() + body)

    def _forge(self, client: socket.socket, request: bytes) -> None:
        results = [
            {"log": each.log, "r": "ok", **reached(each), "q": [], "up": receipt(each)}
            for each in pushed(request)
        ]
        self.lies += len(results)
        said = {"store": "thief", "role": "node", "inc": "f" * 32, "now": NEVER, "ref": {}}
        answer = json.dumps(said | {"logs": results}).encode()
        head = f"HTTP/1.1 200 OK\r\nFieldlog-Proto: 1\r\nContent-Length: {len(answer)}\r\n"
        kind = "Content-Type: application/json\r\nConnection: close\r\n\r\n"
        client.sendall(f"{head}{kind}".encode() + answer)


def pushed(request: bytes) -> list[Section]:
    """What a push brings; nothing if the request is no push."""
    if b"/sync/v1/push" not in request.split(b"\r\n", 1)[0]:
        return []
    return list(parse([unpacked(request.partition(b"\r\n\r\n")[2])]))


def unpacked(body: bytes) -> bytes:
    return gzip.decompress(body) if body.startswith(b"\x1f\x8b") else body


def reached(section: Section) -> dict:
    return {"have": section.last, "hash": section.head.hex()}


def receipt(section: Section) -> dict:
    """As the centre's, but for the signature, which nobody else can make."""
    signature = base64.urlsafe_b64encode(bytes(64)).rstrip(b"=").decode()
    return {"r": "ok", **reached(section), "inc": "c" * 32, "at": NEVER, "sig": signature, "q": []}
