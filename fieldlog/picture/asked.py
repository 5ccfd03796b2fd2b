"""What is asked of each place in a week: what was promised, and what the meeting decided on top.

Knows no visits.
"""

from collections import defaultdict
from collections.abc import Iterable
from itertools import chain

from fieldlog.measure.week import Week
from fieldlog.picture.presence import Asked
from fieldlog.store import promises
from fieldlog.store.weeks import decisions


def of(week: Week) -> list[Asked]:
    """Each promise of the week by place, then the places that only the meeting chose."""
    promised = [_promised(target) for target in promises.targets(week)]
    decision = decisions.of(str(week))
    chosen = {place["code"]: place["visits"] for place in (decision.places if decision else ())}
    named = {each.place for each in promised}
    only = [Asked(code, visits=visits) for code, visits in chosen.items() if code not in named]
    return [*promised, *only]


def each(week: Week, places: Iterable[str]) -> list[Asked]:
    """One for each of these places: what all promises together ask of it, or that none does.

    As on the phones: visits are added up, and are everybody's where several ask.
    """
    found = defaultdict(list)
    for one in of(week):
        found[one.place].append(one)
    return [_together(place, found[place]) for place in places]


def _together(place: str, several: list[Asked]) -> Asked:
    if not several:
        return Asked(place)
    orgs = {one.org for one in several}
    return Asked(
        place=place,
        commitment=several[0].commitment,
        org=orgs.pop() if len(orgs) == 1 else None,
        visits=_sum(one.visits for one in several),
        minutes=_sum(one.minutes for one in several),
        least=min(one.least for one in several),
        windows=tuple(chain.from_iterable(one.windows for one in several)),
        callouts=any(one.callouts for one in several),
        example=any(one.example for one in several),
    )


def _sum(numbers: Iterable[int | None]) -> int | None:
    """None where nobody says a number."""
    said = [number for number in numbers if number is not None]
    return sum(said) if said else None


def _promised(target: promises.Target) -> Asked:
    return Asked(
        place=target.place,
        commitment=target.commitment,
        org=None if target.joint else target.org,
        visits=target.visits,
        minutes=target.minutes,
        least=target.minutes_per_visit or 0,
        windows=target.windows,
        callouts=target.counts_callouts,
        example=target.example,
    )
