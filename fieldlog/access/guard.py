"""The one gate in front of every view: nobody passes unless the view says who may.

A view says it by a decorator; one that says nothing, or is open without being listed, is refused.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from itertools import chain
from urllib.parse import urlencode

from flask import Flask, current_app, g, redirect, request
from flask_login import current_user

from fieldlog import problems
from fieldlog.access import audit, machines, readers, verbs
from fieldlog.problems import Refused

# Who is told that something is not there may have asked for what is not theirs.
TOLD = (problems.NOT_FOUND, problems.NOT_ALLOWED)


@dataclass(frozen=True)
class Guard:
    """What a view asks for: kind is `people`, `machine`, `reader` or `open`."""

    kind: str
    verb: str = ""


def guard(verb: str) -> Callable:
    """For people: signed in, with a role that may `verb`."""
    return _mark(Guard("people", verb), verbs.PEOPLE)


def machine(verb: str) -> Callable:
    """For devices: a token, of a kind that may `verb`. The device is then `g.device`."""
    return _mark(Guard("machine", verb), verbs.MACHINES)


def reader(verb: str) -> Callable:
    """For programs: an access token whose scope may `verb`. Who bears it is then `g.reader`."""
    return _mark(Guard("reader", verb), verbs.READERS)


def open_to_all(view: Callable) -> Callable:
    """For everyone; the endpoint must also stand in verbs.OPEN."""
    view.guard = Guard("open")
    return view


def guard_of(view: Callable) -> Guard | None:
    """What a view asks for, or None if it says nothing."""
    return getattr(view, "guard", None)


def may(verb: str) -> bool:
    """Whether the person who is signed in may `verb`."""
    return current_user.role in verbs.PEOPLE[verb]


def init(app: Flask) -> None:
    """Put the gate in front of every request of `app`."""
    app.before_request(_gate)
    open_to_all(app.view_functions["static"])


def _mark(mark: Guard, known: dict) -> Callable:
    if mark.verb not in known:
        raise KeyError(f"the verb {mark.verb!r} is not in access/verbs.py")

    def decorate(view: Callable) -> Callable:
        @wraps(view)
        def guarded(*args, **kwargs):
            try:
                return view(*args, **kwargs)
            except Refused as refused:
                if mark.kind in ("people", "reader") and refused.problem in TOLD:
                    audit.refused(mark.verb, kwargs)
                raise

        guarded.guard = mark
        return guarded

    return decorate


def _gate():
    """Refuse, redirect to login, or let pass (None)."""
    if request.endpoint is None:
        return None  # no such route: the 404 says nothing about who may
    asked = guard_of(current_app.view_functions[request.endpoint])
    if asked is None:
        raise Refused(problems.NOT_ALLOWED)
    if asked.kind == "machine":
        g.device = machines.admit(asked.verb)
        return None
    if asked.kind == "reader":
        g.reader = readers.admit(asked.verb)
        return None
    _same_origin()
    if asked.kind == "open":
        if request.endpoint not in verbs.OPEN:
            raise Refused(problems.NOT_ALLOWED)
        return _keepable()
    return _person(asked.verb) or _keepable()


def _person(verb: str):
    if not current_user.is_authenticated:
        if request.method in ("GET", "HEAD"):
            return redirect(f"/login?{_next()}")
        raise Refused(problems.NOT_SIGNED_IN)
    if not may(verb):
        audit.refused(verb, request.view_args or {})
        raise Refused(problems.NOT_ALLOWED)
    return None


def _keepable() -> None:
    """Nobody types a zero byte, and PostgreSQL keeps none: refused once, whatever it stands in."""
    texts = chain.from_iterable(request.form.listvalues())
    if "\0" in request.path or b"%00" in request.query_string or any("\0" in one for one in texts):
        raise Refused(problems.BAD_REQUEST)


def _next() -> str:
    return urlencode({"next": request.full_path.rstrip("?")})


def _same_origin() -> None:
    """A form posted from another site is refused before its token is even looked at."""
    if request.method in ("GET", "HEAD", "OPTIONS"):
        return
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
        raise Refused(problems.WRONG_ORIGIN)
