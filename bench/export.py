"""How fast the log leaves the house as a CSV, and how much memory that takes the server.

100 000 records of a real server process, to the last byte at the reader.
"""

import time
from pathlib import Path

from bench.figures import Figure
from bench.million import Reader, readers, stores
from bench.progress import turns

ROWS = 100_000
BESIDE = 3  # the head, an empty line and the closing one
PIECE = 64 * 1024


def measure(folder: Path, options) -> list[Figure]:
    """Rows a second, and by how many MB the server grew at most, one sample a round."""
    figures = []
    for engine, url in stores(folder):
        with readers(url, ROWS) as reader:
            _exported(reader)  # what the first one loads is no growth
            rounds = turns(range(options.rounds), "rounds")
            speeds, grown = zip(*(_round(reader) for _ in rounds), strict=True)
        figures += [
            Figure(f"export of 100 000 rows as CSV, {engine}", "rows/s", list(speeds), 30_000),
            Figure(f"memory it takes the server, {engine}", "MB", list(grown), 32, below=True),
        ]
    return figures


def _round(reader: Reader) -> tuple[float, float]:
    Path(f"/proc/{reader.pid}/clear_refs").write_text("5")  # the peak begins anew
    before = _memory(reader.pid, "VmRSS")
    began = time.perf_counter()
    lines = _exported(reader)
    took = time.perf_counter() - began
    assert lines == ROWS + BESIDE, lines
    return ROWS / took, _memory(reader.pid, "VmHWM") - before


def _exported(reader: Reader) -> int:
    """How many lines came."""
    sent = {"kind": "csv", "csrf_token": reader.token("/log")}
    with reader.post("/log/export", data=sent, stream=True) as answer:
        assert answer.status_code == 200, answer.text
        return sum(piece.count(b"\n") for piece in answer.iter_content(PIECE))


def _memory(pid: int, which: str) -> float:
    """MB of resident memory: VmRSS now, VmHWM at most."""
    told = Path(f"/proc/{pid}/status").read_text().splitlines()
    return int(next(line for line in told if line.startswith(which)).split()[1]) / 1024
