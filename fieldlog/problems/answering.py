"""Answers a refusal: JSON for a machine, a page for a person. Knows no door."""

from flask import Flask, Response, current_app, jsonify, render_template, request
from markupsafe import escape
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from werkzeug.exceptions import HTTPException

from fieldlog.problems.kinds import BAD_REQUEST, BUSY, BY_STATUS, FULL, INTERNAL, Problem

RETRY_SOON_S = 2
MACHINES = ("/sync/", "/features")  # where programs ask


class Refused(Exception):
    """Raise to answer with a problem. `detail` names the fault to a machine, never content."""

    def __init__(self, problem: Problem, *, detail: str = "", retry_after: int | None = None):
        super().__init__(problem.code)
        self.problem = problem
        self.detail = detail
        self.retry_after = retry_after


def init(app: Flask) -> None:
    """Answer every refusal and every fault of `app` in one manner."""
    app.register_error_handler(Refused, _refused)
    app.register_error_handler(HTTPException, _http)
    for fault in (OperationalError, InterfaceError, PoolTimeout):
        app.register_error_handler(fault, _database)


def answer(problem: Problem, detail: str = "", retry_after: int | None = None) -> Response:
    """The response for a problem: JSON for machines, a page for people."""
    if request.path.startswith(MACHINES):
        response = jsonify(error=problem.code, message=_worded(problem, detail))
    else:
        response = Response(_page(problem), mimetype="text/html")
    response.status_code = problem.status
    if retry_after is None and problem.status in (429, 503):
        retry_after = RETRY_SOON_S
    if retry_after is not None:
        response.headers["Retry-After"] = str(retry_after)
    if problem.status == 401 and request.path.startswith(MACHINES):
        response.headers["WWW-Authenticate"] = 'Bearer realm="fieldlog"'
    return response


def _page(problem: Problem) -> str:
    """The page; without its frame where even that can't be made (no database, no such host)."""
    try:
        return render_template("problems/problem.html", problem=problem)
    except Exception:
        current_app.logger.exception("the page of %s could not be made", problem.code)
        title, what = escape(problem.sentence), escape(problem.what_to_do)
        return f"<!doctype html><title>{title}</title><h1>{title}</h1><p>{what}</p>"


def _worded(problem: Problem, detail: str) -> str:
    parts = [str(problem.sentence), detail, str(problem.what_to_do)]
    return " ".join(part for part in parts if part)


def _refused(refused: Refused) -> Response:
    return answer(refused.problem, refused.detail, refused.retry_after)


def _http(error: HTTPException) -> Response:
    if error.code is None or error.code < 400:
        return error.get_response()
    problem = BY_STATUS.get(error.code, INTERNAL if error.code >= 500 else BAD_REQUEST)
    response = answer(problem, _wrong_fields(error))
    response.status_code = error.code
    for name, value in error.get_headers():
        if name in ("Allow", "Retry-After"):
            response.headers[name] = value
    return response


def _wrong_fields(error: HTTPException) -> str:
    """Which fields a schema found wrong, and why: webargs hangs that on the error."""
    places = getattr(error, "data", {}).get("messages", {}).values()
    found = (place.items() for place in places if isinstance(place, dict))
    return " ".join(
        f"{name}: {' '.join(map(str, why))}"
        for fields in found
        for name, why in fields
        if isinstance(why, list)
    )


def _database(error: Exception) -> Response:
    """A lock or a lost connection passes by; a full disk does not."""
    return answer(FULL if _no_room(error) else BUSY)


def _no_room(error: Exception) -> bool:
    text = str(getattr(error, "orig", error)).lower()
    return "disk is full" in text or "no space left" in text
