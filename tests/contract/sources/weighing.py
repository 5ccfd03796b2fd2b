# ruff: noqa: E501 – the tables are read row by row
"""The second half of sender.json: answers, and the step that a sender takes on them."""

from tests.contract.sources.situations import LOG, chain, sent, source


def make() -> list[dict]:
    own = [_weigh(*each) for each in _OWN]
    return own + [_weigh(*each, author=False) for each in _RELAY]


def _result(r: str, have: int, fork_at: int | None = None, **more: object) -> dict:
    hash_ = chain(have, fork_at)[have]
    return {"log": LOG, "r": r, "have": have, "hash": hash_, "q": [], "up": None, **more}


def _up(have: int, fork_at: int | None = None, r: str = "ok") -> dict:
    hash_ = chain(have, fork_at)[have]
    return {"r": r, "have": have, "hash": hash_, "inc": "i", "at": "t", "sig": "s", "q": []}


_ROTATE, _RESTORED = {"step": "rotate", "why": "forked"}, {"step": "rotate", "why": "restored"}
_AGAIN, _BRANCHES, _BROKEN = {"step": "again"}, {"step": "branch"}, {"step": "broken"}


def _upto(have: int) -> dict:
    return {"step": "sent", "have": have}


def _behind(have: int) -> dict:
    return {"step": "behind", "have": have}


# name, role of the answering store, source, section sent (or null), result, step[, again]
_OWN = [
    ("all arrived", "node", source(3), sent(1, 3), _result("ok", 3), _upto(3)),
    ("a status answer", "node", source(3), None, _result("ok", 2), _upto(2)),
    ("a log never heard of", "centre", source(3), None, _result("ok", 0), _upto(0)),
    ("another tab was ahead of us", "node", source(5), sent(1, 2), _result("ok", 4), _upto(4)),
    ("ok, but the hash is another's", "node", source(3), sent(1, 3), _result("ok", 3, fork_at=2), _ROTATE),
    ("ok, but beyond our own head", "node", source(3), sent(1, 3), _result("ok", 4), _ROTATE),
    ("a status beyond our own head", "node", source(3), None, _result("ok", 4), _ROTATE),
    ("fork", "node", source(3), sent(3, 3), _result("fork", 3, fork_at=3), _ROTATE),
    ("fork, whatever its hash", "node", source(3), sent(3, 3), _result("fork", 2), _ROTATE),
    ("gap", "node", source(5), sent(4, 5), _result("gap", 2), _behind(2)),
    ("gap at a node below what was let go", "node", source(5, base=3), sent(5, 5), _result("gap", 1), _behind(3)),
    ("gap, and the hash is another's", "node", source(5), sent(4, 5), _result("gap", 2, fork_at=1), _ROTATE),
    ("gap at the centre below what was let go", "centre", source(5, base=3), sent(4, 5), _result("gap", 1), _RESTORED),
    ("a centre's status below what was let go", "centre", source(5, base=3), None, _result("ok", 1), _RESTORED),
    ("a node's status below what was let go", "node", source(5, base=3), None, _result("ok", 1), _upto(1)),
    ("just what was let go", "centre", source(5, base=3), None, _result("ok", 3), _upto(3)),
    ("head_mismatch once", "node", source(3), sent(1, 3), _result("head_mismatch", 0), _AGAIN),
    ("head_mismatch twice", "node", source(3), sent(1, 3), _result("head_mismatch", 0), _ROTATE, True),
    ("not yours", "node", source(3), sent(1, 3), _result("not_yours", 0), {"step": "not_yours"}),
    ("too large", "node", source(3), sent(1, 3), _result("too_large", 0, seq=2), {"step": "set_aside", "seq": 2}),
    ("the centre knows less, by the node", "node", source(5), sent(1, 5), _result("ok", 5, up=_up(2)), _upto(5)),
    ("old news of the centre from a restored node", "node", source(5, base=3), sent(4, 5),
     _result("ok", 5, up=_up(1)), _upto(5)),
    ("the node could not join the centre's chain", "node", source(3), sent(1, 3),
     _result("ok", 3, up=_up(2, r="fork")), _ROTATE),
    ("the centre has another chain, by the node", "node", source(3), sent(1, 3),
     _result("ok", 3, up=_up(2, fork_at=2)), _ROTATE),
    ("the centre has more than we, by the node", "node", source(3), sent(1, 3), _result("ok", 3, up=_up(4)), _ROTATE),
]  # fmt: skip

_KEPT = chain(3)[3]
_RELAY = [
    ("all arrived", "centre", source(3), sent(1, 3), _result("ok", 3), _upto(3)),
    ("fork", "centre", source(3), sent(3, 3), _result("fork", 3, fork_at=3), _BRANCHES),
    ("ok, but the hash is another's", "centre", source(3), sent(1, 3), _result("ok", 3, fork_at=2), _BRANCHES),
    ("gap, and what is missing is held", "centre", source(5), sent(4, 5), _result("gap", 2), _behind(2)),
    ("gap below what is held", "centre", source(5, base=3), sent(4, 5), _result("gap", 2), _BRANCHES),
    ("gap within a hole", "centre", source(8, base=6, held=[1, 2, 7, 8]), sent(7, 8), _result("gap", 4), _BRANCHES),
    ("the centre has more, and had all of this", "centre", source(3), sent(1, 3), _result("ok", 5), _upto(3)),
    ("the centre has more, this far", "centre", source(3), sent(1, 2), _result("ok", 5), _upto(2)),
    ("a status beyond what is held: show the last once more", "centre", source(3), None,
     _result("ok", 5), _behind(2)),
    ("a branch kept", "centre", source(3), sent(1, 3, branch=_KEPT), _result("ok", 0, kept=_KEPT),
     {"step": "kept", "last": 3}),
    ("half a branch kept", "centre", source(3), sent(1, 2, branch=_KEPT), _result("ok", 0, kept=chain(2)[2]),
     {"step": "kept", "last": 2}),
    ("a branch not kept", "centre", source(3), sent(1, 3, branch=_KEPT), _result("ok", 0), _BROKEN),
    ("head_mismatch once", "centre", source(3), sent(1, 3), _result("head_mismatch", 0), _AGAIN),
    ("head_mismatch twice", "centre", source(3), sent(1, 3), _result("head_mismatch", 0), _BROKEN, True),
    ("not yours", "centre", source(3), sent(1, 3), _result("not_yours", 0), {"step": "not_yours"}),
]  # fmt: skip


def _weigh(
    name: str,
    role: str,
    source: dict,
    section: dict | None,
    result: dict,
    expect: dict,
    again: bool = False,
    *,
    author: bool = True,
) -> dict:
    return {
        "name": name,
        "author": author,
        "role": role,
        "source": source,
        "section": section,
        "again": again,
        "result": result,
        "expect": expect,
    }
