# ruff: noqa: E501 – the tables are read row by row
"""receiver.json: what a store has, what comes, what it answers, and what it has then.

Payload n is `{"n":n}`, from `fork_at` on `{"n":n,"fork":true}`. A ledger is written as it is
told: numbers held, of them `gone` as digests only, `base` where a restored node went on.
"""

from tests.contract.sources.plain import next_hash, sha
from tests.contract.sources.situations import LOG, chain, payload


def make() -> list[dict]:
    return [_case(*each) for each in _CASES]


def _ledger(
    have: int = 0, *, base: int = 0, held: list[int] | None = None, gone: tuple[int, ...] = (),
    owner: str | None = "phone-1", kept: tuple[tuple[int, int], ...] = (),
) -> dict:  # fmt: skip
    """`kept`: (number, fork_at) of entries kept apart."""
    held = list(range(base + 1, have + 1)) if held is None else held
    return {
        "owner": owner if have or kept else None,
        "base": base,
        "have": have,
        "hash": chain(have)[have],
        "held": held,
        "gone": list(gone),
        "kept": [[n, chain(n, fork_at)[n]] for n, fork_at in kept],
    }


def _section(
    first: int, last: int, *, base: int = 0, fork_at: int | None = None, gone: tuple[int, ...] = (),
    huge: int | None = None, **changed: object,
) -> dict:  # fmt: skip
    hashes = chain(last, fork_at)
    return {
        "first": first,
        "base": base,
        "prev": hashes[first - 1],
        "head": hashes[last],
        "payloads": [
            None if n in gone else payload(n, fork_at) for n in range(first, last + 1)
        ],
        "digests_of": [payload(n, fork_at) for n in range(first, last + 1)],
        "huge": huge,
        **changed,
    }  # fmt: skip


def _r(r: str, have: int, **more: object) -> dict:
    return {"r": r, "have": have, "hash": chain(have)[have], **more}


_EMPTY = _ledger()
_MEND = "0" * 64
_STRANGE = {
    **_ledger(),
    "owner": "phone-1",
    "kept": [[1, next_hash("ab" * 32, 1, sha(payload(1).encode()))]],
}
_NODE, _CENTRE = "node", "centre"
_BY_NODE = {"pusher": "node-a", "relays": True, "via": "phone-1"}
_BY_OTHER = {"pusher": "phone-2", "relays": False, "via": None}
_LIAR = {"pusher": "phone-2", "relays": False, "via": "phone-1"}

