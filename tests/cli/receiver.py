"""A receiver of notices on the loopback: what a webhook was sent, or nothing but a refusal."""

import json
import socket
import threading
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, HTTPServer

BYTES = 60


class Came(dict):
    """What came, read as JSON; with its very bytes, and its headers."""

    def __init__(self, raw: bytes, headers):
        super().__init__(json.loads(raw))
        self.raw, self.headers = raw, headers


@contextmanager
def receiving(*statuses: int):
    """(address for FIELDLOG_NOTIFY, list of what came) while it listens.

    It answers with `statuses` in turn, and with the last ever after; without any with 200.
    """
    came: list[Came] = []
    answers = list(statuses) or [200]

    class Receiver(BaseHTTPRequestHandler):
        def do_POST(self):
            came.append(Came(self.rfile.read(int(self.headers["Content-Length"])), self.headers))
            self.send_response(answers.pop(0) if len(answers) > 1 else answers[0])
            self.send_header("Location", "/elsewhere")  # nobody is to follow it
            self.end_headers()

        def log_message(self, *_):
            pass

    server = HTTPServer(("127.0.0.1", 0), Receiver)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"json://127.0.0.1:{server.server_port}/notices", came
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@contextmanager
def dripping():
    """Address of a receiver that answers 200, a byte at a time; at last the whole of it."""
    listening = socket.create_server(("127.0.0.1", 0))
    over = threading.Event()

    def answer():
        size = 0
        with listening.accept()[0] as line, suppress(OSError):
            asked = line.makefile("rb")
            while (said := asked.readline().strip().lower()) != b"":
                size = int(said.removeprefix(b"content-length:")) if b"length:" in said else size
            asked.read(size)
            line.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nX: ")
            for _byte in range(BYTES):
                if over.wait(0.05):
                    return
                line.sendall(b"a")
            line.sendall(b"\r\n\r\n")

    thread = threading.Thread(target=answer)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}/"
    finally:
        over.set()
        thread.join()
        listening.close()
