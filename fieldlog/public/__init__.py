"""The residents' door: open pages that hold no record, and the machine's pulse.

Knows nothing of sessions or of the supervisors' pages.
"""

from flask import Flask

from fieldlog.public import maps, views  # noqa: F401 – each hangs its pages on the door
from fieldlog.public.door import door


def init(app: Flask) -> None:
    """Hang the door in `app`."""
    app.register_blueprint(door)
