"""The door itself, and what stands in its frame on every page: the rooms and the reader.

Knows nothing of what is behind the pages.
"""

from dataclasses import dataclass

from flask import Blueprint
from flask_babel import LazyString
from flask_babel import lazy_gettext as later
from flask_login import current_user

from fieldlog.access.guard import may
from fieldlog.review import labels, names

door = Blueprint("review", __name__)


@dataclass(frozen=True)
class Room:
    """One entry of the navigation, seen by those who may `verb`."""

    endpoint: str
    verb: str
    name: LazyString


ROOMS = (
    Room("review.log", "log.read", later("Log")),
    Room("review.weeks", "week.read", later("The week")),
    Room("review.places", "places.read", later("Places")),
    Room("review.promise", "promise.read", later("Promise")),
    Room("review.devices", "devices.read", later("Devices and nodes")),
    Room("review.quarantine", "quarantine.read", later("Quarantine")),
    Room("review.told", "messages.write", later("Messages")),
    Room("review.nights", "nights.read", later("Nights")),
    Room("review.audit", "audit.read", later("Audit log")),
    Room("review.accesses", "accesses.read", later("Who read mine")),
)


@dataclass(frozen=True)
class Reader:
    """Who reads, in words."""

    name: str
    role: str
    org: str


@door.app_context_processor
def frame() -> dict:
    """`rooms` and `reader` for the top line; nothing for one who is not signed in."""
    if not current_user.is_authenticated:
        return {"rooms": (), "reader": None}
    return {
        "rooms": [room for room in ROOMS if may(room.verb)],
        "reader": Reader(
            current_user.name,
            labels.of(labels.ROLES, current_user.role),
            names.organisation(current_user.org),
        ),
    }
