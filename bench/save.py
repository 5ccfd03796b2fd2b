"""How long a tap takes to be on disk: from the call to save until IndexedDB says complete.

A real Chromium, strict durability, the app's own screens: arrive and leave, again and again. The
app marks each save in the browser's own performance timeline; the page is offline meanwhile.
"""

from pathlib import Path

from bench import phones
from bench.figures import Figure, percentile
from bench.progress import turns

VISITS_A_ROUND = 20
SAVED = """() => {
  const took = performance.getEntriesByName("fieldlog:append").map((save) => save.duration);
  performance.clearMeasures("fieldlog:append");
  return took;
}"""


def measure(folder: Path, options) -> list[Figure]:
    """p95 and median in milliseconds, one sample a round of 40 saves."""
    with phones.phone(folder) as phone:
        rounds = [_round(phone) for _ in turns(range(options.rounds), "rounds")]
    p95, middle = ([percentile(each, share) for each in rounds] for share in (0.95, 0.5))
    return [
        Figure("save until durable in Chromium, p95", "ms", p95, 20, below=True),
        Figure("save until durable in Chromium, median", "ms", middle),
    ]


def _round(phone) -> list[float]:
    phones.visits(phone, VISITS_A_ROUND)
    took = phone.page.evaluate(SAVED)
    assert len(took) == 2 * VISITS_A_ROUND, took
    return took
