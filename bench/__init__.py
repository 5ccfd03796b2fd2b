"""Measures what the plan aims at: `make bench`. Each figure is a median, each speed a ratio too."""
