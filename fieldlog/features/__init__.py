"""The door of programs that read: OGC API Features under `/features`, for QGIS and its like.

Who asks bears an access token. Knows no page, no phone, and nothing that writes.
"""

from flask import Flask

from fieldlog.features import (  # noqa: F401 – each hangs its answers on the door
    collections,
    items,
    landing,
)
from fieldlog.features.door import door


def init(app: Flask) -> None:
    """Hang the door in `app`."""
    app.register_blueprint(door)
