"""The brake on personal data in free text: what stops, what warns, and what is left in peace."""

import random

import pytest

from sync import brake
from sync.brake.number import is_number
from tests.real.notes import CAUGHT_MIN, caught

SPELLINGS = (
    "{yy}{mm}{dd}{last}", "{yy}{mm}{dd}-{last}", "{yy}{mm}{dd}+{last}", "{cc}{yy}{mm}{dd}{last}",
    "{cc}{yy}{mm}{dd}-{last}", "{yy}{mm}{dd} {last}", "{cc}{yy}-{mm}-{dd}-{last}",
    "{yy} {mm} {dd} {last}", "{yy}{mm}{dd} – {last}", "{cc} {yy}.{mm}.{dd}-{last}",
)  # fmt: skip
AROUND = ("{}", "uppgav {}.", "({})", "nr:{}, gick hem", "pnr{}")

TEXTS = [
    ("", None),
    ("Lugnt, inget att anmärka.", None),
    ("811228-9874", "811228-9874"),
    ("Tog 8112289874 i handen", "8112289874"),
    ("född 19811228-9874, åkte hem", "19811228-9874"),
    ("198112289874.", "198112289874"),
    ("811228+9874", "811228+9874"),
    ("811228 9874", "811228 9874"),
    ("811228–9874", "811228–9874"),
    ("811228-9875", None),
    ("701063-2391", "701063-2391"),
    ("810028-9878", "810028-9878"),
    ("811288-9871", "811288-9871"),
    ("811291-9876", "811291-9876"),
    ("811328-9873", None),
    ("811232-9878", None),
    ("1811228-98740", None),
    ("först 811228-9875, sen 811228-9874", "811228-9874"),
    ("ring 070-123 45 67", None),
    ("112", None),
    ("2026-11-22 21:40", None),
    ("polisen.se 388201", None),
]


def numbers(count: int, *, coordination: bool) -> list[dict[str, str]]:
    """Made-up numbers with a right check digit."""
    dice = random.Random(f"numbers {coordination}")
    made = []
    while len(made) < count:
        day = dice.randrange(1, 29) + (60 if coordination else 0)
        parts = {
            "cc": dice.choice(("19", "20")),
            "yy": f"{dice.randrange(100):02}",
            "mm": f"{dice.randrange(0 if coordination else 1, 13):02}",
            "dd": f"{day:02}",
        }
        born = (parts["yy"], parts["mm"], parts["dd"])
        serial = f"{dice.randrange(1_000):03}"
        check = next(c for c in "0123456789" if is_number(*born, serial + c))
        made.append({**parts, "last": serial + check})
    return made


@pytest.mark.parametrize(("text", "found"), TEXTS)
def test_what_is_a_personal_number_in_a_text(text, found):
    assert [each.text for each in brake.stops(text)] == ([found] if found else [])


@pytest.mark.parametrize("coordination", [False, True])
@pytest.mark.parametrize("spelling", SPELLINGS)
def test_no_personal_number_passes_however_it_is_written(spelling, coordination):
    for number in numbers(500, coordination=coordination):
        for around in AROUND:
            text = around.format(spelling.format(**number))
            assert brake.stops(text), text


def test_a_wrong_check_digit_is_no_personal_number():
    for number in numbers(500, coordination=False):
        last = number["last"][:3] + str((int(number["last"][3]) + 1) % 10)
        assert not brake.stops("{yy}{mm}{dd}-".format(**number) + last)


def test_digits_of_other_scripts_are_no_personal_number():
    assert brake.stops("٨١١٢٢٨-٩٨٧٤") == []


def test_each_class_of_the_corpus_is_caught_and_what_is_clean_left_in_peace():
    shares = caught()
    assert {kind for kind, share in shares.items() if share < CAUGHT_MIN} == set()
    assert shares["clean"] == 1


def test_a_find_says_where_it_stands():
    note = "Där: ABC 123"
    (found,) = brake.warns(note)
    assert note[found.start : found.end] == found.text == "ABC 123"


def test_what_stops_does_not_also_warn():
    assert brake.warns("811228-9874") == []
