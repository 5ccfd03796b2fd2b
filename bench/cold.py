"""How long a slow phone takes to start: closed, no network, a thousand own records in it.

What the phone takes: until it asks for the PIN, and from the PIN's last key until Now stands. A
part of that is the PIN's own, PBKDF2: as slow as whoever guesses it must find it.
"""

from pathlib import Path

from bench import phones
from bench.figures import Figure
from bench.progress import turns

RECORDS = 1_000
SAVES = """() => performance.getEntriesByName("fieldlog:append").length"""


def measure(folder: Path, options) -> list[Figure]:
    """Seconds of each and of both, one cold start a round."""
    with phones.phone(folder) as phone:
        for _ in turns(range(10), "writing"):
            phones.visits(phone, RECORDS // 20)
        assert phone.page.evaluate(SAVES) == RECORDS
        phone.slower = phones.SLOWER
        took = [phones.opened_cold(phone) for _ in turns(range(options.rounds), "rounds")]
    name = f"cold offline start with {RECORDS} records, processor {phones.SLOWER}× slower"
    return [
        Figure(name, "s", [asked + unlocked for asked, unlocked, _ in took], 1.5, below=True),
        Figure("  of it until the PIN is asked for", "s", [asked for asked, _, _ in took]),
        Figure("  of it from the PIN to Now", "s", [unlocked for _, unlocked, _ in took]),
        Figure("  of that the PIN's own, PBKDF2", "s", [stretched for *_, stretched in took]),
    ]
