"""F10, F11, F12, F14, F15: what goes on while a queue waits on a phone.

A store that answers nonsense for a day, tokens revoked, another user, places and categories taken
away, records added in the middle of sending, and servers whose clock is wrong.
"""

import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from fieldlog.store import devices
from sync import retry
from sync.http import Peer, Refused, Trouble
from sync.messages import Answer, Section
from tests.faults import stored
from tests.faults.fault import Dice, Fault, Outcome, Run
from tests.faults.patrol import PATIENCE, Patrol
from tests.faults.station import Station, Warm, station
from tests.real.fleet import Enrolled
from tests.support.proxy import CLEAN, Proxy
from tests.support.proxy import Fault as Break

DAY_S = 24 * 3600
IMPATIENT = (2.0, 0.05)  # s: what never answers is given up at once; the day is counted, not waited
OWN = "Fieldlog-Proto: 1\r\n"
NONSENSE = {
    "500": ("500 Internal Server Error", OWN, b'{"error":"internal","message":""}'),
    "500 of a proxy": ("500 Internal Server Error", "", b"<h1>500</h1>"),
    "502": ("502 Bad Gateway", "", b"<h1>502</h1>"),
    "503": ("503 Service Unavailable", OWN + "Retry-After: 2\r\n", b"{}"),
    "504": ("504 Gateway Time-out", "", b""),
    "429": ("429 Too Many Requests", OWN + "Retry-After: 9\r\n", b"{}"),
    "507": ("507 Insufficient Storage", OWN, b"{}"),
    "408": ("408 Request Timeout", "", b""),
    "404 of a proxy": ("404 Not Found", "", b"<h1>404</h1>"),
    "empty 200": ("200 OK", "", b""),
    "empty 200 of ours": ("200 OK", OWN, b""),
    "no JSON of ours": ("200 OK", OWN, b"<html>"),
}


class Nonsense(Proxy):
    """Answers by itself when told to."""

    def says(self, client: socket.socket, number: float) -> None:
        self._take(client)
        status, headers, body = list(NONSENSE.values())[int(number)]
        head = f"HTTP/1.1 {status}\r\n{headers}Content-Length: {len(body)}\r\n"
        client.sendall(f"{head}Connection: close\r\n\r\n".encode() + body)


Story = Callable[[Station, Warm, Patrol, Proxy, Dice], None]


@contextmanager
def told(story: Story, patience: tuple[float, float], folder: Path) -> Iterator[Run]:
    """Each run: a phone with a queue, what happens, and then all is sent and must be there."""
    with station(folder) as here:
        centre = here.centre().start()
        with Nonsense(("127.0.0.1", centre.port)) as line:

            def run(dice: Dice) -> Outcome:
                with here.fresh_patrols(line.url, 1, patience) as [patrol]:
                    after = stored.newest(centre.settings.database_url)
                    story(here, centre, patrol, line, dice)
                    line.plan = lambda: CLEAN
                    patrol.move(line.url)
                    recovered = patrol.insist()
                    url = centre.settings.database_url
                    lost, doubled = stored.reckon(url, patrol.saved, patrol.answered, after=after)
                    acknowledged = len(patrol.saved.acknowledged)
                    return Outcome(acknowledged, len(lost), len(doubled), recovered)

            yield run


def a_day_of_nonsense(_here, _centre, patrol: Patrol, line: Proxy, dice: Dice) -> None:
    """Tries as far apart as the sender's own waits, until they add up to 24 hours."""

    def draw() -> Break:
        if dice.random() < 0.15:
            return Break(dice.choice(["black_hole", "refuse"]))
        return Break("says", dice.randrange(len(NONSENSE)))

    line.plan = draw
    waited, tries = 0.0, 0
    while waited < DAY_S:
        if tries % 12 == 0:
            patrol.save(dice, 1)
        waited += retry.backoff(tries, dice.random(), _refusal(patrol))
        tries += 1
    assert not patrol.answered.acknowledged, "nonsense was taken for an answer"


def _refusal(patrol: Patrol) -> float | None:
    """The time that was asked for; whatever is answered, it must be worth another try."""
    try:
        patrol.send()
    except Trouble as trouble:
        return trouble.after
    raise AssertionError("nonsense was believed")


def token_revoked(_here, centre: Warm, patrol: Patrol, _line, dice: Dice) -> None:
    """In the middle of a queue: what comes after is kept at the centre, in quarantine."""
    patrol.save(dice, 3)
    patrol.insist()
    patrol.save(dice, dice.randint(2, 6))
    with centre.inside():
        devices.revoke(patrol.enrolled.device)
    answers: list[Answer] = []
    _listen(patrol, answers)
    patrol.insist()
    codes = {entry.code for result in answers[-1].logs for entry in result.q}
    assert "revoked" in codes, codes


def token_unknown(_here, _centre, patrol: Patrol, line: Proxy, dice: Dice) -> None:
    """The store does not know the phone any more: all is kept until it is enrolled again."""
    patrol.save(dice, dice.randint(2, 6))
    held = patrol.phone.log.head
    patrol.peer = Peer(line.url, "no-such-token")
    try:
        patrol.send()
    except Refused as refused:
        assert refused.status == 401, refused  # noqa: PT017
    else:
        raise AssertionError("an unknown token was let in")
    assert patrol.phone.log.head == held


