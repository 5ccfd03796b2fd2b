"""A receiver of notices on the loopback: what a webhook was sent, or nothing but a refusal."""

import json
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer


@contextmanager
def receiving(status: int = 200):
    """(address for FIELDLOG_NOTIFY, list of what came) while it listens."""
    came: list[dict] = []

    class Receiver(BaseHTTPRequestHandler):
        def do_POST(self):
            came.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(status)
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
