"""Faults done to the real thing, and a count of what was acknowledged, lost and doubled."""
