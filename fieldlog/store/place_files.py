"""Places as files: GeoJSON or a table in, looked at first and then all or nothing; GeoJSON out.

Knows no page. What a spreadsheet or a map program leaves out has its default.
"""

from collections.abc import Iterator
from datetime import datetime

from fieldlog.measure import sweref
from fieldlog.store import place_versions, spreadsheet, wording
from fieldlog.store.changes import CHANGED, NEW, SAME, WRONG, Change, NoDocument, parsed, sound
from fieldlog.store.database import writing
from fieldlog.store.place_versions import CODE, EDITED, KIND
from fieldlog.store.places import RADIUS_M
from fieldlog.store.tables import Place
from fieldlog.store.wording import N_

NAME_MAX = 80
RADII = (10, 5_000)
TEXTS = ("name", "kind", "district")
NEEDED = {"code", "name", "lat", "lon"}
COLUMNS = ("code", "name", "kind", "district", "lat", "lon", "radius_m", "active")
_COLUMNS = N_("Its columns are not %(about)s (at least the code, the name, lat and lon).")
YES_NO = {"yes": True, "ja": True, "no": False, "nej": False, "": True}


class Unfit(ValueError):
    """A place can't be so; `fields` are those that are wrong, `words` what is wrong with texts."""

    def __init__(self, fields: list[str], words: set[str]) -> None:
        super().__init__(" ".join([f"wrong: {', '.join(fields)}", *(f"({one})" for one in words)]))
        self.fields, self.words = fields, words


def from_text(text: str) -> dict:
    """The FeatureCollection of a file's text: GeoJSON, or a table. Raises NoDocument."""
    text = text.removeprefix(spreadsheet.BOM)
    if not text.lstrip().startswith(("{", "[")):
        return _from_table(text)
    return parsed(text)


def told(rows: list[Place]) -> dict:
    """The places as GeoJSON, in the shape that `bring` takes."""
    return {"type": "FeatureCollection", "features": [_feature(row) for row in rows]}


def changes(document: dict) -> list[Change]:
    """What bringing the document in would do. Raises NoDocument."""
    return [change for _, change in _prepared(document)]


def bring(document: dict, now: datetime, by: str | None = None) -> list[Change]:
    """Bring all of it in, each place a version. Raises NoDocument, or Refused with every fault."""
    with writing():
        ready = list(_prepared(document))
        found = sound([change for _, change in ready])
        for body, change in ready:
            if change.what == NEW:
                place_versions.add(change.code, body, now, by=by)
            elif change.what == CHANGED:
                seen = len(place_versions.history(change.code))
                place_versions.edit(change.code, body, now, seen, by=by)
    return found


def _prepared(document: dict) -> Iterator[tuple[dict, Change]]:
    """Each feature as a version's body, and what it would change."""
    features = document.get("features") if isinstance(document, dict) else None
    if not isinstance(features, list) or not features:
        raise NoDocument(N_("It is no GeoJSON FeatureCollection with features in it."))
    seen: set[str] = set()
    for number, feature in enumerate(features, 1):
        code, body, wrong = _read(feature)
        held = place_versions.one(code) if code else None
        if not code or code in seen or (held is None and not CODE.fullmatch(code)):
            wrong.insert(0, "code")
        seen.add(code)
        title = body.get("name") or code or f"№ {number}"
        if wrong:
            words = {wording.fault(body[name]) for name in TEXTS if body[name]} - {None}
            yield body, Change(KIND, code, title, WRONG, fault=Unfit(wrong, words))
        else:
            yield body, _change(code, title, body, held)


def _change(code: str, title: str, body: dict, held: Place | None) -> Change:
    before = place_versions.body(held) if held else {}
    fields = tuple((n, before.get(n), body[n]) for n in EDITED if before.get(n) != body[n])
    what = NEW if held is None else CHANGED if fields else SAME
    return Change(KIND, code, title, what, fields)


def _read(feature) -> tuple[str, dict, list[str]]:
    """(code, body, names of the fields that are wrong)."""
    told = feature.get("properties") if isinstance(feature, dict) else None
    told = told if isinstance(told, dict) else {}
    lat, lon = _point(feature)
    body = {
        "name": _text(told.get("name")),
        "kind": _text(told.get("kind") or told.get("type") or "annat"),
        "district": _text(told.get("district")),
        "lat": lat,
        "lon": lon,
        "radius_m": told.get("radius_m", told.get("buffer_m")) or RADIUS_M,
        "active": told.get("active", True),
    }
    wrong = [name for name in TEXTS if not _fit(body[name], needed=name != "district")]
    if lat is None or not sweref.covers(lat, lon):
        wrong.append("position")
    if type(body["radius_m"]) is not int or not RADII[0] <= body["radius_m"] <= RADII[1]:
        wrong.append("radius_m")
    if not isinstance(body["active"], bool):
        wrong.append("active")
    return _text(told.get("code")) or "", body, wrong


def _point(feature) -> tuple[float | None, float | None]:
    try:
        lon, lat = map(float, feature["geometry"]["coordinates"][:2])
        return (lat, lon) if feature["geometry"]["type"] == "Point" else (None, None)
    except (KeyError, TypeError, ValueError, OverflowError):
        return None, None


def _text(value) -> str | None:
    return value.strip() or None if isinstance(value, str) else None


def _fit(text: str | None, *, needed: bool) -> bool:
    return not needed if text is None else len(text) <= NAME_MAX and wording.fault(text) is None


def _feature(row: Place) -> dict:
    said = {name: getattr(row, name) for name in COLUMNS if name not in ("lat", "lon")}
    point = {"type": "Point", "coordinates": [row.lon, row.lat]}
    return {"type": "Feature", "id": row.code, "geometry": point, "properties": said}


def _from_table(text: str) -> dict:
    names, rows = spreadsheet.read(text)
    if not NEEDED <= names <= set(COLUMNS):
        raise NoDocument(_COLUMNS, about=", ".join(COLUMNS))
    return {"type": "FeatureCollection", "features": [_of_row(row) for row in rows]}


def _of_row(row: dict) -> dict:
    """A row as a feature; what can't be read stays as it is, and is told of."""
    cells = {name: (cell or "").strip() for name, cell in row.items() if isinstance(name, str)}
    place = [_number(cells[name]) for name in ("lon", "lat")]
    said = {name: cells.get(name, "") for name in COLUMNS if name not in ("lat", "lon")}
    active = YES_NO.get(said["active"].lower(), said["active"])
    radius = said["radius_m"]
    said |= {
        "active": active,
        "radius_m": int(radius) if radius.isdecimal() and len(radius) < 10 else radius,
    }
    return {"type": "Feature", "geometry": {"type": "Point", "coordinates": place},
            "properties": said}  # fmt: skip


def _number(cell: str) -> float | None:
    try:
        return float(cell.replace(",", "."))
    except ValueError:
        return None
