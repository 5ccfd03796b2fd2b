"""The bundle `messages`: what was sent back to an author, and words to an organisation.

Each account's phone gets its own; a node gets all, with whom each is for, and gives them out.
"""

from fieldlog.store import devices, returned
from fieldlog.store.bundles.held import value

FOR = "for"  # the accounts a message is for; taken out before a phone gets it


def all_of_them() -> list[dict]:
    """Every message that stands, the centre's first."""
    told = (value("messages") or {"messages": []})["messages"]
    return [*told, *({**one.told(), FOR: list(one.to)} for one in returned.standing())]


def devices_asked(messages: list[dict]) -> frozenset[str]:
    """Phones on which some message is for an account of theirs."""
    accounts = {account for one in messages for account in one.get(FOR, ())}
    return frozenset(devices.of_accounts(accounts))


def for_device(messages: list[dict], device: str, org: str | None) -> list[dict]:
    """What one phone is told, newest first."""
    accounts = set(devices.accounts_on(device))
    mine = [one for one in messages if accounts.intersection(one.get(FOR, ()))]
    return _plain([*mine, *_to_all(messages, org)])


def for_org(messages: list[dict], org: str | None) -> list[dict]:
    """What any phone of the organisation is told."""
    return _plain(_to_all(messages, org))


def _to_all(messages: list[dict], org: str | None) -> list[dict]:
    return [one for one in messages if FOR not in one and one.get("org") in (None, org)]


def _plain(messages: list[dict]) -> list[dict]:
    told = [{key: said for key, said in one.items() if key != FOR} for one in messages]
    return sorted(told, key=lambda one: one.get("at", ""), reverse=True)
