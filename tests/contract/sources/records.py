# ruff: noqa: E501 – the tables are read row by row
"""records.json: payloads that every reader accepts, and payloads with the code they stand under.

`phone` tells which of them a phone's own check must see through too: what an author could write.
"""

import base64

from tests.contract.sources.plain import compact, sha
from tests.contract.sources.samples import AT, ended, event, left, point, rid, visit, without

_SHA = sha(b"seen")
_LOG = "000102030405060708090a0b0c0d0e0f"
_BLOB = {"sha256": _SHA, "size": 1, "mime": "image/webp"}


def make() -> dict:
    return {
        "valid": [{"name": name, "payload": compact(value)} for name, value in _VALID],
        "invalid": [
            {"name": name, "payload": compact(value), "code": "invalid", "at": where}
            for name, value, where in _INVALID
        ],
        "raw": [
            {"name": name, "base64": base64.b64encode(raw).decode(), "code": code} for name, raw, code in _RAW
        ],
    }  # fmt: skip


def _whole(t: str, body: dict, /, **changed: object) -> dict:
    common = {"rid": rid("V"), "v": 1, "t": t, "at": AT, "by": rid("al"), "org": "polisen"}
    return {**common, "s": "AAECAwQFBgcICQoLDA0ODw", "body": body, **changed}


def _amend(body: dict, /, **changed: object) -> dict:
    return _whole(
        "amend", {"ref": rid("V"), "base": _SHA, "body": body, "why": "fel plats", **changed}
    )


_OPEN = {"device": rid("d"), "app": "1.4.0", "reason": "new", "previous": None}
_RELEASE = {"ref": rid("V"), "log": _LOG, "seq": 7, "sha256": _SHA, "why": "platsen fanns"}

_VALID = [
    ("open", _whole("open", _OPEN)),
    ("open after another log", _whole("open", {**_OPEN, "reason": "forked", "previous": {"log": _LOG, "seq": 9}})),
    ("close", _whole("close", {})),
    ("visit that runs", _whole("visit", visit())),
    ("visit with a position and nothing more about it", _whole("visit", visit(point=point(acc_m=None, age_s=None), point_why=None, far=False))),
    ("visit without what may be null", _whole("visit", without(visit(), "place", "point", "point_why", "far", "ended_at", "ended_by"))),
    ("visit that is over", _whole("visit", ended())),
    ("visit that ended before it began: flagged, not refused", _whole("visit", ended(ended_at="2020-01-01T00:00:00Z"))),
    ("leave", _whole("leave", left())),
    ("leave without a note", _whole("leave", without(left(), "note"))),
    ("event", _whole("event", event())),
    ("event with everything", _whole("event", event(visit=rid("V"), to=AT, ages=["child", "unknown"], handled=["none"], blobs=[_BLOB]))),
    ("event with nothing that may be null", _whole("event", event(place=None, point=None, people=None, ages=[], handled=[], note=None))),
    ("a position of whole degrees", _whole("event", event(point=point(lat=59, lon=0)))),
    ("280 å", _whole("event", event(note="å" * 280))),
    ("280 patrol cars, each two units in JavaScript", _whole("event", event(note="🚓" * 280))),
    ("280 characters typed as 560 code points", _whole("event", event(note="e\u0301" * 280))),
    ("a time in UTC with fractions", _whole("visit", visit(), at="2026-11-22T20:40:07.123456Z")),
    ("a phone whose clock starts in 1970", _whole("visit", visit(started_at="1970-01-01T00:00:00Z"), at="1970-01-01T00:00:00Z")),
    ("a category nobody knows yet", _whole("event", event(category="XYZ.nytt"))),
    ("confirm", _whole("confirm", {"ref": rid("V")})),
    ("resolve", _whole("resolve", {"ref": rid("V")})),
    ("amend a visit", _amend(visit(place="ROT"))),
    ("amend an event", _amend(event(severity=2))),
    ("withdraw", _whole("withdraw", {"ref": rid("V"), "why": "ångrat"})),
    ("release", _whole("release", _RELEASE)),
    ("release of what has no rid", _whole("release", {**_RELEASE, "ref": None})),
    ("review", _whole("review", {"ref": rid("V"), "state": "reviewed"})),
    ("set aside for a reason", _whole("review", {"ref": rid("V"), "state": "set_aside", "why": "dubbel"})),
    ("merge", _whole("merge", {"ref": rid("V"), "into": rid("E")})),
    ("share", _whole("share", {"ref": rid("V"), "with": "kommunen", "why": "gemensam insats"})),
    ("merge undone", _whole("merge", {"ref": rid("V"), "into": None, "why": "två olika besök"})),
    ("share ended", _whole("share", {"ref": rid("V"), "with": "kommunen", "why": "insatsen är över", "ends": True})),
    ("return", _whole("return", {"ref": rid("V"), "text": "Vilken sida?"})),
    ("comment", _whole("comment", {"ref": rid("V"), "text": "Se även förra veckan."})),
    ("erase all", _whole("erase", {"ref": rid("V"), "ground": "beslut 2026-17", "keep": None})),
    ("erase but what may remain", _whole("erase", {"ref": rid("V"), "ground": "beslut 2026-17", "keep": {"place": "SOC"}})),
]  # fmt: skip


