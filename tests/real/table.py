"""The closing table of a run, for people. Knows no more than a Report tells."""

from tests.real.journey import Report


def table(report: Report) -> str:
    """What went on, what was found, and whether it holds."""
    lines = ["", f"Real input to a centre on {report.database}"]
    lines += [f"  {what:<28}{_number(count):>14}" for what, count in report.told.items()]
    lines += [f"  {_mark(f.ok)} {f.what:<44}{_short(f.expected):>14}{_short(f.found):>14}"
              for f in report.findings]  # fmt: skip
    holds = sum(f.ok for f in report.findings)
    lines.append(f"{report.database}: {holds} passed, {len(report.findings) - holds} failed")
    return "\n".join(lines)


def _mark(ok: bool) -> str:
    return "ok    " if ok else "FAILED"


def _number(count) -> str:
    return f"{count:,}"


def _short(value) -> str:
    if isinstance(value, int):
        return f"{value:,}"
    if isinstance(value, dict):
        value = " ".join(str(v) for v in value.values())
    text = str(value) if value else "–"
    return text if len(text) < 13 else text[:12] + "…"
