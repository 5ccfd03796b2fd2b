"""personal_numbers.json: texts, and the personal number that a check must see in them.

The numbers are made up; those with day 61–91 are coordination numbers, month 00 is unknown.
"""


def make() -> list[dict]:
    return [{"text": text, "found": found} for text, found in _TEXTS]


_TEXTS = [
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
