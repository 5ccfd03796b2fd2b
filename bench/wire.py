"""What a record costs on the wire: bytes of gzipped pushes and requests for 10 000 records."""

import gzip
from pathlib import Path

from bench import patrols
from bench.author import Author
from bench.figures import Figure
from bench.progress import turns
from sync.conversation import Conversation
from sync.messages import Answer, Result, render

RECORDS = 10_000


def measure(_folder: Path, options) -> list[Figure]:
    """Bytes a record, and requests; a fresh set of patrols a round."""
    sizes, requests = [], []
    for seed in turns(range(options.rounds), "rounds"):
        sent = _pushes(Author(patrols.payloads(RECORDS, by=_ACCOUNT, org="polisen", seed=seed)))
        sizes.append(sum(sent) / RECORDS)
        requests.append(float(len(sent)))
    return [
        Figure("bytes a record on the wire", "B", sizes, 80, below=True),
        Figure("requests for 10 000 records", "", requests, 21, below=True),
    ]


_ACCOUNT = "019a0000-0000-7000-8000-000000000001"


def _pushes(author: Author) -> list[int]:
    """The size of each request's body, all taken by a receiver that says yes."""
    conversation = Conversation([author], {})
    sizes = []
    while sections := conversation.request():
        sizes.append(len(gzip.compress(render(sections), 6)))
        last = sections[-1].last
        result = Result(author.log, "ok", last, author.hash_at(last))
        conversation.hear(Answer("bench", "centre", "0" * 32, author.now, [result]))
    return sizes
