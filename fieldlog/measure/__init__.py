"""The figures: pure functions from numbers and moments to numbers. Knows no store, no door, no
clock, and nobody's name; imports nothing of ours.

Minutes are of the clock in UTC, counts are whole numbers, a share or a chance lies in 0–1. A
figure that can't be had is None, never 0.
"""
