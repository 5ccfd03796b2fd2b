"""Whose records a picture is made of. Knows no account."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Sight:
    """Presence is shared between the organisations; `events` are of those whose events the
    reader may count."""

    presence: tuple[str, ...]
    events: tuple[str, ...]
