"""Copies of a whole store in one file, made while it runs, and a store made again from one.

A copy holds everything the store does, its keys too: it is to be guarded like the store.
"""

from fieldlog.store.backup.archive import BadCopy, manifest
from fieldlog.store.backup.making import make, prune
from fieldlog.store.backup.restoring import Occupied, restore

__all__ = ["BadCopy", "Occupied", "make", "manifest", "prune", "restore"]
