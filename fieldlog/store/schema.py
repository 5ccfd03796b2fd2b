"""Brings a database's tables to what this version declares. Knows no rows."""

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import current_app

from fieldlog.store.database import db


def upgrade(revision: str = "head") -> None:
    """Run every migration that is still missing. Safe to run again."""
    command.upgrade(_config(), revision)


def current() -> str | None:
    """The revision of this database, None for an empty one."""
    with db.engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def is_current() -> bool:
    """Whether nothing is missing: a server should refuse to start otherwise."""
    return current() == ScriptDirectory.from_config(_config()).get_current_head()


def knows(revision: str | None) -> bool:
    """Whether this version can bring a database of that revision to its own."""
    known = ScriptDirectory.from_config(_config()).walk_revisions()
    return revision in {each.revision for each in known}


def _config() -> Config:
    return current_app.extensions["migrate"].migrate.get_config()
