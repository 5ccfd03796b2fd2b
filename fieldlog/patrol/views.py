"""Three files that a phone keeps: shell, worker, manifest, the same bytes for everyone, always;
and what the organisation asks of its phones.
"""

import re
from functools import lru_cache

from flask import Blueprint, Response, jsonify, render_template
from markupsafe import Markup

from fieldlog import packed
from fieldlog.access.guard import open_to_all
from fieldlog.config import current
from fieldlog.patrol.manifest import MANIFEST
from fieldlog.resources import resource

door = Blueprint("patrol", __name__, url_prefix="/app")

ASK_AGAIN = "no-cache"


@door.get("/")
@open_to_all
def shell():
    """The page that starts the app; it is precached, so it may hold nothing of anyone."""
    page = render_template("patrol/shell.html", icons=_icons())
    return _kept(packed.page(Response(page, mimetype="text/html")))


@door.get("/sw.js")
@open_to_all
def worker():
    """The worker under a name for ever, so that every later version replaces it."""
    answer = packed.send(resource("static") / "dist", "sw.js")
    answer.headers["Service-Worker-Allowed"] = "/app/"
    return _kept(answer)


@door.get("/manifest.webmanifest")
@open_to_all
def manifest():
    """What makes the app installable."""
    answer = jsonify(MANIFEST)
    answer.mimetype = "application/manifest+json"
    return _kept(answer)


@door.get("/lock.json")
@open_to_all
def lock():
    """Whether phones are sealed here, when they lock, and whether they may take photos.

    Asked before enrolment and at starts.
    """
    settings = current()
    return _kept(
        jsonify(
            lock=settings.phone_lock,
            idle_minutes=settings.phone_lock_idle,
            photos=settings.phone_photos,
        )
    )


@lru_cache
def _icons() -> Markup:
    """The icons as the page's own: a browser parses another file of them anew at each screen."""
    sprite = resource("static/icons/sprite.svg").read_text(encoding="utf-8")
    bare = re.sub(r"<!--.*?-->\s*", "", sprite, flags=re.DOTALL)
    return Markup(bare.replace('<symbol id="', '<symbol id="icon-'))


def _kept(answer: Response) -> Response:
    answer.headers["Cache-Control"] = ASK_AGAIN
    return answer
