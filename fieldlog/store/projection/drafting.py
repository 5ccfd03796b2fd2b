"""Works out what can be known of a batch before any lock is taken: the costly part.

A draft supposes that nothing outside the batch bears on it and that no reference data changes
meanwhile; whoever uses it makes sure of both. Knows nothing of logs.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from fieldlog.store.arrived import Arrived
from fieldlog.store.projection import judging, standings
from fieldlog.store.projection.judging import Verdict
from fieldlog.store.projection.standings import Rows
from fieldlog.store.reference import Known

ASIDE = frozenset(("open", "close", "release"))  # these bear on no visit or event


@dataclass(frozen=True)
class Draft:
    """`verdicts` against entries; `rows` of the subjects that none of those bears on."""

    batch: Sequence[Arrived]
    device: str | None
    verdicts: list[Verdict]
    rows: Rows

    def doubted(self) -> set[bytes]:
        """Subjects on which something bears that may not count."""
        return {entry.record.subject for entry, _, _ in self.verdicts if entry.record}

    def bearing(self) -> list[Arrived]:
        """The records that bear on some visit or event."""
        return [each for each in self.batch if each.record and each.record.t not in ASIDE]


def draft(batch: Sequence[Arrived], device: str | None, known: Known) -> Draft:
    """Judge a batch of one log and make its rows."""
    verdicts = [v for each in batch if (v := judging.verdict(each, device, known))]
    made = Draft(batch, device, verdicts, Rows())
    doubted = made.doubted()
    passing = [each for each in made.bearing() if each.record.subject not in doubted]
    standings.fresh(made.rows, passing, device, {}, known)
    return made
