"""The answer that push and status share: who we are, what we have, which bundles there are.

Knows no rule of the protocol; the results come from the store.
"""

from collections.abc import Iterable
from datetime import UTC, datetime

from flask import Response

from fieldlog import config
from fieldlog.store import bundles, identity
from fieldlog.store.devices import Bearer
from sync.messages import Answer, Result


def answered(results: Iterable[Result], device: Bearer) -> Response:
    """A 200 with these results. A revoked device is told no bundles."""
    settings = config.current()
    answer = Answer(
        store=settings.name,
        role=settings.role,
        inc=identity.get().inc,
        now=datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        logs=tuple(results),
        ref={} if device.revoked_at else bundles.refs(device),
    )
    return Response(answer.to_json(), mimetype="application/json")
