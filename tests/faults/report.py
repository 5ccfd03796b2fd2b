"""What was run and what came of it: a JSON file that grows run by run and can be gone on with.

Knows nothing of how a fault is done.
"""

import json
import os
import platform
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from traceback import extract_tb
from typing import Self

from tests.faults.fault import Fault, Outcome


@dataclass
class Row:
    """All runs of one fault. `failed`: what a run raised, with its number."""

    key: str
    title: str
    runs: int = 0
    acknowledged: int = 0
    lost: int = 0
    doubled: int = 0
    seconds: float = 0.0
    recovered: list[float] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    spoilt: list[int] = field(default_factory=list)  # numbers of runs with a loss or a double
    kept: list[str] = field(default_factory=list)  # folders of what went wrong

    @property
    def clean(self) -> bool:
        return not (self.lost or self.doubled or self.failed)

    @property
    def usual(self) -> float:
        """Seconds to recover, median."""
        return median(self.recovered) if self.recovered else 0.0

    @property
    def worst(self) -> float:
        return max(self.recovered, default=0.0)

    def add(self, outcome: Outcome, seconds: float) -> None:
        number = self.runs
        self.runs += 1
        self.seconds += seconds
        self.acknowledged += outcome.acknowledged
        self.lost += outcome.lost
        self.doubled += outcome.doubled
        self.recovered.append(round(outcome.recovered, 4))
        if not outcome.clean:
            self.spoilt.append(number)

    def fail(self, error: BaseException, seconds: float) -> None:
        last = extract_tb(error.__traceback__)[-1]
        where = f"{Path(last.filename).name}:{last.lineno}"
        self.failed.append(f"run {self.runs}: {type(error).__name__} at {where}: {error}")
        self.runs += 1
        self.seconds += seconds


@dataclass
class Report:
    """Rows by key. Written whole after every run: a killed harness loses one run at most."""

    seed: int
    path: Path | None = None
    rows: dict[str, Row] = field(default_factory=dict)
    not_run: dict[str, str] = field(default_factory=dict)
    started: str = field(default_factory=lambda: datetime.now(UTC).isoformat(timespec="seconds"))

    @classmethod
    def resumed(cls, path: Path, seed: int | None) -> Self:
        """Go on with the report at `path`. Another seed would mix two series: ValueError."""
        held = json.loads(path.read_text(encoding="utf-8"))
        if seed is not None and held["seed"] != seed:
            raise ValueError(f"{path} was begun with --seed {held['seed']}")
        rows = {row["key"]: Row(**row) for row in held["faults"]}
        return cls(held["seed"], path, rows, {}, held["started"])

    @property
    def clean(self) -> bool:
        return all(row.clean for row in self.rows.values())

    def row(self, fault: Fault) -> Row:
        return self.rows.setdefault(fault.key, Row(fault.key, fault.title))

    def as_json(self) -> dict:
        return {
            "seed": self.seed,
            "started": self.started,
            "written": datetime.now(UTC).isoformat(timespec="seconds"),
            "machine": f"{platform.platform()}, {os.cpu_count()} cores",
            "faults": [asdict(row) for row in self.rows.values()],
            "not_run": self.not_run,
        }

    def write(self) -> None:
        if self.path is None:
            return
        self.path.parent.mkdir(parents=True, exist_ok=True)
        beside = self.path.with_name(self.path.name + ".part")
        beside.write_text(json.dumps(self.as_json(), indent=1) + "\n", encoding="utf-8")
        beside.replace(self.path)
