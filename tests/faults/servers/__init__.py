"""Faults done to a server, its disk, its database and its nightly job."""

from tests.faults.servers import copies, crowd, flips, full, kills, locks, nights, power, syscalls

FAULTS = [
    *kills.FAULTS,
    *power.FAULTS,
    *syscalls.FAULTS,
    *full.FAULTS,
    *locks.FAULTS,
    *nights.FAULTS,
    *copies.FAULTS,
    *flips.FAULTS,
    *crowd.FAULTS,
]
