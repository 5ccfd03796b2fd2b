"""The supervisors' door: the log, a record with its history, devices and nodes, quarantine, nights.

Knows the store and who may see what; knows nothing of phones' pages or of machines.
"""

from flask import Flask

from fieldlog.review import (  # noqa: F401 – each hangs its pages on the door
    access_tokens,
    accesses,
    actions,
    acts,
    audit,
    categories,
    decision,
    devices,
    effect,
    enrolment,
    exports,
    hooks,
    log,
    login,
    messages,
    nights,
    places,
    promise,
    quarantine,
    record,
    rescue,
    trust,
    week,
    week_news,
    week_visits,
)
from fieldlog.review.door import door


def init(app: Flask) -> None:
    """Hang the door in `app`, with what every page of it shows."""
    app.register_blueprint(door)
