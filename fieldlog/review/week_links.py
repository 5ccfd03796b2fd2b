"""From a figure of a week to the records behind it: addresses of the log, within what one may read.

Presence is shared, so its figures open for all who read the week. A figure of events may be made of
others' records too; its link opens one's own.
"""

from dataclasses import dataclass

from flask import url_for

from fieldlog.review import figure_filters, filters


@dataclass(frozen=True)
class Links:
    """`orgs`: whose records the reader may open; of nobody's there is no link."""

    week: str
    orgs: tuple[str, ...]

    def visits(self, place: str | None = None, **more: str | None) -> str:
        """Counted visits, which are shared: of a place and what is asked of it (`commitment`), a
        day (`day`), hours (`hour`), an organisation (`org`) or an ending (`ended`), or that came
        late (`late`)."""
        return url_for("review.week_visits", name=self.week, place=place, **more)

    def events(self, place: str | None = None, **more: str | None) -> str | None:
        """Counted events; `category` is one kind of them."""
        return self._log(**({"category": filters.EVENTS, "place": place} | more))

    def everything(self, **more: str | None) -> str | None:
        """Counted visits and events."""
        return self._log(**more)

    def late(self, after, place: str | None = None) -> str | None:
        """Events that came in after a moment."""
        return self.events(place, received=figure_filters.write_moment(after))

    def quarantined(self) -> str | None:
        """What is not counted because it stands in quarantine."""
        return self._log(quarantine="1", counted=None)

    def record(self, found: dict) -> str | None:
        """The page of one record that a picture names."""
        return url_for("review.record", rid=found["rid"]) if found["org"] in self.orgs else None

    def _log(self, **chosen: str | None) -> str | None:
        if not self.orgs:
            return None
        asked = {"week": self.week, "counted": "1"} | chosen
        if chosen.get("day"):
            asked["week"] = None
        return filters.address({}, **asked)
