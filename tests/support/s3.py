"""A bucket that speaks as much of S3 as photos need, over a real socket. Believes every signature.

Counts what was asked, so that a test can see the condition on a part.
"""

import threading
from contextlib import contextmanager
from datetime import UTC, datetime
from email.utils import formatdate
from hashlib import md5
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, unquote, urlsplit
from xml.sax.saxutils import escape


class Handler(BaseHTTPRequestHandler):
    """One bucket in `server.objects`: key → (bytes, when)."""

    protocol_version = "HTTP/1.1"

    def do_PUT(self):
        key, objects = self._key(), self.server.objects
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        if (source := self.headers.get("x-amz-copy-source")) is not None:
            body = objects[unquote(source).lstrip("/").split("/", 1)[1]][0]
        with self.server.lock:
            self.server.conditions.append((key, self.headers.get("If-None-Match")))
            if self.headers.get("If-None-Match") == "*" and key in objects:
                return self._say(412, "<Error><Code>PreconditionFailed</Code></Error>")
            objects[key] = body, datetime.now(UTC)
        copied = f"<CopyObjectResult><ETag>{_tag(body)}</ETag></CopyObjectResult>"
        return self._say(200, copied if source else "", {"ETag": _tag(body)})

    def do_GET(self):
        query = parse_qs(urlsplit(self.path).query)
        if "list-type" in query:
            return self._list(query.get("prefix", [""])[0])
        return self._object()

    def do_HEAD(self):
        self._object()

    def do_DELETE(self):
        self.server.objects.pop(self._key(), None)
        self._say(204, "")

    def do_POST(self):
        """Several deletions at once."""
        asked = self.rfile.read(int(self.headers["Content-Length"])).decode()
        gone = [part.split("</Key>")[0] for part in asked.split("<Key>")[1:]]
        for key in gone:
            self.server.objects.pop(key, None)
        deleted = "".join(f"<Deleted><Key>{key}</Key></Deleted>" for key in gone)
        self._say(200, f"<DeleteResult>{deleted}</DeleteResult>")

    def _object(self):
        held = self.server.objects.get(self._key())
        if held is None:
            return self._say(404, "<Error><Code>NoSuchKey</Code></Error>")
        body, when = held
        about = {"ETag": _tag(body), "Last-Modified": formatdate(when.timestamp(), usegmt=True)}
        if (asked := self.headers.get("Range")) is None:
            return self._say(200, body, about)
        first, _, last = asked.removeprefix("bytes=").partition("-")
        part = body[int(first) : int(last or len(body)) + 1]
        about["Content-Range"] = f"bytes {first}-{int(first) + len(part) - 1}/{len(body)}"
        return self._say(206, part, about)

    def _list(self, prefix: str):
        found = "".join(
            f"<Contents><Key>{escape(key)}</Key><Size>{len(body)}</Size>"
            f"<ETag>{_tag(body)}</ETag><LastModified>{when:%Y-%m-%dT%H:%M:%S.000Z}</LastModified>"
            "</Contents>"
            for key, (body, when) in sorted(self.server.objects.items())
            if key.startswith(prefix)
        )
        self._say(
            200, f"<ListBucketResult><IsTruncated>false</IsTruncated>{found}</ListBucketResult>"
        )

    def _key(self) -> str:
        return unquote(urlsplit(self.path).path).split("/", 2)[2]

    def _say(self, status: int, body: str | bytes, headers: dict | None = None) -> None:
        body = body.encode() if isinstance(body, str) else body
        self.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **(headers or {})}.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, *_):
        pass


@contextmanager
def serving():
    """The server; its address is `url`."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.objects, server.conditions, server.lock = {}, [], threading.Lock()
    server.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def _tag(body: bytes) -> str:
    return f'"{md5(body, usedforsecurity=False).hexdigest()}"'
