"""The bundle `messages`: what was sent back to an author, and words to everyone, some or one.

Each account's phone gets its own; a node gets all, with whom each is for, and gives them out.
"""

from datetime import UTC, datetime

from fieldlog.store import devices, messages, returned
from fieldlog.store.bundles.held import value

FOR = "for"  # the accounts a message is for; taken out before a phone gets it


def all_of_them() -> list[dict]:
    """Every message that stands, the centre's first."""
    told = (value("messages") or {"messages": []})["messages"]
    asked = ({**one.told(), FOR: list(one.to)} for one in returned.standing())
    return [*told, *asked, *map(_said, messages.standing(datetime.now(UTC)))]


def devices_asked(every: list[dict]) -> frozenset[str]:
    """Phones on which some message is for an account of theirs."""
    accounts = {account for one in every for account in one.get(FOR, ())}
    return frozenset(devices.of_accounts(accounts))


def for_device(every: list[dict], device: str, org: str | None) -> list[dict]:
    """What one phone is told, newest first."""
    accounts = set(devices.accounts_on(device))
    mine = [one for one in every if accounts.intersection(one.get(FOR, ()))]
    return _plain([*mine, *_to_all(every, org)])


def for_org(every: list[dict], org: str | None) -> list[dict]:
    """What any phone of the organisation is told."""
    return _plain(_to_all(every, org))


def _said(one: messages.Told) -> dict:
    """As a phone is told it; with no `org` and nobody it is for, everyone is meant."""
    words = {"id": one.id, "kind": one.kind, "text": one.text, "at": one.at.isoformat()}
    whom = {FOR: [one.account]} if one.account else {"org": one.org}
    return words | {"from": one.name, "by": one.by} | whom


def _to_all(every: list[dict], org: str | None) -> list[dict]:
    return [one for one in every if FOR not in one and one.get("org") in (None, org)]


def _plain(every: list[dict]) -> list[dict]:
    told = [{key: said for key, said in one.items() if key != FOR} for one in every]
    return sorted(told, key=lambda one: one.get("at", ""), reverse=True)
