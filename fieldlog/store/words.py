"""Which words a note holds, and which records hold words: cut the same way, kept and looked for.

A word finds all that begin with it, whatever their case; å, ä and ö are letters of their own. Hits
are looked for week by week, the nearest first, and ever more weeks at a time where they are few:
the first of a common word cost a week, all of a rare one a handful of questions. Knows no reader.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from unicodedata import normalize

import sqlalchemy as sa

from fieldlog.store.database import reading
from fieldlog.store.tables import NoteWord

EPOCH, WEEK = datetime(1970, 1, 1, tzinfo=UTC), timedelta(weeks=1)
LAST = "\U0010ffff"  # greater than any letter
FEW = 1000
_WORD = re.compile(r"\w+")
_WORDS = NoteWord.__table__


def of(text: str | None) -> set[str]:
    """The words of a text."""
    return set(_WORD.findall(normalize("NFC", text.casefold()))) if text else set()


def asked(text: str | None) -> tuple[str, ...]:
    """The words to look for, without those that another one implies."""
    words = of(text)
    return tuple(
        sorted(one for one in words if not any(o != one and o.startswith(one) for o in words))
    )


def rows(rid: bytes, org: str, observed_at: datetime, note: str | None) -> list[tuple]:
    """What is kept of a record, as rows of `note_words`."""
    week = week_of(observed_at)
    return [(org, week, word, rid, observed_at) for word in of(note)]


def hits(
    orgs: Iterable[str],
    words: Sequence[str],
    since: datetime | None,
    until: datetime | None,
    upwards: bool,
) -> Iterator[tuple[datetime, bytes]]:
    """(observed_at, rid) of the organisations' records whose notes hold each of these, newest first
    or, `upwards`, oldest first; at least those between `since` and `until`.
    """
    left, many = _weeks(orgs, since, until), 1
    left.sort(reverse=not upwards)
    while left:
        some, left = left[:many], left[many:]
        found = {
            tuple(hit) for org in orgs for hit in reading().execute(_holding(org, words, some))
        }
        yield from sorted(found, reverse=not upwards)
        many = many * 2 if len(found) < FEW else 1


def weeks_of(org: str) -> sa.Select:
    """Asks in which an organisation has notes, each once, by a step in the index from one to the
    next: DISTINCT would read all.
    """
    newest = sa.select(sa.func.max(_WORDS.c.week).label("week")).where(_WORDS.c.org == org)
    found = newest.cte("found", recursive=True)
    before = sa.select(sa.func.max(_WORDS.c.week)).where(
        _WORDS.c.org == org, _WORDS.c.week < found.c.week
    )
    stepped = sa.select(before.scalar_subquery()).where(found.c.week.is_not(None))
    found = found.union_all(stepped)
    return sa.select(found.c.week).where(found.c.week.is_not(None))


def week_of(moment: datetime) -> int:
    """Its number as they are counted here, from 1970 on."""
    return (moment - EPOCH) // WEEK


def span(week: int) -> tuple[datetime, datetime]:
    """Where it begins, and where the next one does."""
    return EPOCH + week * WEEK, EPOCH + (week + 1) * WEEK


def _holding(org: str, words: Sequence[str], weeks: Sequence[int]) -> sa.SelectBase:
    found = sa.select(_WORDS.c.observed_at, _WORDS.c.rid)
    found = found.where(_WORDS.c.org == org, _WORDS.c.week.in_(weeks))
    each = [found.where(_WORDS.c.word >= word, _WORDS.c.word < word + LAST) for word in words]
    return each[0] if len(each) == 1 else sa.intersect(*each)


def _weeks(orgs: Iterable[str], since: datetime | None, until: datetime | None) -> list[int]:
    """Those in which the organisations have notes."""
    found = {week for org in orgs for week in reading().scalars(weeks_of(org))}
    first = None if since is None else week_of(since)
    last = None if until is None else week_of(until)
    return [
        week
        for week in found
        if (first is None or week >= first) and (last is None or week <= last)
    ]
