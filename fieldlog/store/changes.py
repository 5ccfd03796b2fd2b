"""What bringing a file in would change, thing by thing: looked at first, then all of it or nothing.

Knows no kind of thing and no kind of file.
"""

from dataclasses import dataclass

from fieldlog.store.wording import N_
from sync.records import strict_json

_UNFIT = N_(
    "It is JSON, but can't be kept: a key stands twice, a number is none or far too long, a text "
    "holds a zero or half a character, or it is nested too deeply."
)
WHATS = NEW, CHANGED, SAME, WRONG = "new", "changed", "same", "wrong"


class NoDocument(ValueError):
    """It is not built as a document that can be brought in.

    `sentence` says why, a message id that names what it is `about`; `detail` are a parser's words.
    """

    def __init__(self, sentence: str, *, about: str = "", detail: str = "") -> None:
        said = [sentence % {"about": about}, *([f"{detail}."] if detail else [])]
        super().__init__(" ".join(said))
        self.sentence, self.about, self.detail = sentence, about, detail


@dataclass(frozen=True)
class Change:
    """What an item would change: `fields` are (name, before, after), `fault` why it can't be."""

    kind: str
    code: str
    title: str
    what: str
    fields: tuple[tuple[str, object, object], ...] = ()
    fault: Exception | None = None


class Refused(ValueError):
    """Some of the document can't be brought in; nothing was."""

    def __init__(self, changes: list[Change]) -> None:
        super().__init__("nothing was changed")
        self.changes = changes


def parsed(text: str) -> dict:
    """The document of a JSON text. Raises NoDocument, also for what no database can keep."""
    try:
        return strict_json.loads(text)
    except strict_json.NotJson as wrong:
        raise NoDocument(N_("It is no JSON object."), detail=str(wrong)) from wrong
    except strict_json.Unfit as wrong:
        raise NoDocument(_UNFIT, detail=str(wrong)) from wrong


def sound(changes: list[Change]) -> list[Change]:
    """The same changes. Raises Refused if one of them can't be."""
    if any(change.what == WRONG for change in changes):
        raise Refused(changes)
    return changes


def count(changes: list[Change]) -> dict[str, int]:
    """How many there are of each of WHATS."""
    return {what: sum(one.what == what for one in changes) for what in WHATS}


def made(changes: list[Change]) -> int:
    """How many of them change something."""
    return sum(one.what in (NEW, CHANGED) for one in changes)
