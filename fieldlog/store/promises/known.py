"""What a thing may name: places, organisations and other things that are there."""

from dataclasses import dataclass

from sqlalchemy import select

from fieldlog.store.database import reading
from fieldlog.store.promises.things import PARENT, Commitment, Thing
from fieldlog.store.tables import Organisation, Place, Version


class Unknown(ValueError):
    """It names something that is not there; `names` are the codes."""

    def __init__(self, names: tuple[str, ...]) -> None:
        super().__init__(f"names what is not known: {', '.join(names)}")
        self.names = names


@dataclass
class Known:
    """`things` holds (kind, code)."""

    places: set[str]
    orgs: set[str]
    things: set[tuple[str, str]]

    @classmethod
    def now(cls) -> "Known":
        session = reading()
        return cls(
            set(session.scalars(select(Place.code))),
            set(session.scalars(select(Organisation.code))),
            {(kind, code) for kind, code in session.execute(select(Version.kind, Version.code))},
        )

    def check(self, kind: str, thing: Thing) -> None:
        """Raises Unknown for what the thing names and is not there."""
        lacks = {code for code in thing.sources if ("source", code) not in self.things}
        lacks |= set(getattr(thing, "places", ())) - self.places
        if isinstance(thing, Commitment) and thing.owner:
            lacks |= {thing.owner} - self.orgs
        above = PARENT.get(kind)
        if above and (code := getattr(thing, above)) and (above, code) not in self.things:
            lacks.add(code)
        if lacks:
            raise Unknown(tuple(sorted(lacks)))
