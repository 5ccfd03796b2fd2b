"""The server of a field log, as field node or as centre. Only wires the rooms together."""

from importlib import import_module

from flask import Flask

DOORS = ("exchange", "patrol", "review", "public")


def create_app(settings=None, *, serving: bool = True) -> Flask:
    """Make the app from `config.Settings`, by default those of the environment.

    `serving=False` is for commands: they need no secret key. The rooms are imported here and not
    above, because importing any of them imports this package first.
    """
    from fieldlog import access, config, problems, web
    from fieldlog.resources import resource
    from fieldlog.store import database

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
    access.init(app)
    for room in ("language", *DOORS):
        try:
            module = import_module(f"fieldlog.{room}")
            module.init(app)
        except (ImportError, AttributeError) as error:  # while the rooms are being built
            app.logger.warning("%s is not there yet: %s", room, error)
    return app
