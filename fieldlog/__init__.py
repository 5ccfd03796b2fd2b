"""The server of a field log, as field node or as centre. Only wires the rooms together."""

from flask import Flask


def create_app(settings=None, *, serving: bool = True) -> Flask:
    """Make the app from `config.Settings`, by default those of the environment.

    `serving=False` is for commands: they need no secret key. The rooms are imported here and not
    above, because importing any of them imports this package first.
    """
    from fieldlog import (
        access,
        config,
        diary,
        exchange,
        features,
        language,
        patrol,
        problems,
        public,
        review,
        web,
    )
    from fieldlog.resources import resource
    from fieldlog.store import database

    diary.init()
    settings = settings or config.read()
    if serving:
        config.servable(settings)
    app = Flask(
        __name__, static_folder=resource("static"), template_folder=str(resource("templates"))
    )
    app.config["SETTINGS"] = settings
    web.init(app, settings)
    problems.init(app)
    database.init(app, settings.database_url)
    language.init(app)
    access.init(app)
    for door in (exchange, features, patrol, review, public):
        door.init(app)
    return app
