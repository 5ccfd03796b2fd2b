"""F20: records that no sound phone would write, among good ones.

Whatever they are, they are kept and stand in quarantine, or are set aside by the phone if they are
too large for any store; the good ones around them arrive and count.
"""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from sync.messages import PAYLOAD_MAX
from tests.faults import stored
from tests.faults.fault import Dice, Fault, Outcome, Run
from tests.faults.patrol import Patrol
from tests.faults.station import station

Poison = Callable[[dict, Dice], bytes]


@contextmanager
def poisoned(folder: Path) -> Iterator[Run]:
    """Each run: good records with poison between them, in one log."""
    with station(folder) as here:
        centre = here.centre().start()
        url = centre.settings.database_url

        def run(dice: Dice) -> Outcome:
            with here.fresh_patrols(centre.url, 1) as [patrol]:
                after = stored.newest(url)
                bad = [_write(patrol, dice) for _ in range(dice.randint(1, 4))]
                patrol.save(dice, 2)
                recovered = patrol.insist()
                lost, doubled = stored.reckon(url, patrol.saved, patrol.answered, after=after)
                held = stored.payloads(url, after)
                missing = sum(payload not in held for payload in bad)
                answer = patrol.peer.status([patrol.phone.log.log])
                flagged = {entry.seq for result in answer.logs for entry in result.q}
                wrong = {patrol.phone.log.payloads.index(payload) + 1 for payload in bad}
                assert flagged == wrong, f"quarantine {flagged}, poison {wrong}"
                acknowledged = len(patrol.saved.acknowledged) + len(bad)
                return Outcome(acknowledged, len(lost) + missing, len(doubled), recovered)

        yield run


def _write(patrol: Patrol, dice: Dice) -> bytes:
    """A good record or two, then one that has gone bad. Its bytes."""
    patrol.save(dice, dice.randint(1, 3))
    good = json.loads(patrol.phone.log.payloads[-1])
    payload = dice.choice(POISONS)(good, dice)
    if payload not in patrol.phone.log.payloads:
        patrol.phone.log.append(payload)
    return payload


def _fresh(good: dict, dice: Dice) -> dict:
    """Another record with the same content; but every note of a Patrol is written once."""
    body = good["body"] | ({"note": ""} if "note" in good["body"] else {})
    return good | {"rid": good["rid"][:-6] + f"{dice.randrange(16**6):06x}", "body": body}


def _dumped(value: dict) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def noise(_good: dict, dice: Dice) -> bytes:
    """Any bytes but a newline."""
    return dice.randbytes(dice.randint(1, 300)).replace(b"\n", b".") + b"}"


def cut_short(good: dict, dice: Dice) -> bytes:
    whole = _dumped(_fresh(good, dice))
    return whole[: dice.randrange(1, len(whole) - 1)]


def unknown_type(good: dict, dice: Dice) -> bytes:
    return _dumped(_fresh(good, dice) | {"t": f"later-{dice.randrange(99)}"})


def unknown_version(good: dict, dice: Dice) -> bytes:
    return _dumped(_fresh(good, dice) | {"v": dice.choice([0, 2, 99, "1", None])})


def unknown_key(good: dict, dice: Dice) -> bytes:
    return _dumped(_fresh(good, dice) | {"extra": dice.random()})


def nan(good: dict, dice: Dice) -> bytes:
    return _dumped(_fresh(good, dice) | {"body": {"n": float("nan")}})


def key_twice(good: dict, dice: Dice) -> bytes:
    return b'{"v":1,' + _dumped(_fresh(good, dice))[1:]


def huge(good: dict, dice: Dice) -> bytes:
    """As large as may be."""
    record = _fresh(good, dice)
    room = PAYLOAD_MAX - len(_dumped(record | {"body": {"note": ""}}))
    return _dumped(record | {"body": {"note": "x" * (room - dice.randrange(3))}})


def deep(_good: dict, dice: Dice) -> bytes:
    depth = dice.randint(100, 20_000)
    return b'{"a":' * depth + b"1" + b"}" * depth if depth < 9_000 else b"[" * depth + b"]" * depth


def of_somebody_else(good: dict, dice: Dice) -> bytes:
    return _dumped(_fresh(good, dice) | {"by": f"nobody-{dice.randrange(99)}"})


POISONS: list[Poison] = [
    noise, cut_short, unknown_type, unknown_version, unknown_key, nan, key_twice, huge, deep,
    of_somebody_else,
]  # fmt: skip

FAULTS = [
    Fault("F20-poison", "bad, huge, deep, unknown records among good ones", 40, 2000, False,
          poisoned),
]  # fmt: skip
