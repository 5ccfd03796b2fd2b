"""The plan of a made-up month: who goes where when, and what is seen there. Pure, by a seed.

Knows nothing of phones or stores: it says what happens as Acts, in the order of time.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from fieldlog.demo.bodies import minutes

DAYS = 34  # before today: four whole weeks at least, and the one that runs
SHIFTS = {  # who is out on a weekday (Monday 0), from which hour, for how many visits
    "alice": {0: (18, 4), 2: (18, 4), 3: (19, 5), 4: (20, 6), 5: (20, 6), 6: (17, 4)},
    "bob": {1: (18, 4), 4: (20, 5), 5: (21, 5)},
    "freja": {0: (16, 4), 1: (16, 4), 2: (17, 4), 3: (16, 4), 4: (18, 5), 5: (18, 5)},
    "oskar": {2: (15, 3), 4: (17, 4), 5: (19, 4), 6: (16, 3)},
}
ROUTE = ("SOL", "SOC", "HAG", "STI", "SOL", "ROT", "HEL", "NOR", "HAG")
SEEN = (  # category, words, people
    ("ORD.samling", "Tjugotal ungdomar vid nedgången, lugnt samtal.", "11-25"),
    ("ORD.stoj", "Hög musik vid bänkarna 🎶, sänkte på uppmaning.", "4-10"),
    ("FOR.moped", "Två mopeder på gångvägen mot Häggvik, hög fart.", "1-3"),
    ("ORD.alkohol", "Berusade vid spårspärren, gick hemåt.", "1-3"),
    ("VAL.hot", "Hotfull stämning mellan två sällskap, delades på.", "4-10"),
    ("SKA.klotter", "Färskt klotter på östra väggen.", None),
    ("ORD.smallare", "Smällare i trapphuset, inga skador.", "4-10"),
    ("FOR.elsparkcykel", "Elsparkcyklar tvärs över ledstråket för synskadade.", None),
)


@dataclass(frozen=True)
class Act:
    """One visit with what was seen in it: events are (minutes in, category, fields)."""

    who: str
    place: str
    start: datetime
    end: datetime
    crew: int = 2
    mode: str = "foot"
    kind: str = "planned"
    climate: str = "calm"
    contacts: str = "0"
    note: str = ""
    events: tuple = field(default=())


def acts(now: datetime, seed: int = 20) -> Iterator[Act]:
    """The month up to `now` (an aware local time), oldest first; nothing ends in the future."""
    dice = random.Random(seed)
    planned = [act for back in range(DAYS, -1, -1) for act in _day(now, back, dice)]
    yield from sorted((a for a in planned if a.end < now - minutes(20)), key=lambda a: a.start)


def _day(now: datetime, back: int, dice: random.Random) -> Iterator[Act]:
    day = now.replace(hour=0, minute=0, second=0, microsecond=0) - timedelta(days=back)
    for who, week in SHIFTS.items():
        if day.weekday() in week:
            hour, visits = week[day.weekday()]
            yield from _shift(who, day + timedelta(hours=hour), visits, dice)


def _shift(who: str, start: datetime, visits: int, dice: random.Random) -> Iterator[Act]:
    """A shift walks the route from somewhere, and may well cross midnight."""
    first = dice.randrange(len(ROUTE))
    at = start + minutes(dice.randrange(25))
    for number in range(visits):
        length = dice.choice((6, 8, 11, 12, 14, 15, 18, 22, 31))
        yield _visit(who, ROUTE[(first + number) % len(ROUTE)], at, minutes(length), dice)
        at += minutes(length + dice.randrange(20, 55))


def _visit(who: str, place: str, at: datetime, length: timedelta, dice: random.Random) -> Act:
    late = at.hour >= 21 or at.hour < 4
    busy = dice.random() < (0.45 if late else 0.15)
    events = (_seen(length, dice),) if busy else ()
    return Act(
        who,
        place,
        at,
        at + length,
        crew=dice.choice((1, 2, 2, 2, 3)),
        mode=dice.choice(("foot", "foot", "foot", "car", "bike")),
        kind=dice.choice(("planned",) * 6 + ("own", "callout")),
        climate=dice.choice(("normal", "uneasy") if busy else ("calm", "calm", "normal")),
        contacts=dice.choice(("1-5", "6-20") if busy else ("0", "0", "1-5")),
        events=events,
    )


def _seen(length: timedelta, dice: random.Random) -> tuple:
    category, words, people = dice.choice(SEEN)
    told = {"note": words, "people": people, "severity": dice.choice((1, 1, 2))}
    if people:
        told["ages"] = dice.sample(("13-17", "18-25", "adult"), dice.choice((1, 2)))
        told["handled"] = [dice.choice(("talked", "sent_away", "none"))]
    if category == "VAL.hot":
        told |= {"severity": 2, "handled": ["police_called", "talked"], "police_report": True}
    return length * dice.uniform(0.2, 0.8), category, told
