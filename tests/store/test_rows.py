"""A row carries what its record says: every field has a column of its own or stands in `body`."""

from datetime import UTC, datetime

from fieldlog.store.projection import rows
from fieldlog.store.tables import Event, Visit
from sync import chain, records
from sync.records import BODIES
from sync.standing import Arrived, stand
from tests.store.authors import START, event_body, visit_body

# Wire names and the columns that hold them, where the names differ.
RENAMED = {"started_at": "observed_at", "from": "observed_at", "to": "to_at"}
# Shown on the record's own page only, from `body`: no list asks for them.
IN_BODY = {
    "visit": {"point", "point_why", "far"},
    "event": {"point", "ages", "handled", "police_report", "fault_report", "blobs"},
}


def test_every_field_of_a_record_is_in_a_column_or_named_as_body_only():
    for t, table in (("visit", Visit), ("event", Event)):
        fields = {f.data_key or name for name, f in BODIES[t]._declared_fields.items()}
        columns = {RENAMED.get(name, name) for name in fields - IN_BODY[t]}
        assert columns <= set(table.__table__.columns.keys()), t
        assert IN_BODY[t] <= fields, f"{t}: take out of IN_BODY what the schema no longer has"


def test_the_values_are_where_the_columns_say():
    row = _row("event", event_body(place="SOL", to="2019-05-03T23:00:00+02:00", note="å"))
    assert (row["place"], row["note"], row["severity"]) == ("SOL", "å", 1)
    assert row["observed_at"] == datetime(2019, 5, 3, 20, 5, tzinfo=UTC)
    assert row["to_at"] == datetime(2019, 5, 3, 21, 0, tzinfo=UTC)
    assert (row["lat"], row["standing"], row["state"]) == (None, "open", "stands")
    row = _row("visit", visit_body())
    assert (row["lat"], row["lon"], row["crew"], row["state"]) == (59.47, 17.91, 2, "running")
    assert (row["device"], row["code"]) == ("phone-1", None)


def _row(t: str, body: dict) -> dict:
    payload = records.compose(t, body, at=START, by="alice", org="polisen")
    standing = stand([Arrived(1, chain.digest(payload), records.read(payload))])
    made = rows.row(standing, rows.Founding("phone-1", START, None), lasts=t == "event")
    return dict(zip(rows.TABLES[t].columns.keys(), made, strict=True))
