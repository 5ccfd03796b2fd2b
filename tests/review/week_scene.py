"""A week that is over, by Alice, Bob and the municipality's Cecilia, with thirteen before it.

At Häggvik one event a week and then nine; Rotebro has too few to say anything of.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from fieldlog.demo import bodies
from fieldlog.measure.week import STOCKHOLM, Week, week_of
from tests.review.scene import phone, prepare

NOTE = "Anteckning som ingen annan får se"


@dataclass
class Past:
    """The week, its phones by name, and the rids of what was written."""

    week: Week
    phones: dict
    rids: dict

    def at(self, day: int, hour: int, minute: int = 0) -> datetime:
        """A wall-clock time of the week: day 0 is Monday."""
        which = self.week.monday + timedelta(days=day)
        return datetime.combine(which, time(hour, minute), STOCKHOLM)


def past_week(cast) -> Past:
    """The week before the one that runs."""
    prepare()
    week = week_of(datetime.now(UTC)) - 1
    phones = {name: phone(getattr(cast, name)) for name in ("alice", "bob", "charlie")}
    scene = Past(week, phones, {})
    _base(scene)
    _presence(scene)
    _events(scene)
    for one in phones.values():
        one.push()
    return scene


def visit(scene: Past, who: str, place: str, begins: datetime, minutes: float, **said) -> str:
    """A visit with its end."""
    writer, ends = scene.phones[who], begins + timedelta(minutes=minutes)
    rid = writer.write("visit", bodies.visit(place, begins, **said), begins)
    writer.write("leave", bodies.leave(rid, ends, note=NOTE), ends)
    return rid


def event(scene: Past, who: str, category: str, at: datetime, place: str | None, **said) -> str:
    """Something seen."""
    body = bodies.event(category, at, place=place, note=NOTE, **said)
    return scene.phones[who].write("event", body, at)


def _base(scene: Past) -> None:
    for back in range(13, 0, -1):
        event(scene, "alice", "ORD.stoj", scene.at(4, 22) - timedelta(weeks=back), "HAG")


def _presence(scene: Past) -> None:
    visit(scene, "alice", "HAG", scene.at(0, 20), 15)
    visit(scene, "charlie", "HAG", scene.at(0, 20, 10), 20)  # together: 30 minutes in all
    visit(scene, "alice", "HAG", scene.at(1, 12), 60, kind="callout")
    visit(scene, "alice", "HAG", scene.at(5, 0, 10), 20)  # Friday's night
    over = {"ended_at": scene.at(2, 18, 12), "ended_by": "backfill", "climate": "calm"}
    over |= {"contacts": "0", "nothing_observed": True, "note": ""}
    scene.phones["bob"].write(
        "visit", bodies.visit("SOL", scene.at(2, 18), **over), scene.at(2, 19)
    )
    visit(scene, "charlie", "ROT", scene.at(3, 16), 10)


def _events(scene: Past) -> None:
    for minute in range(9):
        event(scene, "alice", "FOR.moped", scene.at(4, 21, minute), "HAG")
    event(scene, "bob", "ORD.annat", scene.at(6, 19), "ROT")
    scene.rids["theirs"] = event(scene, "charlie", "SKA.klotter", scene.at(2, 10), "ROT")
    scene.rids["coming"] = event(scene, "bob", "KOM.samling", scene.at(11, 18), "SOC")
    lamp = scene.at(0, 10) - timedelta(days=20)
    scene.rids["lamp"] = event(scene, "bob", "PLA.belysning", lamp, "STI")
    gone = event(scene, "bob", "VAL.brak", scene.at(1, 9), "ROT")
    scene.phones["bob"].write("withdraw", {"ref": gone, "why": "Fel."}, scene.at(1, 10))
