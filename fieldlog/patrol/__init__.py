"""The phones' door: the shell of the app, its worker and its manifest. Holds no record of anyone.

All data reaches a phone through the machines' door, with the phone's own token.
"""

from flask import Flask

from fieldlog.patrol.views import door


def init(app: Flask) -> None:
    """Open the door in `app`."""
    app.register_blueprint(door)
