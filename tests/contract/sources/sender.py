"""sender.json: situations of a sender, and what it sends next or makes of an answer.

A source here is a log whose payload n is `{"n":n}`; `held` are the numbers it still holds. A
fork differs from `fork_at` on.
"""

from tests.contract.sources import weighing
from tests.contract.sources.situations import chain, sent, source


def make() -> dict:
    return {
        "next": [_next(*each) for each in _NEXT],
        "branch": [_branch(*each) for each in _BRANCH],
        "weigh": weighing.make(),
    }


# name, author, source, known, limits, what is sent
_NEXT = [
    ("all of a new log", True, source(3), 0, {}, sent(1, 3)),
    ("after what is known", True, source(3), 2, {}, sent(3, 3)),
    ("nothing new", True, source(3), 3, {}, None),
    ("an empty log", True, source(0), 0, {}, None),
    ("after what was let go, whatever is known", True, source(5, base=3), 1, {}, sent(4, 5)),
    ("after what is known, beyond what was let go", True, source(5, base=3), 4, {}, sent(5, 5)),
    ("all let go", True, source(3, base=3), 0, {}, None),
    ("no more than asked for", True, source(5), 0, {"most": 2}, sent(1, 2)),
    # 1 024 bytes are set aside for the header; a payload here is 7 bytes and its newline.
    ("no more than fits", True, source(5), 0, {"room": 1024 + 17}, sent(1, 2)),
    ("exactly what fits", True, source(5), 0, {"room": 1024 + 16}, sent(1, 2)),
    ("not even one fits", True, source(5), 0, {"room": 1024 + 7}, None),
    ("a relay sends all it holds", False, source(3), 0, {}, sent(1, 3)),
    ("a relay with a hole sends what is below it first", False,
     source(8, base=6, held=[1, 2, 7, 8]), 0, {}, sent(1, 2)),
    ("a relay with a hole goes on above it", False,
     source(8, base=6, held=[1, 2, 7, 8]), 2, {}, sent(7, 8)),
    ("a relay with nothing new", False, source(3), 3, {}, None),
]  # fmt: skip

# name, source, kept, what is sent as a branch
_BRANCH = [
    ("all it holds", source(3), 0, sent(1, 3, branch=chain(3)[3])),
    ("after what is kept", source(3), 2, sent(3, 3, branch=chain(3)[3])),
    ("all kept", source(3), 3, None),
    (
        "what is below a hole",
        source(8, base=6, held=[1, 2, 7, 8]),
        0,
        sent(1, 2, branch=chain(8)[8]),
    ),
    (
        "what is above a hole",
        source(8, base=6, held=[1, 2, 7, 8]),
        2,
        sent(7, 8, branch=chain(8)[8]),
    ),
]


def _next(
    name: str, author: bool, source: dict, known: int, limits: dict, expect: dict | None
) -> dict:
    return {
        "name": name,
        "author": author,
        "source": source,
        "known": known,
        **limits,
        "expect": expect,
    }


def _branch(name: str, source: dict, kept: int, expect: dict | None) -> dict:
    return {"name": name, "source": source, "kept": kept, "expect": expect}
