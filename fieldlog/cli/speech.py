"""How every command speaks: a sentence or JSON on stdout, progress and refusals on stderr."""

import json
import sys
from collections.abc import Callable
from contextlib import contextmanager
from functools import wraps

import click
from sqlalchemy.exc import OperationalError, ProgrammingError
from tqdm import tqdm

from fieldlog import config, create_app
from fieldlog.store import schema
from fieldlog.store.database import db

json_option = click.option("--json", "as_json", is_flag=True, help="Answer in JSON.")
progress_option = click.option(
    "--progress/--no-progress", default=None, help="Show a bar (default: on a terminal)."
)


def in_app(command: Callable) -> Callable:
    """Run the command inside the app, with its tables as this version wants them."""

    @wraps(command)
    def inside(*args, **kwargs):
        with opened():
            if not schema.is_current():
                refuse(OLD_TABLES)
            return command(*args, **kwargs)

    return inside


@contextmanager
def opened(settings: config.Settings | None = None, *, serving: bool = False):
    """The app, with its context; a bad setting or an unreachable database ends in a sentence."""
    try:
        app = create_app(settings, serving=serving)
        with app.app_context():
            try:
                yield app
            finally:
                db.session.remove()
                db.engine.dispose()
    except config.BadSetting as bad:
        refuse(str(bad))
    except (OperationalError, ProgrammingError) as broken:
        refuse(f"The database can't be used: {broken.orig}")


OLD_TABLES = "The database lacks tables of this version. Run: fieldlog store init"


def say(sentence: str, told: dict, as_json: bool = False) -> None:
    """The command's answer, for people or for programs."""
    click.echo(json.dumps(told, ensure_ascii=False) if as_json else sentence)


def refuse(sentence: str, code: int = 1) -> None:
    """End the command with a sentence that says what to do."""
    click.echo(sentence, err=True)
    raise SystemExit(code)


def bar(what: str, total: int | None = None, shown: bool | None = None, unit: str = "") -> tqdm:
    """A progress bar on stderr; off where that is no terminal, unless asked for."""
    hidden = not sys.stderr.isatty() if shown is None else not shown
    return tqdm(desc=what, total=total, disable=hidden, unit=unit, file=sys.stderr, leave=True)
