"""What a night makes sure of at every store: that all of it still is what it was taken in as.

Knows nothing of who runs it, or of what becomes of a fault.
"""

import time
from collections.abc import Callable

from fieldlog.store import audit, blobs, counts, projection, verify

BEHIND = "are not projected to their end"
TRIES = 3
PAUSE_S = 1.0


def check(
    progress: Callable[[int], object] = lambda _: None,
    pause: Callable[[float], object] = time.sleep,
) -> dict:
    """{"entries", "photos", "faults": sentences, "seconds"} of chains, projections, photos and the
    audit log.

    A photo that is damaged is set aside, so that whoever still has it sends it again.
    """
    started, photos = time.monotonic(), []
    faults = _settled(progress, pause) + blobs.verify(photos.append, mend=True) + audit.faults()
    return {
        "entries": counts.count()["entries"],
        "photos": sum(photos),
        "faults": faults,
        "seconds": round(time.monotonic() - started, 2),
    }


def _settled(progress: Callable[[int], object], pause: Callable[[float], object]) -> list[str]:
    """What was taken in a moment ago is projected a moment later: that is no fault."""
    for _ in range(TRIES):
        projection.catch_up()
        faults = verify.verify(progress)
        if not (len(faults) == 1 and faults[0].endswith(BEHIND)):
            break
        pause(PAUSE_S)
    return faults
