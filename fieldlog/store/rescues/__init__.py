"""Rescue files: kept as they came, opened at the centre, passed on by a node.

Knows nothing of HTTP, and nothing of who may bring one.
"""

from fieldlog.store.rescues.kept import (
    RETENTION,
    file,
    held_bytes,
    keep,
    let_go,
    of,
    recent,
    refused,
    taken,
    waiting,
)
from fieldlog.store.rescues.taking import Unproven, take

__all__ = [
    "RETENTION",
    "Unproven",
    "file",
    "held_bytes",
    "keep",
    "let_go",
    "of",
    "recent",
    "refused",
    "take",
    "taken",
    "waiting",
]
