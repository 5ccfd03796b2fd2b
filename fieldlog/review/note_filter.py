"""The log's filter that searches notes: the words an address asks for.

What one looks for may say as much as a note: it stands in the address, so that it can be sent to a
colleague, and no log is told of it. Knows nothing of the other filters.
"""

from collections.abc import Iterator, Mapping

from flask_babel import gettext as _

from fieldlog import problems
from fieldlog.store import words

NAME = "note"
LONGEST = 100


def read(args: Mapping[str, str]) -> tuple[str, ...]:
    """The words to look for; signs alone look for nothing. Refused: more than the field takes."""
    text = args.get(NAME, "")
    if len(text) > LONGEST:
        raise problems.Refused(problems.BAD_REQUEST)
    return words.asked(text)


def shown(args: Mapping[str, str]) -> Iterator[tuple[str, str, dict[str, str]]]:
    """(name, what it filters, what is looked for) if anything is."""
    if read(args):
        yield NAME, _("In notes"), {args[NAME]: args[NAME].strip()}
