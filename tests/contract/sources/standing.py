# ruff: noqa: E501 – the tables are read row by row
"""standing.json: sets of records about one visit or event, and how it stands by them.

Digests are those of names, not of payloads: `sha("L1")` for the record called L1.
"""

from tests.contract.sources.plain import sha
from tests.contract.sources.samples import ended, event, left, rid, visit


def make() -> list[dict]:
    return [_case(*each) for each in _CASES]


def _record(name: str, t: str, body: dict, by: str = "alice") -> dict:
    return {
        "name": name,
        "digest": sha(name.encode()),
        "rid": rid(name),
        "t": t,
        "by": by,
        "org": "polisen",
        "body": body,
    }


_V, _E = _record("V", "visit", visit()), _record("E", "event", event())


def _leave(name: str, by: str, at: str = "22:00:00") -> dict:
    return _record(
        name, "leave", left(ref=rid("V"), ended_by=by, ended_at=f"2026-11-22T{at}+01:00")
    )


def _amend(name: str, of: str, base: str, body: dict, by: str = "alice") -> dict:
    return _record(
        name, "amend", {"ref": rid(of), "base": sha(base.encode()), "body": body, "why": "fel"}, by
    )


def _withdraw(name: str, of: str, by: str = "alice") -> dict:
    return _record(name, "withdraw", {"ref": rid(of), "why": "fel"}, by)


def _review(name: str, state: str) -> dict:
    return _record(name, "review", {"ref": rid("V"), "state": state, "why": "skäl"}, "sara")


def _merge(name: str, into: str | None) -> dict:
    return _record(name, "merge", {"ref": rid("E"), "into": into}, "sara")


def _share(name: str, org: str, **said: object) -> dict:
    return _record(name, "share", {"ref": rid("E"), "with": org, "why": "skäl", **said}, "sara")


def _stands(state: str, body: dict, seen: str, **more: object) -> dict:
    told = {"state": state, "body": body, "seen": sha(seen.encode()), "amended": False, "conflict": False,
            "review": "new", "fixed": False, "confirmed": False, "leave": None, "into": None, "shared": []}  # fmt: skip
    return {**told, **more}


_END = {"climate": "calm", "contacts": None, "nothing_observed": True, "note": ""}


def _over(by: str, at: str = "22:00:00", **changed: object) -> dict:
    return {**visit(), "ended_at": f"2026-11-22T{at}+01:00", "ended_by": by, **_END, **changed}


_OTHER, _THIRD = visit(place="ROT"), visit(place="NOR")

