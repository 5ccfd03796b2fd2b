"""`fieldlog serve`: the server for phones, machines and supervisors."""

import gc
import os
import shutil
import sys
from importlib.util import find_spec

import click
from waitress.server import create_server

from fieldlog import config, create_app
from fieldlog.cli.speech import OLD_TABLES, opened, refuse
from fieldlog.store import projection, schema
from sync import rescue

OPTIONS = {
    "threads": 8,
    "connection_limit": 1000,  # phones that all come back at once wait their turn
    "channel_timeout": 60,  # seconds of silence
    # Put on disk before the app is asked: no stranger may leave there what no door would take.
    "max_request_body_size": rescue.RESCUE_MAX + (1 << 20),
    "outbuf_high_watermark": 4 << 20,  # bytes of an answer: a long file waits for its reader
    "ident": "fieldlog",
}


@click.command("serve")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, help="Port to listen on; 0 takes any.")
@click.option("--workers", default=1, show_default=True, help="Processes; more need gunicorn.")
def command(host, port, workers):
    """Serve phones, machines and supervisors.

    It never changes the tables: on a database of another version it stops and says so. Before it
    listens it finishes what a crash left unfinished.
    """
    app = prepare()
    if workers > 1:
        with_gunicorn(host, port, workers)
    serve(app, host, port)


def prepare(settings: config.Settings | None = None):
    """The app, once its database is fit to be served from."""
    with opened(settings, serving=True) as app:
        if not schema.is_current():
            refuse(OLD_TABLES)
        projection.catch_up()
        return app


def serve(app, host: str, port: int) -> None:
    """One process with threads; says where it listens once it does."""
    settle()
    try:
        server = create_server(app, host=host, port=port, **OPTIONS)
    except OSError as taken:
        refuse(f"Can't listen on {host}:{port}: {taken.strerror}. Choose another with --port.")
    name, role = app.config["SETTINGS"].name, app.config["SETTINGS"].role
    click.echo(f"{name} ({role}) serves at http://{host}:{server.effective_port}")
    sys.stdout.flush()
    server.run()


def with_gunicorn(host: str, port: int, workers: int) -> None:
    """Several processes: this one becomes gunicorn's."""
    if find_spec("gunicorn") is None:
        refuse("--workers needs gunicorn: pip install 'fieldlog[postgres]'")
    program = shutil.which("gunicorn", path=os.path.dirname(sys.executable)) or "gunicorn"
    bind = f"{host}:{port}"
    options = ["--workers", str(workers), "--bind", bind, "--preload", "--no-control-socket"]
    os.execvp(program, [program, *options, f"{__name__}:settled()"])


def settled():
    """The app as gunicorn wants it, once for all its processes."""
    app = create_app()
    settle()
    return app


def settle() -> None:
    """Leave what the app is made of out of garbage collections: it stays as long as the process
    does, and looking through all of it holds every answer up for a tenth of a second."""
    gc.collect()
    gc.freeze()
