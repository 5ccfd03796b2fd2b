"""What a week has besides calm rounds: corrections, faults, a conflict, something the store
can't place. Each scene writes on phones that are handed in; knows nothing of stores.
"""

from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial
from hashlib import sha256

from fieldlog.demo import bodies
from fieldlog.demo.bodies import minutes
from fieldlog.demo.month import Act
from fieldlog.demo.phone import Phone, new_rid

LONGEST = (
    "Lång anteckning på gränsen: vid södra nedgången står belysningen släckt på fyra stolpar, "
    "busskuren har krossat glas och häcken skymmer gångvägen mot skolan; boende säger att det "
    "varit så sedan i höstas. Fotograferat, felanmält och avspärrat med band 🚧. Åter på torsdag "
    "kväll igen."
)

LAMP = {
    "fault_report": True,
    "handled": ["fault_reported"],
    "note": "Tre lampor släckta i gångtunneln vid Häggviks station.",
}
LITTER = "Glas och skräp vid entrén."
DARK = "Två lampor vid cykelstället."


def round_of(phone: Phone, act: Act) -> str:
    """A visit as planned: arrive, what is seen, leave. The visit's rid."""
    said = {"crew": act.crew, "mode": act.mode, "kind": act.kind}
    rid = phone.write("visit", bodies.visit(act.place, act.start, **said), act.start)
    for into, category, told in act.events:
        at = act.start + into
        body = bodies.event(category, at, visit=rid, place=act.place, **told)
        phone.write("event", body, at)
    left = {"climate": act.climate, "contacts": act.contacts, "note": act.note}
    left["nothing_observed"] = not act.events
    phone.write("leave", bodies.leave(rid, act.end, **left), act.end)
    return rid


def before(phones: dict[str, Phone], now: datetime) -> Iterator[tuple[datetime, str, Callable]]:
    """Earlier in the week: a lamp that stays dark, litter that was cleared.

    Each is (when, who, what writes it).
    """
    at = now - minutes(60 * 24 * 6)
    lamp, litter = new_rid(at), new_rid(at)
    for after, who, t, body, rid in (
        (0, "freja", "event", bodies.event("PLA.belysning", at, place="HAG", **LAMP), lamp),
        (
            1,
            "freja",
            "event",
            bodies.event("PLA.nedskrapning", at, place="SOC", note=LITTER),
            litter,
        ),
        (2, "bob", "event", bodies.event("PLA.belysning", at, place="SOL", note=DARK), new_rid(at)),
        (60 * 48, "freja", "confirm", {"ref": lamp}, None),
        (60 * 50, "freja", "resolve", {"ref": litter}, None),
    ):
        then = at + minutes(after)
        yield then, who, partial(phones[who].write, t, body, then, rid)


def after(phones: dict[str, Phone], now: datetime) -> None:
    """The last hours."""
    corrected(phones["freja"], now - minutes(190))
    withdrawn(phones["oskar"], now - minutes(170))
    filled_in_afterwards(phones["freja"], now - minutes(150))
    long_note(phones["bob"], now - minutes(130))
    forgotten(phones["oskar"], now - minutes(60 * 30))
    unknown_place(phones["bob"], now - minutes(95))
    two_ends(phones["alice"], now - minutes(80))
    right_now(phones["alice"], now - minutes(12))


def corrected(phone: Phone, at: datetime) -> None:
    """How many there were is put right a little later."""
    body = bodies.event(
        "ORD.samling", at, place="SOL", people="4-10", ages=["13-17"], note="Samling vid torget."
    )
    rid = phone.write("event", body, at)
    seen = sha256(phone.log.payloads[-1]).hexdigest()
    right = body | {"people": "11-25", "note": "Samling vid torget, fler än först angivet."}
    amend = {"ref": rid, "base": seen, "body": right, "why": "Räknade fel i mörkret."}
    phone.write("amend", amend, at + minutes(9))


def withdrawn(phone: Phone, at: datetime) -> None:
    """A tap on the wrong tile."""
    rid = phone.write("event", bodies.event("SKA.glaskross", at, place="STI"), at)
    phone.write("withdraw", {"ref": rid, "why": "Tryckte fel."}, at + minutes(1))


def filled_in_afterwards(phone: Phone, at: datetime) -> None:
    """ "Just been here": a whole visit, written when it is over."""
    over = bodies.leave("", at + minutes(15), ended_by="backfill", contacts="1-5")
    del over["ref"]
    phone.write("visit", bodies.visit("HEL", at, crew=1, **over), at + minutes(25))


def long_note(phone: Phone, at: datetime) -> None:
    """A note of just the length allowed, with å, ä, ö and an emoji."""
    told = {"place": "ROT", "severity": 2, "fault_report": True, "handled": ["fault_reported"]}
    phone.write("event", bodies.event("PLA.sikt", at, note=LONGEST, **told), at)


def forgotten(phone: Phone, at: datetime) -> None:
    """Nobody tapped; the phone closed the visit after four hours."""
    rid = phone.write("visit", bodies.visit("NOR", at, crew=1), at)
    end = at + minutes(240)
    left = {"ended_by": "auto", "climate": None, "contacts": None, "nothing_observed": False}
    phone.write("leave", bodies.leave(rid, end, **left), end)


def unknown_place(phone: Phone, at: datetime) -> None:
    """A place the centre does not know (yet): kept, in quarantine, nothing behind it waits."""
    act = Act("bob", "EDS", at, at + minutes(14), contacts="1-5", note="Edsbergs torg, nytt i år?")
    round_of(phone, act)


def two_ends(phone: Phone, at: datetime) -> None:
    """Two taps tell different ends: shown as a conflict, settled by a person."""
    rid = phone.write("visit", bodies.visit("SOC", at), at)
    for length in (11, 16):
        end = at + minutes(length)
        phone.write("leave", bodies.leave(rid, end), end)


def right_now(phone: Phone, at: datetime) -> None:
    """A patrol that is out as you read."""
    rid = phone.write("visit", bodies.visit("SOL", at, crew=2), at)
    told = {"visit": rid, "place": "SOL", "people": "4-10", "ages": ["13-17"]}
    told |= {"handled": ["talked"], "note": "Pratade med några kompisar på väg hem. 👋"}
    phone.write("event", bodies.event("ORD.stoj", at + minutes(5), **told), at + minutes(5))
