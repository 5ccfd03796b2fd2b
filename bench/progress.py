"""Bars for whoever waits; none where nobody looks."""

from collections.abc import Iterable

from tqdm import tqdm


def turns(many: Iterable, what: str) -> Iterable:
    """`many`, with a bar while it is gone through."""
    return tqdm(many, desc=what, leave=False, disable=None)  # None: only on a terminal
