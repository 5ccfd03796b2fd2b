"""What the log shows, taken home as a file: the same query, the same rights, and it is logged.

Hangs its pages on the door when it is imported.
"""

from fieldlog.review.exports import calendar, page  # noqa: F401
