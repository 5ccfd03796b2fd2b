"""A phone as the devices page draws it: its last contact, its clock, and what needs a look.

Two scales carry the drawing: how long ago on a log scale, and how far the clock is off. The number
always stands beside. Knows nothing of how a phone is read.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from math import log

from flask_babel import gettext as _
from flask_babel import ngettext

from fieldlog.review import labels, moments, names
from fieldlog.store.heard import Phone

SILENT_S = 24 * 3600
SKEWED_S = 120
DAY_S = 86_400

# Left edge, width and longest age of the scale of last contacts; the marks' places on it.
LEFT, WIDTH, LONGEST_MIN = 6, 108, 7 * 24 * 60
MIDDLE, REACH = 46, 40


@dataclass(frozen=True)
class Shown:
    """One row. `at` and `off` are places on the two scales; None where nothing was heard."""

    id: str
    name: str
    org: str
    org_kind: str
    heard: datetime | None
    at: float | None
    silent: bool
    app: str
    skew: str
    off: float | None
    skewed: bool
    unsent: int | None
    gaps: str
    quarantined: str
    in_quarantine: int
    remarks: list[str]

    @property
    def look(self) -> bool:
        """Whether somebody should look at this phone."""
        return self.silent or self.skewed


def worst_first(phones: Iterable[Phone]) -> list[Shown]:
    """The phones as rows: those to look at first, and among equals the longest silent."""
    phones = list(phones)
    newest = max((_version(phone.device.app) for phone in phones), default=())
    now = datetime.now(UTC)
    rows = [_shown(phone, newest, now) for phone in phones]
    never = datetime.min.replace(tzinfo=UTC)
    return sorted(rows, key=lambda row: (not row.look, row.heard or never, row.name))


def age_place(seconds: float) -> float:
    """Where an age stands on the scale: now at the left, a week or more at the right."""
    minutes = min(max(seconds, 0) / 60, LONGEST_MIN)
    return round(LEFT + WIDTH * log(1 + minutes) / log(1 + LONGEST_MIN), 1)


def skew_place(seconds: float) -> float:
    """Where a clock's error stands beside the middle line: behind to the left."""
    length = min(REACH, 4.5 * log(1 + abs(seconds)))
    return round(MIDDLE + (length if seconds >= 0 else -length), 1)


SCALE = [age_place(age) for age in (0, 3600, DAY_S, 7 * DAY_S)]


def _shown(phone: Phone, newest: tuple, now: datetime) -> Shown:
    device = phone.device
    org = names.organisations().get(device.org)
    seen = device.last_contact_at
    age = (now - seen).total_seconds() if seen else None
    skew = device.skew_s
    return Shown(
        id=device.id,
        name=device.name,
        org=names.organisation(device.org),
        org_kind=org.kind if org else "",
        heard=seen,
        at=None if age is None else age_place(age),
        silent=age is None or age > SILENT_S,
        app=device.app or "–",
        skew="–" if skew is None else _signed(skew),
        off=None if skew is None else skew_place(skew),
        skewed=skew is not None and abs(skew) > SKEWED_S,
        unsent=device.unsent if seen else None,
        gaps=", ".join(_gap(*gap) for gap in phone.gaps) or "–",
        quarantined=", ".join(labels.of(labels.REASONS, code) for code in phone.quarantined),
        in_quarantine=sum(phone.quarantined.values()),
        remarks=list(_remarks(phone, age, newest)),
    )


def _remarks(phone: Phone, age: float | None, newest: tuple) -> Iterable[str]:
    device = phone.device
    if age is None:
        yield _("not heard since it was enrolled")
    elif age > SILENT_S:
        yield _("silent for %(time)s", time=moments.length(age // DAY_S * DAY_S))
        if device.unsent:
            yield _("%(n)d unsent when it was last heard", n=device.unsent)
    if device.skew_s is not None and abs(device.skew_s) > SKEWED_S:
        yield _("the clock is wrong; both times are kept")
    if device.app and _version(device.app) < newest:
        yield _("updates itself when no form is open")
    if phone.forks:
        yield ngettext(
            "the log has split %(num)d time; both parts are kept",
            "the log has split %(num)d times; all parts are kept",
            phone.forks,
        )
    opened = phone.logs[0].opened if phone.logs else None
    if opened in ("evicted", "restored"):
        yield labels.of(labels.OPENINGS, opened)


def _signed(seconds: float) -> str:
    seconds = round(seconds)
    return ("+" if seconds > 0 else "−" if seconds < 0 else "") + moments.length(seconds)


def _gap(first: int, last: int) -> str:
    if first == last:
        return _("entry %(n)d", n=first)
    return _("entries %(first)d–%(last)d", first=first, last=last)


def _version(text: str | None) -> tuple:
    return tuple(int(part) for part in (text or "").split(".") if part.isdecimal())
