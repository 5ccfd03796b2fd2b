"""What the weekly meeting reads and what it leaves: rows in a span of time, frozen pictures,
decisions, actions. Knows no figure, no reader and no page.
"""
