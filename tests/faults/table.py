"""The table of a run for people, fault by fault. Knows no more than a Report tells."""

from tests.faults.report import Report, Row

HEAD = ("fault", "what is done", "runs", "acknowledged", "lost", "doubled", "recovered in, s")
WIDTHS = (26, 52, 6, 13, 5, 8, 16)


def heading() -> str:
    return f"{_line(HEAD)}\n{'─' * (sum(WIDTHS) + len(WIDTHS) - 1)}"


def line(row: Row) -> str:
    """One fault; what is wrong stands under it."""
    recovered = f"{row.usual:.2f} ({row.worst:.2f})" if row.recovered else "–"
    cells = (row.key, row.title, row.runs, row.acknowledged, row.lost, row.doubled, recovered)
    return "\n".join([_line(cells), *_wrong(row)])


def closing(report: Report) -> str:
    """The sums, and plainly what was not run."""
    rows = report.rows.values()
    sums = (
        "all",
        f"{len(rows)} faults, seed {report.seed}",
        *(sum(getattr(row, name) for row in rows) for name in ("runs", "acknowledged")),
        *(sum(getattr(row, name) for row in rows) for name in ("lost", "doubled")),
        "median (max)",
    )
    left_out = [f"NOT RUN {key}: {why}" for key, why in report.not_run.items()]
    return "\n".join(["─" * (sum(WIDTHS) + len(WIDTHS) - 1), _line(sums), *left_out])


def _wrong(row: Row) -> list[str]:
    again = "python -m tests.faults --only {key} --from {number} --runs 1"
    spoilt = [f"  again: {again.format(key=row.key, number=n)}" for n in row.spoilt[:5]]
    kept = [f"  its files are kept in {folder}" for folder in row.kept[:5]]
    return [f"  FAILED {said}" for said in row.failed[:5]] + spoilt + kept


def _line(cells: tuple) -> str:
    shown = [_cell(cell, width) for cell, width in zip(cells, WIDTHS, strict=True)]
    return " ".join(shown).rstrip()


def _cell(cell: object, width: int) -> str:
    if isinstance(cell, int):
        return f"{cell:>{width},}"
    text = str(cell)
    return f"{text[: width - 1] + '…' if len(text) > width else text:<{width}}"
