"""How long a week's page takes to answer at a million records.

The weeks are asked for in turn, so that none is asked twice in a round. The figure is the 95th
percentile of a round.
"""

from collections.abc import Iterator
from pathlib import Path

from bench.figures import Figure
from bench.million import NEWEST, Reader, page_at_a_million
from fieldlog.measure.week import week_of

PAGES_A_ROUND = 20


def measure(folder: Path, options) -> list[Figure]:
    """p95 of the week's page in milliseconds, one sample a round."""
    return page_at_a_million("week page", folder, options, 500, _asked)


def _asked(reader: Reader) -> Iterator[float]:
    for week in week_of(NEWEST).before(PAGES_A_ROUND):
        took, page = reader.get(f"/week/{week}")
        assert "spark" in page, "the week shows no events"
        yield took
