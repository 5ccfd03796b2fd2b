"""Servers with one guard taken away. Each function runs inside the server, before it serves."""

import threading
from types import SimpleNamespace

HASTE_S = 0.05


def flush_seldom() -> None:
    """SQLite's common recipe: WAL with synchronous=NORMAL."""

    from fieldlog.store import engines

    def begin(connection) -> None:
        if not connection.get_execution_options().get(engines.WRITE):
            connection.exec_driver_sql("BEGIN")
            return
        raw = connection.connection
        raw.execute("PRAGMA synchronous=NORMAL")
        engines._take_write_lock(raw)

    engines._begin_sqlite = begin


def answer_first() -> None:
    """Says that it has all of a section, and takes it in a moment later."""
    from flask import current_app

    from fieldlog.store import logs
    from sync.messages import Result

    accept = logs.accept

    def hasty(section, pusher, now, **given):
        app, who = (
            current_app._get_current_object(),
            SimpleNamespace(id=pusher.id, kind=pusher.kind),
        )

        def later() -> None:
            with app.app_context():
                accept(section, who, now, **given)

        threading.Timer(HASTE_S, later).start()
        return Result(section.log, "ok", section.last, section.head)

    logs.accept = hasty
