"""The network between a phone and its home store, as it is out there: open, dead, or a stranger's.

The phone's origin is this line's address, so the line can die while the store serves on.
"""

import socket
from urllib.parse import urlsplit

from tests.support.proxy import Fault, Proxy, _request, _reset

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


class Line(Proxy):
    """Open at first. What becomes of a request is decided when it comes, not when it is dialled."""

    def __init__(self, url: str):
        at = urlsplit(url)
        super().__init__((at.hostname, at.port), lambda: Fault("as_it_is"))
        self.state = "open"
        self.portal = ""
        self.lies = 0  # to requests that were meant for the store

    def mend(self) -> None:
        self.state = "open"

    def cut(self) -> None:
        """Nothing gets through, as in an underpass."""
        self.state = "dead"

    def strange(self, portal: str) -> None:
        """A stranger answers every request, as STRANGERS[portal] says."""
        self.portal, self.state = portal, "strange"

    def as_it_is(self, client: socket.socket, _) -> None:
        request = _request(client)
        if self.state == "open":
            self._answer(client, request)
        elif self.state == "strange":
            self._lie(client, request)
        else:
            _reset(client)

    def _lie(self, client: socket.socket, request: bytes) -> None:
        status, kind, body = STRANGERS[self.portal]
        self.lies += b" /sync/v1/" in request.split(b"\r\n", 1)[0]
        head = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n"
        client.sendall(f"{head}Connection: close\r\n\r\n".encode() + body)
