"""What the log and a week show, taken home as files: the same rights, and it is logged.

Hangs its pages on the door when it is imported.
"""

from fieldlog.review.exports import calendar, figures, page  # noqa: F401
