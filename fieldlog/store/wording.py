"""What a text may not hold that goes to phones, files and other organisations, whichever door it
comes through; and the mark of a sentence that the store says and a page translates. Knows no page.
"""

import re

from sync import brake

_LINES = str.maketrans("", "", "\t\n\r")
# Control signs, and those that turn the direction of what follows: a name would read as another.
_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def N_(sentence: str) -> str:
    """Marks a message id for the catalogue: the reader's language is not known here."""
    return sentence


PERSONAL = N_("There is a personal number in the text.")
UNSEEN = N_("There is a sign in the text that can't be seen. Type the text anew.")
FAULTS = {PERSONAL, UNSEEN}


def shown(text: str) -> str:
    """The text with a code for each sign that can't be seen: it neither hides nor acts."""
    return _UNSEEN.sub(lambda sign: f"[U+{ord(sign[0]):04X}]", text)


def fault(text: str, *, lines: bool = False) -> str | None:
    """Why a text can't be so, as a message id; None for nothing. `lines`: it may be several."""
    if _UNSEEN.search(text.translate(_LINES) if lines else text):
        return UNSEEN
    return PERSONAL if brake.stops(text) else None
