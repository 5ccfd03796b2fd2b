"""Faults done to the line between a phone and its store, and to what comes over it."""

FAULTS = []
