"""Whether a demo may touch a database: only one that is empty, or its own."""

from sqlalchemy import func, select

from fieldlog.demo.folder import Kept
from fieldlog.store import identity, schema
from fieldlog.store.database import reading
from fieldlog.store.tables import Account, Entry


def state(kept: Kept) -> str:
    """`empty`, `ours`, `ours unfinished`, or `real` for what belongs to somebody."""
    if schema.current() is None:
        return "empty"
    if _is_ours(kept):
        return "ours" if kept.whole and schema.is_current() else "ours unfinished"
    return "real" if _has(Account) or _has(Entry) else "empty"


def _is_ours(kept: Kept) -> bool:
    try:
        return bool(kept.device) and identity.get().device == kept.device
    except identity.NoIdentity:
        return False


def _has(table) -> bool:
    return reading().scalar(select(func.count()).select_from(select(table).limit(1).subquery())) > 0
