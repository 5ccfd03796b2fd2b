"""A visit or an event as it stands, as a row of its table. Knows no database."""

from datetime import datetime
from json import JSONEncoder
from operator import itemgetter
from typing import Any, NamedTuple

from fieldlog.store.tables import Event, Visit
from sync.records import rid_bytes
from sync.standing import Standing

TABLES = {"visit": Visit.__table__, "event": Event.__table__}
_IN_ORDER = {t: itemgetter(*table.columns.keys()) for t, table in TABLES.items()}
_json = JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False).encode


class Founding(NamedTuple):
    """What the row tells of the entry that began it, beside the record."""

    device: str | None
    received_at: datetime
    code: str | None


def row(standing: Standing, founding: Founding, lasts: bool) -> tuple:
    """The values for `TABLES[standing.t]`, in the order of its columns.

    `lasts`: its category is a condition that stays until seen fixed.
    """
    values = _shared(standing, founding)
    if standing.t == "visit":
        _add_visit(values, standing.body)
    else:
        _add_event(values, standing, lasts)
    return _IN_ORDER[standing.t](values)


def _shared(standing: Standing, founding: Founding) -> dict[str, Any]:
    body, record = standing.body, standing.founder.record
    point = body.get("point") or {}
    return {
        "rid": record.rid,
        "entry_id": standing.founder.id,
        "device": founding.device,
        "account": record.by,
        "org": record.org,
        "place": body.get("place"),
        "lat": point.get("lat"),
        "lon": point.get("lon"),
        "note": body.get("note"),
        "received_at": founding.received_at,
        "code": founding.code,
        "state": standing.state,
        "amended": standing.amended,
        "conflict": standing.conflict,
        "review": standing.review,
        "body": _json(body),
        "merged_into": standing.into,
        "shared": f" {' '.join(standing.shared)} " if standing.shared else None,
    }


def _add_visit(values: dict[str, Any], body: dict[str, Any]) -> None:
    values["observed_at"] = datetime.fromisoformat(body["started_at"])
    values["ended_at"] = _moment(body.get("ended_at"))
    for name in ("ended_by", "mode", "crew", "kind", "climate", "contacts", "nothing_observed"):
        values[name] = body.get(name)


def _add_event(values: dict[str, Any], standing: Standing, lasts: bool) -> None:
    body = standing.body
    visit = body.get("visit")
    values["observed_at"] = datetime.fromisoformat(body["from"])
    values["to_at"] = _moment(body.get("to"))
    values["visit"] = rid_bytes(visit) if visit else None
    values["standing"] = ("fixed" if standing.fixed else "open") if lasts else None
    for name in ("category", "precision", "source", "people", "severity"):
        values[name] = body.get(name)


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
