"""A receiver of notices on the loopback: what a webhook was sent, or nothing but a refusal."""

import json
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer


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
