"""What people do at a door, told to the audit log: who, which verb, about what. Never a text.

A door calls `told` in the transaction of an act, or once it knows what is read and before it is
shown: what could not be logged is not shown. Refusals are told by the gate.
"""

from flask import g
from flask_login import current_user

from fieldlog.store import audit
from fieldlog.store.audit import Act

REFUSED = "refused"
SIGNED_IN, SIGNED_OUT, NOT_SIGNED_IN = "login", "logout", "login.refused"


def told(what: str, subject: str | None = None, **about) -> None:
    """The reader has done `what`. `about`: owner, author and detail, as `store.audit.Act` has."""
    by(_asker(), what, subject, **about)


def by(account, what: str, subject: str | None = None, **about) -> None:
    """The same of another than who is signed in; None: of nobody known."""
    who = {"account": account.id, "role": account.role, "org": account.org} if account else {}
    audit.write(Act(what, **who, subject=subject, **about))


def of_record(what: str, row, **detail) -> None:
    """The reader has done `what` with a record; `row` is a visit's or an event's."""
    told(what, row.rid.hex(), owner=row.org, author=row.account, detail=detail or None)


def refused(verb: str, values: dict) -> None:
    """The reader asked for something and was refused; `values` are those of the address."""
    named = (str(values[name]) for name in ("rid", "entry", "device", "id") if name in values)
    told(REFUSED, next(filter(_is_id, named), None), detail={"verb": verb})


def _asker():
    """Who is signed in, or answers for the token; None: nobody."""
    if reader := g.get("reader"):
        return reader.account
    return current_user if current_user.is_authenticated else None


def _is_id(text: str) -> bool:
    """An address may hold anything that somebody typed."""
    return len(text) <= 36 and all(sign in "0123456789abcdef-" for sign in text)
