"""The migrations give what the tables declare, and keep the rows they find."""

from datetime import UTC, datetime, timedelta

import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask import current_app

from fieldlog.store import listing, schema, words
from fieldlog.store.database import db, reading, writing
from fieldlog.store.filtering import Filters
from fieldlog.store.tables import NoteWord, Visit
from tests.store.test_listing import NOON, visit
from tests.support.databases import opened


def test_an_empty_database_is_not_current_and_an_upgraded_one_is(empty_database_url):
    with opened(empty_database_url):
        assert schema.current() is None
        assert not schema.is_current()
        schema.upgrade()
        assert schema.is_current()


def test_the_migrated_schema_is_the_declared_one(store):
    with db.engine.connect() as connection:
        options = {"compare_type": True}
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, db.metadata) == []


def test_migrated_and_declared_tables_are_made_by_the_same_statements(
    empty_database_url, database_url
):
    with opened(empty_database_url):
        db.create_all()
        declared = _shape()
    with opened(database_url):
        assert _shape() == declared


def test_upgrading_twice_changes_nothing(store):
    before = _shape()
    schema.upgrade()
    assert _shape() == before


def test_migrating_keeps_the_rows_it_finds(empty_database_url):
    rows = {
        "organisations": {"code": "polisen", "name": "Polisen å", "kind": "police"},
        "devices": {
            "id": "d1",
            "kind": "phone",
            "name": "Pixel",
            "org": "polisen",
            "enrolled_at": datetime(2019, 5, 3, 21, 40, tzinfo=UTC),
        },
        "tokens": {
            "hash": b"\x01" * 32,
            "device": "d1",
            "created_at": datetime(2019, 5, 3, 21, 40, tzinfo=UTC),
        },
    }
    with opened(empty_database_url):
        schema.upgrade("0001")
        with writing() as session:
            for name, row in rows.items():
                session.execute(sa.insert(db.metadata.tables[name]), [row])
        schema.upgrade()
        assert schema.is_current()
        for name, row in rows.items():
            table = db.metadata.tables[name]
            found = reading().execute(sa.select(*(table.c[key] for key in row))).mappings().all()
            assert found == [row]


def test_notes_that_were_there_before_can_be_searched(empty_database_url):
    with opened(empty_database_url):
        schema.upgrade("0016")
        with writing() as session:
            told = [as_it_was(visit(1, note="På TORGET, mopeden")), as_it_was(visit(2, note=""))]
            session.execute(sa.insert(Visit.__table__), told)
        schema.upgrade()
        (rid,) = reading().scalars(sa.select(Visit.rid).where(Visit.note != ""))
        found = listing.page(Filters(orgs=("polisen",), words=("moped", "torg"))).records
        assert [one.row.rid for one in found] == [rid]
        kept = {tuple(row) for row in reading().execute(sa.select(NoteWord.__table__))}
        assert kept == set(
            words.rows(rid, "polisen", NOON + timedelta(minutes=1), "på torget mopeden")
        )


def test_going_back_and_forth_ends_where_it_began(store):
    before = _shape()
    reading().rollback()
    config = current_app.extensions["migrate"].migrate.get_config()
    command.downgrade(config, "base")
    assert _shape() == {}
    schema.upgrade()
    assert _shape() == before


def as_it_was(row) -> dict:
    """Its values and no others: later versions may have more columns."""
    return {name: value for name, value in vars(row).items() if not name.startswith("_")}


def _shape() -> dict:
    """Every table with its columns, keys and indexes, as the database tells them."""
    inspector = sa.inspect(db.engine)
    return {
        name: {
            "columns": [
                (c["name"], str(c["type"]), c["nullable"]) for c in inspector.get_columns(name)
            ],
            "primary": inspector.get_pk_constraint(name)["constrained_columns"],
            "unique": sorted(
                tuple(u["column_names"]) for u in inspector.get_unique_constraints(name)
            ),
            "foreign": sorted(
                (tuple(f["constrained_columns"]), f["referred_table"])
                for f in inspector.get_foreign_keys(name)
            ),
            "indexes": sorted(
                (i["name"], tuple(i["column_names"])) for i in inspector.get_indexes(name)
            ),
            "options": dict(inspector.get_table_options(name)),
        }
        for name in inspector.get_table_names()
        if name != "alembic_version"
    }
