"""What must be said before a thing is published: a promise that can't be followed up is none."""

from fieldlog.store.promises.things import Commitment, Focus, Lasting, Promise, Thing


class NotReady(ValueError):
    """It can't be published; `missing` names what is not said yet."""

    def __init__(self, missing: tuple[str, ...]) -> None:
        super().__init__(f"lacks {', '.join(missing)}")
        self.missing = missing


def missing(thing: Thing) -> tuple[str, ...]:
    """What the thing lacks to be published, of: parent, owner, place, period, number, follow_up."""
    lacks = []
    if isinstance(thing, Focus | Commitment) and not _parent(thing):
        lacks.append("parent")
    if isinstance(thing, Commitment):
        lacks += _of_commitment(thing)
    if isinstance(thing, Lasting) and not (thing.begins and thing.ends):
        lacks.append("period")
    if isinstance(thing, Promise | Commitment) and not thing.follow_up:
        lacks.append("follow_up")
    return tuple(lacks)


def _parent(thing: Focus | Commitment) -> str | None:
    return thing.promise if isinstance(thing, Focus) else thing.focus


def _of_commitment(one: Commitment) -> list[str]:
    presence = one.form == "presence"
    number = (one.visits or one.minutes) if presence else (one.count and one.unit)
    said = {"owner": one.owner, "place": one.places or not presence, "number": number}
    return [name for name, value in said.items() if not value]
