"""Run by Alembic: brings the app's database from one revision to another, all or nothing.

Knows no table by name; the steps are in versions/, numbered 0001, 0002 …
"""

from alembic import context
from alembic.script import ScriptDirectory
from flask import current_app

from fieldlog.store.types import Bytes, Hex, Utc

PLAIN = {Utc: "sa.DateTime(timezone=True)", Bytes: "sa.LargeBinary()", Hex: "sa.LargeBinary()"}


def run() -> None:
    """Run what was asked for on the app's database, in one transaction."""
    migrate = current_app.extensions["migrate"]
    with migrate.db.engine.connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=migrate.db.metadata,
            render_item=_render_plain,
            process_revision_directives=_number_in_sequence,
            **migrate.configure_args,
        )
        with context.begin_transaction():
            context.run_migrations()


def _render_plain(kind: str, item: object, _autogen) -> str | bool:
    """Write our own column types as what the database keeps: steps must outlive our code."""
    return PLAIN.get(type(item), False) if kind == "type" else False


def _number_in_sequence(migration, _revision, directives) -> None:
    if not directives:
        return
    head = ScriptDirectory.from_config(migration.config).get_current_head()
    directives[0].rev_id = f"{int(head or 0) + 1:04d}"


run()
