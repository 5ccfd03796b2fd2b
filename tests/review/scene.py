"""An evening at the desk, written as phones write it: composed, chained, pushed, accepted.

Alice and Bob walk for the police, Cecilia for the municipality; a noise phone writes too. What was
written is found again by name in `Evening.rids`.
"""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from types import SimpleNamespace

from fieldlog import data
from fieldlog.demo import bodies
from fieldlog.demo.phone import Phone
from fieldlog.store import categories, identity, logs, places
from sync import receipts
from sync.messages import Answer, Line, Section

SAID = "Två grupper på perrongen, lugnade sig när tåget gick. 🚆 <b>inte fet</b>"


@dataclass
class Evening:
    """Who wrote what, and when the evening began."""

    start: datetime
    rids: dict[str, str] = field(default_factory=dict)
    phones: dict[str, Phone] = field(default_factory=dict)

    def rid(self, name: str) -> str:
        """A record's id as addresses have it."""
        return self.rids[name].replace("-", "")


def prepare() -> None:
    """Sollentuna's places and the categories, as at a centre."""
    categories.seed()
    places.import_geojson(data.load("sollentuna_places.geojson"), datetime.now(UTC))


def evening(cast, start: datetime | None = None) -> Evening:
    """Everything that a page of this door has to be able to show."""
    prepare()
    scene = Evening(start or datetime.now(UTC) - timedelta(hours=3))
    alice, bob, charlie = (phone(member) for member in (cast.alice, cast.bob, cast.charlie))
    scene.phones = {"alice": alice, "bob": bob, "charlie": charlie}
    _alice(scene, alice)
    _bob(scene, bob)
    _charlie(scene, charlie)
    for one in scene.phones.values():
        one.push()
    return scene


def phone(member) -> Phone:
    """The member's phone, whose pushes go straight into the store."""
    pusher = SimpleNamespace(id=member.device, kind="phone")

    def send(sections: list[Section]) -> Answer:
        results = [logs.accept(section, pusher, datetime.now(UTC)) for section in sections]
        now = datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
        return Answer("centre", "centre", "0" * 32, now, results, {})

    key = receipts.public_key(identity.get().receipt_key)
    return Phone(member.device, member.id, member.org, send, centre_key=key)


def push_raw(writer: Phone, *payloads: bytes) -> None:
    """Entries that no sound phone writes, chained and pushed like any other."""
    if not writer.log.head:
        writer.open(datetime.now(UTC))
    for payload in payloads:
        writer.log.append(payload)
    writer.push()


def last_digest(writer: Phone) -> str:
    """What an amendment of the entry just written names as its base."""
    return sha256(writer.log.payloads[-1]).hexdigest()


def line(payload: bytes) -> Line:
    """A payload as a line of a section."""
    return Line(sha256(payload).digest(), payload)


def _alice(scene: Evening, phone: Phone) -> None:
    at = _clock(scene)
    calm = phone.write("visit", bodies.visit("HAG", at(0)), at(0))
    phone.write("leave", bodies.leave(calm, at(14), contacts="6-20"), at(14))
    fight = bodies.event(
        "VAL.brak", at(6), place="HAG", severity=3, people="4-10", visit=calm, note=SAID,
        ages=["13-17", "18-25"], handled=["talked", "sent_away"],
    )  # fmt: skip
    event = phone.write("event", fight, at(8))
    corrected = fight | {"category": "VAL.hot", "severity": 2}
    why = {"ref": event, "base": last_digest(phone), "body": corrected, "why": "Ingen slog."}
    phone.write("amend", why, at(29))
    lost = bodies.event("ORD.samling", at(35), place="SOL-217", people="4-10")
    scene.rids["lost"] = phone.write("event", lost, at(36))
    gone = phone.write("event", bodies.event("FOR.moped", at(40), place="SOC"), at(41))
    phone.write("withdraw", {"ref": gone, "why": "Fel plats."}, at(43))
    running = phone.write("visit", bodies.visit("SOL", at(170)), at(170))
    scene.rids |= {"calm": calm, "event": event, "gone": gone, "running": running}


def _bob(scene: Evening, phone: Phone) -> None:
    at = _clock(scene)
    over = {"ended_at": at(60), "ended_by": "backfill", "climate": "calm", "contacts": "0"}
    later = bodies.visit("ROT", at(50), **over, nothing_observed=True, note="")
    scene.rids["afterwards"] = phone.write("visit", later, at(90))
    lamp = bodies.event("PLA.belysning", at(70) - timedelta(days=23), place="STI")
    scene.rids["standing"] = phone.write("event", lamp, at(70))
    twice = phone.write("visit", bodies.visit("HEL", at(100)), at(100))
    phone.write("leave", bodies.leave(twice, at(111)), at(111))
    phone.write("leave", bodies.leave(twice, at(119), climate="uneasy"), at(119))
    scene.rids["conflict"] = twice


def _charlie(scene: Evening, phone: Phone) -> None:
    at = _clock(scene)
    seen = bodies.event("SKA.klotter", at(30), place="ROT", note="Kommunens egen anteckning")
    scene.rids["theirs"] = phone.write("event", seen, at(31))


def _clock(scene: Evening):
    return lambda minutes: scene.start + timedelta(minutes=minutes)
