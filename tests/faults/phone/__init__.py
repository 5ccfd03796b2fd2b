"""Faults that strike the phone, a file each: a real Chromium, the real app, a real centre."""

from tests.faults.phone import (
    cleared,
    clock,
    damage,
    full,
    kills,
    portal,
    power,
    slow,
    tabs,
    torn,
    update,
)

FAULTS = [
    kills.FAULT,
    power.FAULT,
    torn.FAULT,
    full.FAULT,
    cleared.FAULT,
    *portal.FAULTS,
    slow.FAULT,
    tabs.FAULT,
    update.FAULT,
    damage.FAULT,
    clock.FAULT,
]
