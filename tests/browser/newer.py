"""A server in front of a store that can hand out a newer version of the phone's app.

What is newer differs in one global name and in the names of its files; those of the version before
are then gone, as after a real update. Knows nothing of what the app does.
"""

import base64
import hashlib
import json
import re
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import requests

ROOT = Path(__file__).parents[2]
DIST = "/static/dist/"
# Asked for at the start, and asked for only when somebody wants English.
CHANGED = ("patrol", "english")
# Whole and unpacked, so that it can be changed.
UNASKED = {"accept-encoding", "if-none-match", "if-modified-since"}
HOP_BY_HOP = {"connection", "content-encoding", "content-length", "transfer-encoding"}


class Newer:
    """Stands before the store at `behind`. `stage`: old, broken (half the new is there) or new."""

    def __init__(self, behind: str) -> None:
        self.behind = behind
        self.stage = "old"
        self.asked: list[str] = []
        precache = json.loads((ROOT / "static/dist/manifest.json").read_text())["precache"]
        self.integrity = {each["url"]: each.get("integrity") for each in precache}
        self.names = {old: f"{old[:-11]}NEWER000.js" for old in map(self._found, CHANGED)}
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self.thread = threading.Thread(target=self.server.serve_forever, daemon=True)
        self.thread.start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server.server_port}"

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()
        self.thread.join(5)

    def answer(self, method: str, path: str, headers: dict, body: bytes) -> requests.Response:
        """What the store says, as the version of the stage would say it."""
        self.asked.append(path)
        name = path.removeprefix(DIST)
        given = {new: old for old, new in self.names.items()}
        if self.stage == "broken" and name in given:
            return self._missing()
        if self.stage != "old" and name in self.names:
            return self._missing()
        if name in given:
            path = DIST + given[name]
        headers = {key: value for key, value in headers.items() if key.lower() not in UNASKED}
        told = requests.request(
            method, self.behind + path, headers=headers | {"Accept-Encoding": "identity"},
            data=body, allow_redirects=False, timeout=30,
        )  # fmt: skip
        if self.stage != "old" and told.ok and path in self._ours():
            told._content = self._newer(told.text, path).encode()
        return told

    def _ours(self) -> set[str]:
        return {"/app/", "/app/sw.js", *(DIST + old for old in self.names)}

    def _newer(self, text: str, path: str) -> str:
        for old, new in self.names.items():
            text = text.replace(old, new)
        if path == "/app/sw.js":
            text = re.sub(r'(url:"/app/",revision:")\w+', r"\1newer", text)
            for old in self.names:
                text = text.replace(self.integrity[DIST + old], self._integrity(old))
        if path.startswith(DIST + "patrol-"):
            text = f"globalThis.isNewer = true;\n{text}"
        return text

    def _integrity(self, old: str) -> str:
        text = self._newer((ROOT / "static/dist" / old).read_text(encoding="utf-8"), DIST + old)
        return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()

    def _found(self, stem: str) -> str:
        wanted = re.compile(rf"{DIST}({stem}-[0-9A-Z]{{8}}\.js)")
        return next(found[1] for found in map(wanted.fullmatch, self.integrity) if found)

    def _missing(self) -> requests.Response:
        gone = requests.Response()
        gone.status_code, gone._content = 404, b""
        return gone


def _handler(front: Newer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self):
            size = int(self.headers.get("Content-Length") or 0)
            told = front.answer(self.command, self.path, dict(self.headers), self.rfile.read(size))
            self.send_response(told.status_code)
            for name, value in told.headers.items():
                if name.lower() not in HOP_BY_HOP:
                    self.send_header(name, value)
            self.send_header("Content-Length", str(len(told.content)))
            self.end_headers()
            self.wfile.write(told.content)

        do_POST = do_GET

        def log_message(self, *_):
            """Tests read what was asked, not the log."""

    return Handler
