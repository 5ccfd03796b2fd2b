"""How long the supervisor's log takes to answer at a million records, by any one filter, or by
words of notes.

Pages of every filter in turn, each followed once to its next page. The figure is the 95th
percentile of all answers of a round.
"""

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from urllib.parse import quote

from bench.figures import Figure
from bench.million import Reader, page_at_a_million

PAGES_A_ROUND = 60
# The beginning of a common word, a rare one, the beginning of thousands, two, one of nobody's.
SEARCHES = ("perrong", "nummer4711", "nummer1", "mopeden trasig", "finnsinte")


def measure(folder: Path, options) -> list[Figure]:
    """p95 of the log page in milliseconds, one sample a round."""
    return page_at_a_million("log page", folder, options, 100, _asked)


def _asked(reader: Reader) -> Iterator[float]:
    """Every filter the page offers, and the pages after its first, until enough were asked for."""
    first = reader.get("/log")[1]
    queue = list(dict.fromkeys(re.findall(r'href="(/log\?[^"]+)"', first)))
    assert len(queue) > 10, "the log offers no filters"
    queue += [f"/log?note={quote(words)}" for words in SEARCHES]
    for _ in range(max(PAGES_A_ROUND, len(queue))):
        link = queue.pop(0)
        took, page = reader.get(unescape(link))
        yield took
        queue += re.findall(r'href="(/log\?[^"]*(?:after|before)=[^"]+)"', page)[:1] or [link]
