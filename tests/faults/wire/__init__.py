"""Faults done to the line between a phone and its store, and to what comes over it."""

from tests.faults.wire import lines, meanwhile, poison, slow

FAULTS = [*lines.FAULTS, *slow.FAULTS, *meanwhile.FAULTS, *poison.FAULTS]
