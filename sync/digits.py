"""Whole numbers as texts bear them: a stranger's digits may be of any script, and without end."""


def whole(text: str, most: int) -> int | None:
    """The number from 0 to `most` that a text says in plain digits; None for anything else."""
    plain = text.isascii() and text.isdigit() and len(text) <= len(str(most))
    return int(text) if plain and int(text) <= most else None