_CASES = [
    ("nothing but what waits for its visit", [_leave("L1", "tap")], None),
    ("a running visit", [_V], _stands("running", visit(), "V")),
    ("a visit filled in afterwards", [_record("V", "visit", ended())], _stands("ended", ended(), "V")),
    ("a visit that was left", [_V, _leave("L1", "tap")], _stands("ended", _over("tap"), "V", leave=rid("L1"))),
    ("a tap beats a backfill and the clock", [_leave("L1", "auto", "23:00:00"), _V, _leave("L3", "tap", "22:10:00"), _leave("L2", "backfill")],
     _stands("ended", _over("tap", "22:10:00"), "V", leave=rid("L3"))),
    ("a backfill beats the clock", [_V, _leave("L1", "auto", "23:00:00"), _leave("L2", "backfill")],
     _stands("ended", _over("backfill"), "V", leave=rid("L2"))),
    ("two backfills are none", [_V, _leave("L1", "backfill"), _leave("L2", "backfill", "22:30:00")],
     _stands("ended", _over("backfill"), "V", leave=rid("L1"))),
    ("two taps are a conflict", [_V, _leave("L2", "tap", "22:30:00"), _leave("L1", "tap")],
     _stands("ended", _over("tap"), "V", leave=rid("L1"), conflict=True)),
    ("a leave taken back lets the visit run", [_V, _leave("L1", "tap"), _withdraw("W1", "L1")], _stands("running", visit(), "V")),
    ("a leave taken back and given again", [_V, _leave("L1", "tap"), _withdraw("W1", "L1"), _leave("L2", "tap", "22:30:00")],
     _stands("ended", _over("tap", "22:30:00"), "V", leave=rid("L2"))),
    ("another can't take it back", [_V, _leave("L1", "tap"), _withdraw("W1", "L1", "bob")],
     _stands("ended", _over("tap"), "V", leave=rid("L1"))),
    ("a visit withdrawn", [_V, _withdraw("W1", "V")], _stands("withdrawn", visit(), "V")),
    ("another can't withdraw it", [_V, _withdraw("W1", "V", "bob")], _stands("running", visit(), "V")),
    ("amended", [_V, _amend("A1", "V", "V", _OTHER)], _stands("running", _OTHER, "A1", amended=True)),
    ("another can't amend it", [_V, _amend("A1", "V", "V", _OTHER, "bob")], _stands("running", visit(), "V")),
    ("amended twice, one after the other", [_amend("A2", "V", "A1", _THIRD), _V, _amend("A1", "V", "V", _OTHER)],
     _stands("running", _THIRD, "A2", amended=True)),
    ("amended from two sides", [_V, _amend("A1", "V", "V", _OTHER), _amend("A2", "V", "V", _THIRD)],
     _stands("running", visit(), "V", conflict=True)),
    ("an amendment of what is not here waits", [_V, _amend("A2", "V", "A1", _THIRD)], _stands("running", visit(), "V")),
    ("an amendment taken back", [_V, _amend("A1", "V", "V", _OTHER), _withdraw("W1", "A1")], _stands("running", visit(), "V")),
    ("amended while running, then left", [_V, _amend("A1", "V", "V", _OTHER), _leave("L1", "tap")],
     _stands("ended", _over("tap", place="ROT"), "A1", amended=True, leave=rid("L1"))),
    ("left, then amended as a whole", [_V, _leave("L1", "tap"), _amend("A1", "V", "L1", ended(place="ROT"))],
     _stands("ended", ended(place="ROT"), "A1", amended=True)),
    ("a visit isn't amended into an event", [_V, _amend("A1", "V", "V", event())], _stands("running", visit(), "V")),
    ("made-up bases that go round", [_V, _amend("A1", "V", "A2", _OTHER), _amend("A2", "V", "A1", _THIRD)],
     _stands("running", visit(), "V")),
    ("reviewed", [_V, _review("R1", "reviewed")], _stands("running", visit(), "V", review="reviewed")),
    ("reviewed again: the later word stands", [_V, _review("R2", "set_aside"), _review("R1", "reviewed")],
     _stands("running", visit(), "V", review="set_aside")),
    ("returned to its author", [_V, _review("R1", "reviewed"), _record("R2", "return", {"ref": rid("V"), "text": "När?"}, "sara")],
     _stands("running", visit(), "V", review="returned")),
    ("an event", [_E], _stands("stands", event(), "E")),
    ("an event confirmed", [_E, _record("C1", "confirm", {"ref": rid("E")}, "bob")], _stands("stands", event(), "E", confirmed=True)),
    ("an event fixed, whoever saw it", [_E, _record("C1", "confirm", {"ref": rid("E")}), _record("F1", "resolve", {"ref": rid("E")}, "bob")],
     _stands("stands", event(), "E", confirmed=True, fixed=True)),
    ("an event merged into another", [_E, _record("M1", "merge", {"ref": rid("E"), "into": rid("V")}, "sara")],
     _stands("stands", event(), "E", into=rid("V"))),
    ("a merge that was undone", [_E, _merge("M2", None), _merge("M1", rid("V"))], _stands("stands", event(), "E")),
    ("a merge undone and made again", [_E, _merge("M3", rid("L1")), _merge("M2", None), _merge("M1", rid("V"))],
     _stands("stands", event(), "E", into=rid("L1"))),
    ("an event shown to two organisations", [_E, _share("S1", "kommunen"), _share("S2", "bolaget")],
     _stands("stands", event(), "E", shared=["bolaget", "kommunen"])),
    ("shown to one of them no longer", [_E, _share("S3", "kommunen", ends=True), _share("S1", "kommunen"), _share("S2", "bolaget", ends=None)],
     _stands("stands", event(), "E", shared=["bolaget"])),
    ("shown no longer, and again", [_E, _share("S3", "kommunen"), _share("S2", "kommunen", ends=True), _share("S1", "kommunen")],
     _stands("stands", event(), "E", shared=["kommunen"])),
    ("only its own organisation shows it", [_E, {**_share("S1", "bolaget"), "org": "kommunen"}], _stands("stands", event(), "E")),
]  # fmt: skip


def _case(name: str, records: list[dict], stands: dict | None) -> dict:
    return {"name": name, "records": records, "stands": stands}
