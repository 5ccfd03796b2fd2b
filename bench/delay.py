"""10 000 records through 100 ms of delay: one phone, one real server, a real connection.

Each request is held 100 ms on its way and its answer counts another 100 ms, so the pace is set by
the number of round trips and by how long a push takes.
"""

import time
from pathlib import Path

from bench import patrols, servers
from bench.author import Author
from bench.figures import Figure
from bench.progress import turns
from sync.conversation import Conversation
from sync.http import Peer
from tests.support.proxy import Fault, Proxy

RECORDS = 10_000
THERE_AND_BACK = Fault("stall", 0.2)


def measure(folder: Path, options) -> list[Figure]:
    """Seconds from the first byte to the last receipt, SQLite."""
    took = [
        _sent(folder / f"delay-{seed}.db", seed) for seed in turns(range(options.rounds), "rounds")
    ]
    return [Figure("10 000 records through 100 ms of delay", "s", took, 4, below=True)]


def _sent(path: Path, seed: int) -> float:
    url = f"sqlite:///{path}"
    [(token, account)] = servers.prepare(url, 1)
    author = Author(patrols.payloads(RECORDS, by=account, org="polisen", seed=seed))
    with servers.serving(url) as address, Proxy(address, lambda: THERE_AND_BACK) as line:
        peer = Peer(line.url, token)
        conversation = Conversation([author], {})
        began = time.perf_counter()
        while sections := conversation.request():
            conversation.hear(peer.push(sections))
        took = time.perf_counter() - began
        [known] = [part.known for part in conversation.parts]
    assert known == RECORDS, known
    return took
