"""The migrations give what the tables declare, and keep the rows they find."""

import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from fieldlog.store import schema
from fieldlog.store.database import db
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
