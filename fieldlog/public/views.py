"""What anyone may open: the front page, the choice of language, the pulse a monitor reads."""

from http import HTTPStatus

from flask import abort, jsonify, redirect, render_template, request
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from fieldlog.access.guard import open_to_all
from fieldlog.access.onwards import within
from fieldlog.language import CHOICES, remember
from fieldlog.public.door import door
from fieldlog.store.database import reading


@door.get("/")
@open_to_all
def home():
    """What this is and who to ask. Holds no data."""
    return render_template("public/home.html")


@door.post("/language")
@open_to_all
def language():
    """Remember the chosen language and go back to where the reader was."""
    code = request.form.get("language", "")
    if code not in CHOICES:
        abort(HTTPStatus.BAD_REQUEST)
    return remember(redirect(within(request.form.get("next")), HTTPStatus.SEE_OTHER), code)


@door.get("/healthz")
@open_to_all
def healthz():
    """200 when the database answers, 503 when it does not; nothing about what is in it."""
    try:
        reading().execute(text("SELECT 1"))
    except SQLAlchemyError:
        return jsonify(ok=False, database="does not answer"), HTTPStatus.SERVICE_UNAVAILABLE
    return jsonify(ok=True)
