"""brake.json: notes, and what the brake on personal data must see in each, by Python's own word.

That the word is right is asked of the corpus in tests/sync/test_brake.py; here both languages are
held to the same.
"""

from pathlib import Path

from sync import brake

CORPUS = Path(__file__).parents[2] / "sync/brake_corpus.txt"
_MORE = (
    "811228-9874 och 070-123 45 67",
    "Anna Svensson 🙂 ABC 123, sen @natt_1",
    "Vid Stora Torget: Erik Dahl och Norra Vägen",
    "i 1981-12-28-9874 s",
    "",
)


def make() -> list[dict]:
    notes = [line.split("\t")[1] for line in CORPUS.read_text("utf-8").splitlines()]
    return [
        {
            "note": note,
            "stops": [[each.kind, each.text] for each in brake.stops(note)],
            "warns": [[each.kind, each.text] for each in brake.warns(note)],
        }
        for note in (*notes, *_MORE)
    ]
