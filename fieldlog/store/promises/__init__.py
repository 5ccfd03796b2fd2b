"""Agreements, promises, focus areas, commitments and their sources: what was in force when, and
what it asks of each place in a week. Knows nothing of what was done.
"""

from fieldlog.store.promises.editing import Edit, TooLate, keep, newest
from fieldlog.store.promises.guard import NotReady, missing
from fieldlog.store.promises.known import Known, Unknown
from fieldlog.store.promises.standing import Standing, standing
from fieldlog.store.promises.targets import Target, targets
from fieldlog.store.promises.things import (
    Agreement,
    Commitment,
    Focus,
    Promise,
    Source,
    Thing,
)

__all__ = [
    "Agreement",
    "Commitment",
    "Edit",
    "Focus",
    "Known",
    "NotReady",
    "Promise",
    "Source",
    "Standing",
    "Target",
    "Thing",
    "TooLate",
    "Unknown",
    "keep",
    "missing",
    "newest",
    "standing",
    "targets",
]
