"""Faults done to a server, its disk, its database and its nightly job."""

from tests.faults.servers import kills, power, syscalls

FAULTS = [*kills.FAULTS, *power.FAULTS, *syscalls.FAULTS]
