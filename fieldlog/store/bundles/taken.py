"""What a node does with a bundle of the centre's: puts it in force, then judges its records again.

Knows nothing of how it was fetched.
"""

import json
from datetime import UTC, datetime

from sqlalchemy.exc import DataError, IntegrityError

from fieldlog.store import categories, places, projection
from fieldlog.store.bundles import enrolled, made
from fieldlog.store.bundles.held import UPSTREAM, keep

JUDGED_BY = ("places", "categories", "devices")


def apply(name: str, body: bytes) -> None:
    """Put a fetched bundle in force. Raises ValueError when it is not what its name says."""
    now = datetime.now(UTC)
    try:
        told = json.loads(body)
        _put_in_force(name, told, now)
    except (KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ValueError(f"the bundle {name} is not built as expected: {error!r}") from error
    except (IntegrityError, DataError) as error:  # a login that was given here by hand too
        kind = type(error.orig).__name__
        raise ValueError(f"the bundle {name} clashes with what stands here: {kind}") from error
    keep(name, UPSTREAM, body)
    made.forget()
    if name in JUDGED_BY:
        projection.rejudge()


def _put_in_force(name: str, told: dict, now: datetime) -> None:
    match name:
        case "places":
            places.replace(told["places"], now)
        case "categories":
            categories.replace(told["tiles"])
        case "devices":
            enrolled.apply(told, now)
        case "plan" | "conditions" | "messages" | "erased":
            told["places" if name == "plan" else name]
        case _:
            raise ValueError(f"no bundle is called {name}")
