"""Makes the bundles of this store, and says which of them a device may have.

The same content gives the same bytes and so the same hash: nothing in them tells when it was made.
"""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from threading import Lock
from time import monotonic

from flask import current_app
from sqlalchemy import select

from fieldlog import config
from fieldlog.store import categories, devices, places
from fieldlog.store.bundles import conditions, enrolled, messages, plan
from fieldlog.store.bundles.held import keep, value
from fieldlog.store.database import reading
from fieldlog.store.tables import Bundle

FOR_PHONES = ("places", "categories", "plan", "conditions", "messages", "erased")
FOR_NODES = (*FOR_PHONES, "devices")

# Seconds for which a phone may be told of a bundle that has changed since: it stands in every
# answer, and making it for each push would cost more than the push.
FRESH_S = 2.0
FRESH_PLAN_S = 30.0

ALL = "all"
NODES = "nodes"


def names(kind: str) -> tuple[str, ...]:
    """Bundles that a device of this kind may have."""
    return FOR_NODES if kind == "node" else FOR_PHONES


def scope_of(name: str, device) -> str:
    """Whose bytes a device gets of a bundle: everyone's, its organisation's, its own."""
    if name == "devices" or (name in ("messages", "conditions") and device.kind == "node"):
        return NODES
    if name == "conditions":
        return f"org:{device.org or ''}"
    if name != "messages":
        return ALL
    asked = _memory_of("messages", FRESH_S, lambda: messages.devices_asked(messages.all_of_them()))
    return f"device:{device.id}" if device.id in asked else f"org:{device.org or ''}"


def refs(device) -> dict[str, str]:
    """Hash of each bundle that the device may have, as every answer tells it."""
    fresh = device.kind == "node"  # a node asks once a night, and must not miss what is new
    return {name: _known(name, scope_of(name, device), fresh) for name in names(device.kind)}


def bundle(name: str, scope: str = ALL) -> tuple[str, bytes]:
    """A bundle as it is now: (SHA-256, bytes). It is kept, so that it can be fetched by hash."""
    body = _bytes(_BODIES[name](scope))
    return keep(name, scope, body), body


def stored(name: str, digest: str, device) -> bytes | None:
    """The bytes with this hash, if the device may have them."""
    if name not in names(device.kind):
        return None
    scopes = {scope_of(name, device)}
    if name == "messages":  # heard of just before the last one of its own was answered
        scopes |= {f"device:{device.id}", f"org:{device.org or ''}"}
    wanted = select(Bundle.body).where(
        Bundle.sha256 == digest, Bundle.name == name, Bundle.scope.in_(scopes)
    )
    return reading().scalars(wanted.limit(1)).first()


def forget() -> None:
    """Make every bundle anew at the next answer: something they tell has changed."""
    _memory()["known"].clear()


def _known(name: str, scope: str, fresh: bool) -> str:
    """The hash as last made, unless that is too long ago."""
    memory = _memory()
    limit = FRESH_PLAN_S if name == "plan" else FRESH_S
    with memory["lock"]:
        made_at, digest = memory["known"].get((name, scope), (0.0, ""))
        if not fresh and digest and monotonic() - made_at < limit:
            return digest
        digest, _ = bundle(name, scope)
        memory["known"][name, scope] = (monotonic(), digest)
        return digest


def _memory_of(what: str, limit: float, make: Callable):
    """Something else that every answer needs, made anew when it is older than `limit` seconds."""
    memory = _memory()
    with memory["lock"]:
        made_at, known = memory["known"].get(what, (0.0, None))
        if known is None or monotonic() - made_at >= limit:
            known = make()
            memory["known"][what] = (monotonic(), known)
        return known


def _memory() -> dict:
    """What this process last made, for this app."""
    return current_app.extensions.setdefault("fieldlog-bundles", {"lock": Lock(), "known": {}})


def _bytes(body: dict) -> bytes:
    return json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()


def _plan(_scope: str) -> dict:
    return plan.body(datetime.now(UTC), config.current().timezone)


def _conditions(scope: str) -> dict:
    """A node gets them with whose they are, a phone only its organisation's."""
    kind, _, whose = scope.partition(":")
    told = conditions.for_org(whose) if kind == "org" else conditions.for_node()
    return {"conditions": told}


def _messages(scope: str) -> dict:
    """A node gets them with whom they are for, a phone only its own."""
    every = messages.all_of_them()
    kind, _, whose = scope.partition(":")
    if kind == "device":
        return {"messages": messages.for_device(every, whose, devices.org_of(whose))}
    return {"messages": messages.for_org(every, whose) if kind == "org" else every}


_BODIES = {
    "places": lambda _scope: {"places": places.listed()},
    "categories": lambda _scope: {"tiles": categories.tiles()},
    "plan": _plan,
    "conditions": _conditions,
    "messages": _messages,
    "erased": lambda _scope: value("erased") or {"erased": []},
    "devices": lambda _scope: enrolled.body(),
}
