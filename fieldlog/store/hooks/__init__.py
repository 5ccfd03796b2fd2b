"""Webhooks: who is told, what is to be told, and how far that has come.

What happens is noted in the transaction in which it happens; it is sent later, by a command. Knows
no HTTP.
"""

from fieldlog.store.hooks.kept import ACUTE, DECIDED, EVENTS, FROZEN, KEPT, add, end, listed
from fieldlog.store.hooks.noted import of_events, of_week, trial
from fieldlog.store.hooks.sending import Due, anew, done, due, failed, lately, lock, prune

__all__ = [
    "ACUTE",
    "DECIDED",
    "EVENTS",
    "FROZEN",
    "KEPT",
    "Due",
    "add",
    "anew",
    "done",
    "due",
    "end",
    "failed",
    "lately",
    "listed",
    "lock",
    "of_events",
    "of_week",
    "prune",
    "trial",
]