def user_changed(here: Station, centre: Warm, patrol: Patrol, line: Proxy, dice: Dice) -> None:
    """Another account is enrolled on the same phone while the first one's records wait."""
    first = patrol.enrolled
    patrol.save(dice, dice.randint(2, 5))
    other = next(each for each in here.enrolled if each.org == first.org and each is not first)
    with centre.inside():
        got = devices.enrol(devices.make_code(other.account)[0], "samma telefon", first.device)
    patrol.enrolled = Enrolled(got.token, got.device, got.account, got.org, first.centre_key)
    patrol.phone.account = got.account
    patrol.move(line.url)
    patrol.save(dice, dice.randint(1, 4))
    answers: list[Answer] = []
    _listen(patrol, answers)
    patrol.insist()
    assert not any(result.q for result in answers[-1].logs), answers[-1].logs


def place_taken_away(_here, centre: Warm, patrol: Patrol, _line, dice: Dice) -> None:
    """The record arrives all the same, flagged; when the place is back, so is the record."""
    _taken_away(centre, patrol, dice, "places", "unknown_place")


def category_taken_away(_here, centre: Warm, patrol: Patrol, _line, dice: Dice) -> None:
    _taken_away(centre, patrol, dice, "categories", "unknown_category")


def _taken_away(centre: Warm, patrol: Patrol, dice: Dice, table: str, expected: str) -> None:
    patrol.save(dice, dice.randint(3, 8))
    url = centre.settings.database_url
    with stored.changed(url, f"UPDATE {table} SET code = '-' || code"):
        answers: list[Answer] = []
        _listen(patrol, answers)
        patrol.insist()
        codes = {entry.code for result in answers[-1].logs for entry in result.q}
        assert codes <= {expected}, codes
        assert expected in codes or table == "categories", codes
    rejudging = centre.launch("store", "rejudge")
    rejudging.communicate(60)
    assert rejudging.returncode == 0
    answer = patrol.peer.status([patrol.phone.log.log])
    assert not any(result.q for result in answer.logs), answer.logs


def added_while_sending(_here, _centre, patrol: Patrol, line: Proxy, dice: Dice) -> None:
    """Records are saved between a request and its answer, and while it is on a bad line."""
    send = patrol.phone.send

    def adding(sections: list[Section]) -> Answer:
        before, after = dice.randint(0, 2), dice.randint(0, 2)
        patrol.save(dice, before if patrol.phone.log.head < 40 else 0)
        answer = send(sections)
        patrol.save(dice, after if patrol.phone.log.head < 40 else 0)
        return answer

    patrol.phone.send = adding
    line.plan = lambda: Break("cut", 0) if dice.random() < 0.3 else CLEAN
    patrol.save(dice, 2)
    patrol.insist()
    patrol.phone.send = send


def _listen(patrol: Patrol, answers: list[Answer]) -> None:
    """Keep every answer as well."""
    send = patrol.phone.send

    def kept(sections: list[Section]) -> Answer:
        answers.append(send(sections))
        return answers[-1]

    patrol.phone.send = kept


CLOCKS = (
    "now", "-2h", "+1y", "1970-01-01T00:00:05+00:00", "2030-03-31T00:59:58+00:00",
    "2030-10-27T00:59:58+00:00", "2099-12-31T23:59:58+00:00",
)  # fmt: skip
OFFSETS = {"now": 0, "-2h": -7200, "+1y": 365 * DAY_S}


@contextmanager
def wrong_clock(folder: Path) -> Iterator[Run]:
    """The server's clock is wrong, jumps back, and goes through the nights of the clock change."""
    with station(folder) as here:
        centre = here.centre()

        def run(dice: Dice) -> Outcome:
            url, recovered = centre.settings.database_url, 0.0
            after = stored.newest(url)
            with here.fresh_patrols("http://127.0.0.1:9", 1) as [patrol]:
                for shows in dice.sample(CLOCKS, 2):
                    centre.stop()
                    centre.before = [("tests.faults.servers.doubles:clock", _moment(shows))]
                    centre.start()
                    patrol.move(centre.url)
                    patrol.save(dice, dice.randint(1, 5))
                    recovered = max(recovered, patrol.insist())
                lost, doubled = stored.reckon(url, patrol.saved, patrol.answered, after=after)
                at = stored.device_times(url, after)
                real = time.strftime("%Y-%m-%d", time.gmtime())
                assert all(moment.startswith(real) for moment in at), f"device times {at}"
                return Outcome(len(patrol.saved.acknowledged), len(lost), len(doubled), recovered)

        yield run


def _moment(shows: str) -> str:
    if shows not in OFFSETS:
        return shows
    return time.strftime("%Y-%m-%dT%H:%M:%S+00:00", time.gmtime(time.time() + OFFSETS[shows]))


def _fault(
    key: str, title: str, story: Story, full: int = 200, patience: tuple[float, float] = PATIENCE
) -> Fault:
    return Fault(key, title, 20, full, False, partial(told, story, patience))


FAULTS = [
    _fault("F10-day-of-nonsense", "500, 502, time-outs and the like for 24 hours",
           a_day_of_nonsense, patience=IMPATIENT),
    _fault("F11-revoked", "phone revoked in the middle of its queue", token_revoked, 20),
    _fault("F11-unknown-token", "token not known any more", token_unknown),
    _fault("F11-user-changed", "another user on the phone in the middle of its queue",
           user_changed),
    _fault("F12-place-gone", "places taken away while records wait", place_taken_away),
    _fault("F12-category-gone", "categories taken away while records wait", category_taken_away),
    _fault("F14-added-meanwhile", "records saved while others are being sent",
           added_while_sending, 1000),
    Fault("F15-server-clock", "the server's clock is wrong and jumps", 20, 300, False, wrong_clock),
]  # fmt: skip
