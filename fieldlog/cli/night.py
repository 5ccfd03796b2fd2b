"""One night of a store: what it holds goes to the centre, what it keeps is checked, a row tells.

Knows nothing of commands or of how progress is shown.
"""

import random
import time
from collections.abc import Callable
from dataclasses import asdict
from datetime import UTC, datetime

from fieldlog import config
from fieldlog.cli.files import Files
from fieldlog.cli.speech import refuse
from fieldlog.store import audit, bundles, hooks, nightcheck, nights, outbox
from fieldlog.store.blobs import carrying
from sync import nightly
from sync.http import Peer
from sync.messages import compare
from sync.nightly import Night

DETAILS = (
    "remark", "differing", "requests", "centre_digest", "missed", "photos", "rescues", "check",
    "audit", "pruned",
)  # fmt: skip


class Shelf:
    """The bundles this node keeps, as the nightly job asks for them."""

    def has(self, name: str, sha256: str) -> bool:
        held = bundles.held(name)
        return held is not None and held.sha256 == sha256

    def apply(self, name: str, body: bytes) -> None:
        bundles.apply(name, body)


def centre(settings: config.Settings) -> Peer:
    """The centre of this node; refuses with a sentence where it has none or no token for it."""
    if settings.role == "centre":
        refuse("This store is the centre: there is nowhere to sync to (FIELDLOG_UPSTREAM).")
    if not settings.upstream_token:
        refuse("FIELDLOG_UPSTREAM_TOKEN is not set. At the centre: fieldlog node add NAME")
    return Peer(settings.upstream, settings.upstream_token)


def run(
    peer: Peer | None,
    report: Callable,
    pause: Callable[[float], None] = time.sleep,
    *,
    check: bool = False,
) -> dict:
    """The night, told as a dict; its row stands from the start, so that a killed one shows.

    Only for who holds `outbox.lock()`. Without a `peer` (at the centre) nothing is sent. `check`:
    chains and projections are gone through, and a fault keeps the night from being whole.
    """
    settings = config.current()
    nights.bury(settings.name)
    began = datetime.now(UTC)
    missed = nights.missed(settings.name, began, settings.timezone)
    row = nights.begin(settings.name, began, settings.timezone)
    try:
        night = _bring(peer, report, pause) if peer else Night("ok")
        told = _told(night, settings.name) | {"missed": missed}
        nights.keep(row, **_columns(told))
        if check:
            told["check"] = nightcheck.check(lambda n: report("check", n, 0))
            told["outcome"] = _worse(told)
        told["pruned"] = hooks.prune(datetime.now(UTC))
        told["audit"] = str(audit.head())
    except BaseException as fault:
        why = {"remark": type(fault).__name__}
        nights.finish(row, datetime.now(UTC), "failed", detail=why)
        raise
    ended = datetime.now(UTC)
    nights.finish(row, ended, told["outcome"], **_columns(told))
    return told | {"seconds": round((ended - began).total_seconds(), 2)}


def _bring(peer: Peer, report: Callable, pause: Callable[[float], None]) -> Night:
    return nightly.run(
        outbox,
        peer,
        report,
        shelf=Shelf(),
        files=Files(),
        photos=carrying,
        pause=pause,
        chance=random.random,
    )


def _told(night: Night, node: str) -> dict:
    told = asdict(night)
    told["centre_digest"] = told.pop("digest")
    told["digest"] = compare.digest(outbox.lines()).hex()
    return {"node": node, **told}


def _columns(told: dict) -> dict:
    """The row's part of it."""
    columns = {name: told[name] for name in ("sent", "verified", "refused", "digest")}
    return columns | {"detail": {name: told[name] for name in DETAILS if name in told}}


def _worse(told: dict) -> str:
    faulty = told["outcome"] == "ok" and told["check"]["faults"]
    return "remark" if faulty else told["outcome"]
