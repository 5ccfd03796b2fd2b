"""What an HTTP answer means for a sender, and how long to wait. Pure: no network, no clock."""

from collections.abc import Mapping

PROTO = "Fieldlog-Proto"
VERSION = "1"
WAIT_MIN = 2.0  # seconds
WAIT_MAX = 15 * 60.0

_RETRYABLE = frozenset((408, 425, 429))


def classify(status: int, headers: Mapping[str, str]) -> str:
    """One of: ok, retryable, auth, halve, plain, refused. `headers` has lowercase names.

    Without `Fieldlog-Proto` somebody else has answered, a captive portal say, and only a size
    or a packing that the way itself refuses is taken at its word. `refused` is an answer no
    retry will better: keep everything, show it, try again as slowly as one may.
    """
    if status == 413:
        return "halve"
    if status == 415:
        return "plain"
    if headers.get(PROTO.lower(), "").strip() != VERSION:
        return "retryable"
    if 200 <= status < 300:
        return "ok"
    if status in _RETRYABLE or 300 <= status < 400 or status >= 500:
        return "retryable"
    return "auth" if status in (401, 403) else "refused"


def retry_after(headers: Mapping[str, str]) -> float | None:
    """Seconds that the store asked us to wait, within bounds; None if it didn't say."""
    value = headers.get("retry-after", "").strip()
    if not (value.isascii() and value.isdigit()):
        return None
    return min(float(value), WAIT_MAX)


def backoff(attempt: int, chance: float, after: float | None = None) -> float:
    """Seconds before try number `attempt` (0 = after the first failure).

    `chance` in [0, 1) spreads those who failed together; `after` is the least, if given.
    """
    ceiling = min(WAIT_MAX, WAIT_MIN * 2 ** min(attempt + 1, 20))
    wait = WAIT_MIN + chance * (ceiling - WAIT_MIN)
    return min(WAIT_MAX, wait if after is None else max(after, after + wait - WAIT_MIN))
