"""One night of a node: hands the store's outbox and the network to sync.nightly, keeps a row of it.

Knows nothing of commands or of how progress is shown.
"""

import random
import time
from collections.abc import Callable
from dataclasses import asdict
from datetime import UTC, datetime

from fieldlog import config
from fieldlog.store import bundles, nights, outbox
from sync import nightly
from sync.http import Peer
from sync.messages import compare
from sync.nightly import Night


class Shelf:
    """The bundles this node keeps, as the nightly job asks for them."""

    def has(self, name: str, sha256: str) -> bool:
        held = bundles.held(name)
        return held is not None and held.sha256 == sha256

    def apply(self, name: str, body: bytes) -> None:
        bundles.apply(name, body)


def run(peer: Peer, report: Callable, pause: Callable[[float], None] = time.sleep) -> dict:
    """The night, told as a dict; its row stands from the start, so that a killed one shows."""
    settings = config.current()
    row = nights.begin(settings.name, datetime.now(UTC), settings.timezone)
    started = time.monotonic()
    try:
        night = nightly.run(outbox, peer, report, shelf=Shelf(), pause=pause, chance=random.random)
    except BaseException as fault:
        nights.finish(row, datetime.now(UTC), "failed", detail={"remark": repr(fault)})
        raise
    told = _told(night, settings.name, time.monotonic() - started)
    nights.finish(
        row,
        datetime.now(UTC),
        night.outcome,
        sent=night.sent,
        verified=night.verified,
        refused=night.refused,
        digest=told["digest"],
        detail={k: told[k] for k in ("remark", "differing", "requests", "centre_digest")},
    )
    return told


def _told(night: Night, node: str, seconds: float) -> dict:
    told = asdict(night)
    told["centre_digest"] = told.pop("digest")
    told["digest"] = compare.digest(outbox.lines()).hex()
    return {"node": node, **told, "seconds": round(seconds, 2)}
