"""How long a slow phone takes to start: closed, no network, a thousand own records in it."""

from pathlib import Path

from bench import phones
from bench.figures import Figure
from bench.progress import turns

RECORDS = 1_000
SAVES = """() => performance.getEntriesByName("fieldlog:append").length"""


def measure(folder: Path, options) -> list[Figure]:
    """Seconds until Now stands, one cold start a round."""
    with phones.phone(folder) as phone:
        for _ in turns(range(10), "writing"):
            phones.visits(phone, RECORDS // 20)
        assert phone.page.evaluate(SAVES) == RECORDS
        phone.slower = phones.SLOWER
        took = [phones.opened_cold(phone) for _ in turns(range(options.rounds), "rounds")]
    name = f"cold offline start with {RECORDS} records, processor {phones.SLOWER}× slower"
    return [Figure(name, "s", took, 1.5, below=True)]
