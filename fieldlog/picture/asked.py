"""What is asked of each place in a week: what was promised, and what the meeting decided on top.

Knows no visits.
"""

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
