"""Faults that strike the phone, a file each: a real Chromium, the real app, a real centre."""

from tests.faults.phone import cleared, clock, damage, kills, portal, power, tabs

FAULTS = [
    kills.FAULT,
    power.FAULT,
    *portal.FAULTS,
    tabs.FAULT,
    clock.FAULT,
    cleared.FAULT,
    damage.FAULT,
]
