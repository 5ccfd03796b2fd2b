"""What the brake on personal data makes of real summaries, which name nobody, and of the corpus."""

import gzip
import json
from collections import Counter
from itertools import islice
from pathlib import Path

from sync import brake
from tests.contract.sources.brake import CORPUS

SUMMARIES = 10_000
FALSE_ALARMS_MAX, CAUGHT_MIN = 0.01, 0.95


def summaries(file: Path) -> list[str]:
    """The first 10 000 that say anything, or all there are."""
    opened = gzip.open if file.suffix == ".gz" else open
    with opened(file, "rt", encoding="utf-8") as lines:
        texts = (json.loads(line).get("summary") for line in lines)
        return list(islice((text for text in texts if text), SUMMARIES))


def judged(texts: list[str]) -> tuple[list[str], bool]:
    """Lines to print, and whether the shares are as they must be."""
    stopped = sum(bool(brake.stops(text)) for text in texts)
    warned = sum(bool(brake.warns(text)) for text in texts)
    lines = [
        f"notes: of {len(texts)} real summaries {stopped} were stopped and {warned} warned about"
        f" ({warned / len(texts):.2%}; at most {FALSE_ALARMS_MAX:.0%})"
    ]
    shares = caught()
    lines.append("notes: caught " + ", ".join(f"{k} {share:.0%}" for k, share in shares.items()))
    good = warned <= FALSE_ALARMS_MAX * len(texts) and not stopped
    return lines, good and all(share >= CAUGHT_MIN for share in shares.values())


def caught() -> dict[str, float]:
    """The share of each class of the corpus that the brake sees."""
    seen, found = Counter(), Counter()
    for line in CORPUS.read_text("utf-8").splitlines():
        kind, note = line.split("\t")
        kinds = {each.kind for each in brake.warns(note)}
        seen[kind] += 1
        found[kind] += not kinds if kind == "clean" else kind in kinds
    return {kind: found[kind] / seen[kind] for kind in seen}
