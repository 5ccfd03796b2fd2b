"""Faults that strike the phone, a file each: a real Chromium, the real app, a real centre."""

from tests.faults.phone import kills, power

FAULTS = [kills.FAULT, power.FAULT]
