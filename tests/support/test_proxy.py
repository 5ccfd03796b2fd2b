"""The fault-injecting proxy does what its faults are called, else what uses it proves nothing."""

import http.client
import socketserver
import threading
from collections import Counter
from collections.abc import Callable
from contextlib import contextmanager
from functools import partial

import pytest

from tests.support.proxy import Fault, Proxy, seeded

BODY = b"x" * 5000
ANSWER = b"y" * 900


class Counting(socketserver.StreamRequestHandler):
    """Answers each whole request with ANSWER and notes its body; a cut one is not answered."""

    def handle(self):
        length = 0
        while (line := self.rfile.readline().strip()) != b"":
            if line.lower().startswith(b"content-length:"):
                length = int(line.split(b":")[1])
        body = self.rfile.read(length)
        self.server.bodies.append(body)
        if len(body) == length:
            head = b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(ANSWER)
            self.wfile.write(head + ANSWER)


class Quiet(socketserver.ThreadingTCPServer):
    """A line that breaks is what is tried here, not worth a traceback."""

    daemon_threads = True

    def handle_error(self, request, client_address):
        pass


@contextmanager
def met_with(fault: Fault | Callable[[], Fault]):
    """(ask, bodies the server has seen) with each request through one `fault`, or as planned."""
    plan = fault if callable(fault) else lambda: fault
    with Quiet(("127.0.0.1", 0), Counting) as server:
        server.bodies = []
        threading.Thread(target=server.serve_forever, daemon=True).start()
        with Proxy(server.server_address, plan) as proxy:
            yield partial(ask, proxy.url), server.bodies
        server.shutdown()


def ask(url: str, patience: float = 10) -> bytes | None:
    """The answer, or None where the line broke."""
    line = http.client.HTTPConnection(url.removeprefix("http://"), timeout=patience)
    try:
        line.request("POST", "/", BODY)
        return line.getresponse().read()
    except (OSError, http.client.HTTPException):
        return None
    finally:
        line.close()


@pytest.mark.parametrize(
    ("fault", "answer", "whole"),
    [
        (Fault("clean"), ANSWER, 1),
        (Fault("refuse"), None, 0),
        (Fault("reset", 3000), None, 0),
        (Fault("cut", 0), None, 1),
        (Fault("cut", 400), None, 1),
        (Fault("double"), ANSWER, 2),
        (Fault("slow", 500_000), ANSWER, 1),
        (Fault("stall", 0.01), ANSWER, 1),
        (Fault("replay", 2), ANSWER, 1),
        (Fault("late"), None, 0),
    ],
    ids=str,
)
def test_a_fault_is_what_its_name_says(fault, answer, whole):
    with met_with(fault) as (asking, bodies):
        assert asking() == answer
        assert bodies.count(BODY) == whole


def test_a_request_is_delivered_late_and_again():
    plan = iter([Fault("late"), Fault("clean"), Fault("replay", 5), Fault("clean")])
    with met_with(lambda: next(plan)) as (asking, bodies):
        assert [asking() for _ in range(2)] == [None, ANSWER]
        assert [asking() for _ in range(2)] == [ANSWER, ANSWER]
        for _ in range(500):  # the late one, three of their own, and what was replayed
            if bodies.count(BODY) >= 4:
                break
            threading.Event().wait(0.01)
        assert bodies.count(BODY) >= 4


def test_a_request_whose_answer_finds_nobody_has_reached_the_server():
    with met_with(Fault("reset_after")) as (asking, bodies):
        assert asking() is None
        for _ in range(100):
            if bodies:
                break
            threading.Event().wait(0.01)
        assert bodies == [BODY]


def test_a_black_hole_swallows_a_request():
    with met_with(Fault("black_hole")) as (asking, bodies):
        assert asking(patience=0.1) is None
        assert bodies == []


def test_the_same_seed_draws_the_same_faults_and_every_kind():
    one, two = seeded(7, 0.8), seeded(7, 0.8)
    drawn = [one() for _ in range(300)]
    assert drawn == [two() for _ in range(300)]
    kinds = Counter(fault.kind for fault in drawn)
    assert set(kinds) == {"clean", "refuse", "reset", "cut", "double", "slow", "stall"}
    assert 30 < kinds["clean"] < 90
