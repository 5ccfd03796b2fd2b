"""Lets one merge at a time be decided: of two records merged into each other at the same moment
neither would count in any figure. Knows nothing of who may merge.
"""

import sqlalchemy as sa

from fieldlog.store.database import is_sqlite, writing
from fieldlog.store.tables import Event, Visit

MERGE_LOCK = 8  # the first key of PostgreSQL's advisory locks: one number a purpose


def can_stand(rid: bytes) -> bool:
    """Whether the record may stand for another: it is no double itself. Nobody else's merge comes
    between until the surrounding `writing()` ends.
    """
    with writing() as session:
        if not is_sqlite():
            session.execute(sa.select(sa.func.pg_advisory_xact_lock(MERGE_LOCK, 0)))
        doubles = (
            sa.select(model.rid).where(model.rid == rid, model.merged_into.is_not(None))
            for model in (Visit, Event)
        )
        return session.execute(sa.union_all(*doubles)).first() is None
