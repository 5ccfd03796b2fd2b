"""Many push at once to real processes, and some processes are killed: whatever was acknowledged is
kept, and nothing twice.
"""

import os
import signal
import socket
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from secrets import token_hex

import pytest
import requests
from sqlalchemy import func, select

from fieldlog.store import devices, verify
from fieldlog.store.database import reading
from fieldlog.store.tables import Entry, Log, Visit
from sync.conversation import Conversation
from sync.http import Peer, Trouble
from sync.steps import Behind, Sent
from tests.exchange import building
from tests.simulation.author import AuthorLog
from tests.support.cast import gather
from tests.support.served import FIELDLOG, Store

VISITS = 60
A_REQUEST = 2
PHONES = 4
KILLS = 4
PATIENCE_S = 60


@pytest.fixture
def centre(tmp_path, new_database):
    store = Store(tmp_path, "centre", database=new_database(), push_rate=100_000)
    yield store
    store.stop()


@pytest.fixture
def phones(centre):
    """(token, log) of each phone, its records written and none sent."""
    with centre.inside():
        cast = gather()
        codes = [devices.make_code(cast.alice.id)[0] for _ in range(PHONES)]
        tokens = [devices.enrol(code, f"phone {n}").token for n, code in enumerate(codes)]
    made = []
    for number, token in enumerate(tokens):
        log = AuthorLog(token_hex(16), most=A_REQUEST, now=building.AT)
        for each in range(VISITS):
            log.append("visit", building.visit(cast, 1_000 * number + each))
        made.append((token, log))
    return made


def test_two_workers_take_the_same_and_different_logs_at_once(centre, phones):
    with workers(centre, 2), ThreadPoolExecutor(2 * PHONES) as pool:
        told = list(pool.map(lambda phone: send_all(centre.url, *phone), phones * 2))
    assert all(max(haves) == VISITS for haves in told)
    assert kept(centre) == (PHONES * VISITS, PHONES * VISITS, [])


def test_what_a_killed_server_had_acknowledged_is_kept_and_the_rest_comes_once(centre, phones):
    centre.start()
    with ThreadPoolExecutor(PHONES) as pool:
        sending = [pool.submit(send_all, centre.url, *phone) for phone in phones]
        for _ in range(KILLS):
            time.sleep(0.3)  # let some requests be under way: when exactly is left to chance
            centre.kill()
            answered = {log.log: log.acknowledged for _, log in phones}  # before looking
            stored = haves(centre)
            assert all(stored.get(log, 0) >= have for log, have in answered.items())
        for each in sending:
            each.result(PATIENCE_S)
    assert kept(centre) == (PHONES * VISITS, PHONES * VISITS, [])


def send_all(url, token, log) -> list[int]:
    """One page of the app: pushes until all is there, trying again after trouble."""
    peer, told = Peer(url, token, timeout=(2.0, 10.0)), [0]
    until = time.monotonic() + PATIENCE_S
    while max(told) < log.head:
        assert time.monotonic() < until, "not all came through"
        talk = Conversation([log], {log.log: max(told)})
        try:
            while sections := talk.request():
                for _, step in talk.hear(peer.push(sections)):
                    assert isinstance(step, Sent | Behind), step
                    told.append(step.have)
                    log.acknowledged = max(log.acknowledged, step.have)
        except Trouble:
            time.sleep(0.05)  # the server is being started anew
    return told


@contextmanager
def workers(store, number):
    """The store served by gunicorn with several processes."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        store.port = free.getsockname()[1]
    command = [*FIELDLOG, "serve", "--port", str(store.port), "--workers", str(number)]
    process = subprocess.Popen(
        command, env=store.environment(), stderr=subprocess.DEVNULL, start_new_session=True
    )
    try:
        wait_for(store.url)
        yield
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(PATIENCE_S)


def wait_for(url):
    until = time.monotonic() + PATIENCE_S
    while True:
        try:
            if requests.get(f"{url}/healthz", timeout=2).ok:
                return
        except requests.RequestException:
            assert time.monotonic() < until, "the server did not start"
            time.sleep(0.1)


def haves(store):
    with store.inside():
        return dict(tuple(row) for row in reading().execute(select(Log.log, Log.have)))


def kept(store):
    """Entries, visits, and what the store finds wrong with itself."""
    with store.inside():
        entries = reading().scalar(select(func.count()).select_from(Entry))
        visits = reading().scalar(select(func.count()).select_from(Visit))
        return entries, visits, list(verify.verify())
