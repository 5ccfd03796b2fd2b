"""Visits, events and quarantine, made from the entries: followed, caught up, made again.

Everything here can be repeated, and stopped at any line: a watermark on each log says how far
it has come, and the same entries always give the same rows. Knows nothing of how entries came.
"""

from fieldlog.store.projection.drafting import draft
from fieldlog.store.projection.following import catch_up, project
from fieldlog.store.projection.remaking import rebuild, rejudge

__all__ = ["catch_up", "draft", "project", "rebuild", "rejudge"]