def _visit(**changed: object) -> dict:
    return _whole("visit", visit(**changed))


def _event(**changed: object) -> dict:
    return _whole("event", event(**changed))


_INVALID = [
    ("an unknown key at the top", _whole("visit", visit(), x=1), "x"),
    ("an unknown key in the body", _visit(x=1), "body.x"),
    ("an unknown key in the position", _event(point=point(x=1)), "body.point.x"),
    *((f"{key} missing", without(_whole("visit", visit()), key), key) for key in ("rid", "v", "t", "at", "by", "org", "s", "body")),
    *((f"visit without {key}", _whole("visit", without(visit(), key)), f"body.{key}") for key in ("started_at", "mode", "crew", "kind")),
    *((f"event without {key}", _whole("event", without(event(), key)), f"body.{key}")
      for key in ("category", "precision", "from", "source", "ages", "severity", "handled", "police_report", "fault_report", "blobs")),
    *((f"leave without {key}", _whole("leave", without(left(), key)), f"body.{key}") for key in ("ref", "ended_at", "ended_by", "nothing_observed")),
    ("body null", _whole("visit", visit(), body=None), "body"),
    ("body a list", _whole("visit", visit(), body=[]), "body"),
    ("a rid of another version", _whole("visit", visit(), rid="0190a8f0-0000-4000-8000-000000000000"), "rid"),
    ("a rid in capitals", _whole("visit", visit(), rid=rid("zz").upper()), "rid"),
    ("a rid with a newline after it", _whole("visit", visit(), rid=rid("V") + "\n"), "rid"),
    ("version 0", _whole("visit", visit(), v=0), "v"),
    ("version 1.0", _whole("visit", visit(), v="1"), "v"),
    ("version yes", _whole("visit", visit(), v=True), "v"),
    ("type null", _whole("visit", visit(), t=None), "t"),
    ("no author", _whole("visit", visit(), by=""), "by"),
    ("a short salt", _whole("visit", visit(), s="AAECAwQFBgcICQoLDA0OD"), "s"),
    ("a time without offset", _whole("visit", visit(), at="2026-11-22T21:40:07"), "at"),
    ("a day that does not exist", _whole("visit", visit(), at="2026-02-30T21:40:07Z"), "at"),
    ("a date only", _visit(started_at="2026-11-22"), "body.started_at"),
    ("a time as a number", _visit(started_at=1700000000), "body.started_at"),
    ("a time in Arabic digits", _visit(started_at="٢٠٢٦-11-22T21:40:07Z"), "body.started_at"),
    ("position 0,0", _visit(point=point(lat=0, lon=0)), "body.point"),
    ("a latitude beyond the pole", _visit(point=point(lat=90.1)), "body.point.lat"),
    ("a latitude as text", _visit(point=point(lat="59.4")), "body.point.lat"),
    ("half a position", _visit(point=without(point(), "lon")), "body.point.lon"),
    ("an accuracy below nothing", _visit(point=point(acc_m=-1)), "body.point.acc_m"),
    ("an infinite accuracy", _visit(point=point(acc_m=1e300)), "body.point.acc_m"),
    ("a crew of none", _visit(crew=0), "body.crew"),
    ("a crew of ten", _visit(crew=10), "body.crew"),
    ("a crew of two and a half", _visit(crew=2.5), "body.crew"),
    ("a crew as text", _visit(crew="2"), "body.crew"),
    ("a crew of yes", _visit(crew=True), "body.crew"),
    ("on horseback", _visit(mode="horse"), "body.mode"),
    ("far as a number", _visit(far=1), "body.far"),
    ("a running visit that says how it felt", _visit(climate="calm"), "body"),
    ("a running visit that was ended by tap", _visit(ended_by="tap"), "body"),
    ("a visit over, nobody says how", _whole("visit", ended(ended_by=None)), "body"),
    ("a visit over, nobody says what was seen", _whole("visit", without(ended(), "nothing_observed")), "body"),
    ("281 characters", _event(note="å" * 281), "body.note"),
    ("141 characters that NFC makes two of", _event(note="\u0958" * 141), "body.note"),
    ("no category", _event(category=""), "body.category"),
    ("ages as one word", _event(ages="child"), "body.ages"),
    ("ages as an object", _event(ages={"child": 1}), "body.ages"),
    ("an unknown age band", _event(ages=["12"]), "body.ages.0"),
    ("severity 4", _event(severity=4), "body.severity"),
    ("null where a yes or no belongs", _event(police_report=None), "body.police_report"),
    ("a photo without size", _event(blobs=[without(_BLOB, "size")]), "body.blobs.0.size"),
    ("a photo over 15 MiB", _event(blobs=[{**_BLOB, "size": 15 * 1024 * 1024 + 1}]), "body.blobs.0.size"),
    ("a name in the record", _event(name="Kalle"), "body.name"),
    ("amend without a reason", _amend(visit(), why=""), "body.why"),
    ("amend with a body of neither kind", _amend({}), "body.body"),
    ("amend with a wrong new body", _amend(visit(crew=0)), "body.body"),
    ("amend with a new body at 0,0", _amend(event(point=point(lat=0, lon=0))), "body.body"),
    ("amend of a hash in capitals", _amend(visit(), base="AB" * 32), "body.base"),
    ("set aside without a reason", _whole("review", {"ref": rid("V"), "state": "set_aside"}), "body"),
    ("close with something to say", _whole("close", {"why": "x"}), "body.why"),
    ("open for an unknown reason", _whole("open", {**_OPEN, "reason": "bored"}), "body.reason"),
]  # fmt: skip

