"""`fieldlog serve`: what the server itself refuses, before the app is asked."""

import socket
import threading

from waitress.server import create_server

from fieldlog.cli.serve_ import OPTIONS
from fieldlog.review.rescue import ROOM
from sync.rescue import RESCUE_MAX

HEAD = b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: %d\r\n\r\n"
TOO_LARGE = HEAD % (2 * RESCUE_MAX)


def nothing(_environ, start):
    start("200 OK", [])
    return [b""]


def test_a_body_that_no_door_takes_is_refused_before_it_is_put_on_disk():
    server = create_server(nothing, host="127.0.0.1", port=0, **OPTIONS)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        with socket.create_connection(("127.0.0.1", server.effective_port), 10) as line:
            line.sendall(TOO_LARGE)
            assert b" 413 " in line.makefile("rb").readline()
    finally:
        server.close()
        thread.join(5)


def test_the_form_with_the_largest_rescue_file_is_let_through():
    assert OPTIONS["max_request_body_size"] > RESCUE_MAX + ROOM
