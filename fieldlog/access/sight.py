"""Permission as a query: what somebody may see is what a look-up through here finds.

What is not found is not there: nobody learns of records that are not theirs.
"""

from fieldlog.store import access_tokens, people
from fieldlog.store.tables import Account


def orgs(account) -> tuple[str, ...]:
    """Organisations whose records the account may read, one by one and in lists."""
    return (account.org,) if account.role == "supervisor" else ()


def collections(scope: str) -> tuple[str, ...]:
    """What a program may read of, by the scope of its token."""
    return ("places",) if scope == access_tokens.PLACES else ("visits", "events", "places")


def exactly(scope: str) -> bool:
    """Whether a program may read notes and exact positions, by the scope of its token."""
    return scope == access_tokens.DETAILS


def counted_orgs(account) -> tuple[str, ...]:
    """Organisations whose events the account may count while a week is live. The coordinator makes
    the joint picture; the others see it whole when it is frozen, which is how it is shared.
    """
    if account.role == "coordinator":
        return present_orgs()
    return orgs(account)


def present_orgs() -> tuple[str, ...]:
    """Organisations whose presence (place, time, length, organisation) is shared: all of them."""
    return tuple(org.code for org in people.orgs())


def device_orgs(account) -> tuple[str, ...]:
    """Organisations whose phones, tokens and webhooks the account may see and revoke."""
    if account.role == "admin":
        return tuple(org.code for org in people.orgs())
    return (account.org,) if account.role == "supervisor" else ()


def audited_orgs(account) -> tuple[str, ...] | None:
    """Organisations whose people's acts, and accesses to whose records, one may read; None: all."""
    return None if account.role == "auditor" else orgs(account)


def enrollable(account) -> list[Account]:
    """Accounts that the account may enrol a phone for, by name."""
    return people.accounts(device_orgs(account))


def told_orgs(account) -> tuple[str, ...]:
    """Organisations whose people the account may tell something: a coordinator all of them."""
    if account.role == "coordinator":
        return tuple(org.code for org in people.orgs())
    return (account.org,) if account.role == "supervisor" else ()


def told_people(account) -> list[Account]:
    """The people whom the account may tell something by name: those of its own organisation."""
    return people.accounts((account.org,)) if told_orgs(account) else []


def may_tell_all(account) -> bool:
    """Whether the account may speak to everyone at once, over the organisations' borders."""
    return account.role == "coordinator"