_GOOD = compact(_whole("visit", visit()))


def _deep() -> str:
    return '{"a":' * 3_000 + "1" + "}" * 3_000


_RAW = [
    ("nothing", b"", "not_json"),
    ("no JSON", b"hello", "not_json"),
    ("cut short", _GOOD[:-2].encode(), "not_json"),
    ("something after it", (_GOOD + "{}").encode(), "not_json"),
    ("no UTF-8", b'{"rid":"\xff"}', "not_json"),
    ("UTF-16", _GOOD.encode("utf-16"), "not_json"),
    ("a byte order mark", b"\xef\xbb\xbf" + _GOOD.encode(), "not_json"),
    ("a list", b"[]", "not_json"),
    ("a text", b'"visit"', "not_json"),
    ("a key twice", (_GOOD[:-1] + ',"v":1}').encode(), "invalid"),
    ("a key twice, deep down", _GOOD.replace('"crew":2', '"crew":2,"crew":2').encode(), "invalid"),
    ("NaN", _GOOD.replace('"crew":2', '"crew":NaN').encode(), "invalid"),
    ("Infinity", _GOOD.replace('"crew":2', '"crew":-Infinity').encode(), "invalid"),
    ("a number without end", _GOOD.replace('"crew":2', '"crew":' + "9" * 5000).encode(), "invalid"),
    ("a number too large to be finite", _GOOD.replace('"crew":2', '"crew":1e999').encode(), "invalid"),
    ("a crew of 2.0", _GOOD.replace('"crew":2', '"crew":2.0').encode(), "invalid"),
    ("half a character", _GOOD.replace('"SOC"', '"\\ud83d"').encode(), "invalid"),
    ("a zero", _GOOD.replace('"SOC"', '"S\\u0000C"').encode(), "invalid"),
    ("nested beyond measure", _deep().encode(), "invalid"),
    ("an empty object", b"{}", "invalid"),
    ("an unknown type", compact(_whole("hologram", {})).encode(), "unknown_type"),
    ("a type that is built into JavaScript", compact(_whole("constructor", {})).encode(), "unknown_type"),
    ("a future version", compact(_whole("visit", {"new": 1}, v=2)).encode(), "unknown_version"),
    ("a future version of a future type", compact(_whole("hologram", {}, v=9)).encode(), "unknown_version"),
]  # fmt: skip
