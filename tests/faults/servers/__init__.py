"""Faults done to a server, its disk, its database and its nightly job."""

FAULTS = []