# name, role, ledger before, section, answer, ledger after (None: as before)[, who pushes]
_CASES = [
    ("a new log", _NODE, _EMPTY, _section(1, 3), _r("ok", 3), _ledger(3)),
    ("the next entries", _NODE, _ledger(3), _section(4, 5), _r("ok", 5), _ledger(5)),
    ("the same again", _NODE, _ledger(3), _section(1, 3), _r("ok", 3), None),
    ("an old request", _NODE, _ledger(5), _section(2, 3), _r("ok", 5), None),
    ("overlapping and new", _NODE, _ledger(3), _section(2, 5), _r("ok", 5), _ledger(5)),
    ("a hole", _NODE, _ledger(3), _section(5, 6), _r("gap", 3), None),
    ("a hole in a log never heard of", _CENTRE, _EMPTY, _section(2, 3), _r("gap", 0), None),
    ("a restored node goes on where was let go", _NODE, _ledger(3), _section(7, 8, base=6),
     _r("ok", 8), _ledger(8, base=6, held=[1, 2, 3, 7, 8])),
    ("a new node goes on where was let go", _NODE, _EMPTY, _section(7, 8, base=6), _r("ok", 8), _ledger(8, base=6)),
    ("never the centre", _CENTRE, _ledger(3), _section(7, 8, base=6), _r("gap", 3), None),
    ("only just above what was let go", _NODE, _ledger(3), _section(8, 9, base=6), _r("gap", 3), None),
    ("an old request into the hole of a restored node", _NODE, _ledger(8, base=6, held=[1, 2, 7, 8]),
     _section(4, 5), _r("ok", 8), None),
    ("an old request across the hole", _NODE, _ledger(8, base=6, held=[1, 2, 7, 8]), _section(4, 8), _r("ok", 8), None),
    ("across the hole and on", _NODE, _ledger(8, base=6, held=[1, 2, 7, 8]), _section(4, 9), _r("ok", 9),
     _ledger(9, base=6, held=[1, 2, 7, 8, 9])),
    ("another chain across the hole", _NODE, _ledger(8, base=6, held=[1, 2, 7, 8]), _section(4, 8, fork_at=5),
     _r("fork", 8), _ledger(8, base=6, held=[1, 2, 7, 8], kept=tuple((n, 5) for n in range(4, 9)))),
    ("a copy of the phone wrote on: fork where they meet", _NODE, _ledger(3), _section(3, 5, fork_at=3),
     _r("fork", 3), _ledger(3, kept=((3, 3), (4, 3), (5, 3)))),
    ("fork in the middle: only what differs is kept apart", _NODE, _ledger(4), _section(1, 5, fork_at=3),
     _r("fork", 4), _ledger(4, kept=((3, 3), (4, 3), (5, 3)))),
    ("fork before the section", _NODE, _ledger(3), _section(4, 5, fork_at=2), _r("fork", 3),
     _ledger(3, kept=((4, 2), (5, 2)))),
    ("fork at the very start of a log", _CENTRE, _EMPTY, _section(1, 1, prev="ab" * 32), _r("fork", 0), _STRANGE),
    ("the same fork again", _NODE, _ledger(3, kept=((3, 3), (4, 3))), _section(3, 4, fork_at=3), _r("fork", 3), None),
    ("the head is not that of the lines", _NODE, _EMPTY, _section(1, 3, head=_MEND), _r("head_mismatch", 0), None),
    ("nor of lines we have", _NODE, _ledger(3), _section(1, 3, head=_MEND), _r("head_mismatch", 3), None),
    ("damaged on the way is not a fork", _NODE, _ledger(3), _section(1, 3, fork_at=3, head=chain(3)[3]),
     _r("head_mismatch", 3), None),
    ("a payload that is gone", _CENTRE, _EMPTY, _section(1, 3, gone=(2,)), _r("ok", 3), _ledger(3, gone=(2,))),
    ("what was gone comes back", _CENTRE, _ledger(3, gone=(2,)), _section(1, 3), _r("ok", 3), _ledger(3)),
    ("what is held is not lost to a gone line", _CENTRE, _ledger(3), _section(1, 3, gone=(2,)), _r("ok", 3), None),
    ("another's log", _NODE, _ledger(3), _section(4, 5), _r("not_yours", 3), None, _BY_OTHER),
    ("a phone that speaks for another", _NODE, _EMPTY, _section(1, 3), _r("not_yours", 0), None, _LIAR),
    ("passed on by a node", _CENTRE, _EMPTY, _section(1, 3), _r("ok", 3), _ledger(3), _BY_NODE),
    ("a line of more than 64 KiB", _NODE, _ledger(1), _section(1, 3, huge=2), _r("too_large", 1, seq=2), None),
    ("a branch", _CENTRE, _ledger(3), _section(3, 5, fork_at=3, branch=chain(5, 3)[5]),
     _r("ok", 3, kept=chain(5, 3)[5]), _ledger(3, kept=((3, 3), (4, 3), (5, 3))), _BY_NODE),
    ("the same branch again", _CENTRE, _ledger(3, kept=((4, 2),)), _section(4, 4, fork_at=2, branch=chain(4, 2)[4]),
     _r("ok", 3, kept=chain(4, 2)[4]), None, _BY_NODE),
    ("a branch with nothing below it", _CENTRE, _EMPTY, _section(7, 8, base=6, branch=chain(8)[8]),
     _r("ok", 0, kept=chain(8)[8]), _ledger(0, kept=((7, 99), (8, 99))), _BY_NODE),
    ("half a branch", _CENTRE, _ledger(3), _section(4, 5, fork_at=2, branch=chain(9, 2)[9]),
     _r("ok", 3, kept=chain(5, 2)[5]), _ledger(3, kept=((4, 2), (5, 2))), _BY_NODE),
    ("a branch whose head is not that of its lines", _CENTRE, _ledger(3),
     _section(4, 5, fork_at=2, branch=_MEND, head=_MEND), _r("head_mismatch", 3), None, _BY_NODE),
]  # fmt: skip


def _case(
    name: str,
    role: str,
    before: dict,
    section: dict,
    answer: dict,
    after: dict | None,
    who: dict | None = None,
) -> dict:
    after = before if after is None else after
    return {
        "name": name,
        "role": role,
        "log": LOG,
        **(who or {"pusher": "phone-1", "relays": False, "via": None}),
        "before": before,
        "section": section,
        "answer": answer,
        "after": after,
    }
