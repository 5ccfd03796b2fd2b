"""A record's history in words: what was written, newest first, corrections side by side.

Nothing is changed and nothing is left out: every entry that speaks of the record has its line.
Knows nothing of how entries are kept.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime

from flask_babel import gettext as _

from fieldlog.review import fields, labels, names
from fieldlog.store.record import History, Written
from sync.judge import OF_THE_DESK

FOUNDING = ("visit", "event")


@dataclass(frozen=True)
class Told:
    """One line of the history. `where` is the receipt drawn: phone, node, centre, need or none.

    `changes` are (field, before, after); `unchanged` counts the fields a correction left alone.
    """

    at: datetime
    where: str | None
    what: str
    more: str = ""
    why: str | None = None
    changes: list[tuple[str, str, str]] = field(default_factory=list)
    unchanged: int = 0
    before: int | None = None
    seq: int | None = None


@dataclass(frozen=True)
class Conflict:
    """Two or more that can't both hold: their names, and each differing field with its words."""

    title: str
    versions: list[str]
    differences: list[tuple[str, list[str]]]


def told(history: History, role: str) -> list[Told]:
    """The history, newest first. `role` is this store's: centre or node."""
    lines: list[Told] = []
    copies = 0
    for one in history.written:
        kind = one.entry.type
        if kind in FOUNDING and one.entry.rid == history.row.rid:
            lines += _copied(one) if copies else _founded(one, role)
            copies += 1
        else:
            lines.append(_followed(one, history, role))
    lines.sort(key=lambda line: line.at)
    return lines[::-1]


def conflicts(history: History) -> list[Conflict]:
    """Corrections of one and the same version, and endings by two taps."""
    groups: dict = defaultdict(list)
    for one in _distinct(history.written):
        if one.record is None:
            continue
        body = one.record.body
        if one.record.t == "amend":
            groups["amend", body.get("base")].append((one, body.get("body") or {}))
        elif one.record.t == "leave" and body.get("ended_by") == "tap":
            groups["leave", None].append((one, body))
    found = [
        _conflict(kind, history.kind, group)
        for (kind, _base), group in groups.items()
        if len(group) > 1
    ]
    return found if history.row.conflict else []


def _founded(one: Written, role: str) -> list[Told]:
    """The first time it was written: saved on the phone, then what it has reached."""
    lines = []
    if one.record is not None:
        phone = _(
            "%(device)s, entry %(seq)d", device=names.device(one.log.device), seq=one.entry.seq
        )
        lines.append(Told(one.record.at, "phone", _("Saved in the phone"), phone))
    via = names.device(one.log.via_node) if one.log.via_node else ""
    if role == "centre":
        through = _("through %(node)s", node=via) if via else ""
        lines.append(Told(one.entry.received_at, "centre", _("At the centre"), through))
    else:
        lines.append(Told(one.entry.received_at, "node", _("At the node")))
    if one.code:
        reason = labels.of(labels.REASONS, one.code)
        lines.append(Told(one.entry.received_at, "need", _("In quarantine"), reason))
    return lines


def _copied(one: Written) -> list[Told]:
    where = _("entry %(seq)d of another log", seq=one.entry.seq)
    return [Told(one.entry.received_at, None, _("Written again, the same"), where)]


def _followed(one: Written, history: History, role: str) -> Told:
    """Something that speaks of the record: when it came here, and what it says."""
    where = "need" if one.code else role
    record, seq = one.record, one.entry.seq
    if record is None:
        return Told(one.entry.received_at, "need", _("An entry that can't be read"), seq=seq)
    body, why = record.body, record.body.get("why")
    at = one.entry.received_at
    if record.t == "amend":
        before, base = _based_on(body.get("base"), history)
        changes, unchanged = fields.changed(history.kind, before, body["body"])
        return Told(
            at,
            where,
            _("Corrected"),
            _("by the author, entry %(seq)d", seq=seq),
            why,
            changes,
            unchanged,
            base,
            seq,
        )
    if record.t == "leave":
        said = [fields.says(name, body.get(name)) for name in ("ended_at", "ended_by")]
        return Told(at, where, _("Left"), " · ".join(said), seq=seq)
    what, more = _saying(record.t, body)
    if record.t in OF_THE_DESK:
        more = " · ".join(filter(None, (names.account(record.by), more)))
    return Told(at, where, what, more, why, seq=seq)


def _saying(kind: str, body: dict) -> tuple[str, str]:
    text = body.get("text") or ""
    said = {
        "withdraw": (_("Withdrawn"), _("hidden, never deleted")),
        "confirm": (_("Still so"), ""),
        "resolve": (_("Fixed"), ""),
        "release": (_("Released from quarantine"), ""),
        "review": (_("Reviewed"), labels.of(labels.REVIEWS, body.get("state"))),
        "return": (_("Returned to the author"), text),
        "comment": (_("Comment"), text),
        "merge": (_("Merged"), _("both are kept"))
        if body.get("into")
        else (_("No longer merged"), ""),
        "share": (
            _("No longer shared") if body.get("ends") else _("Shared"),
            names.organisation(body.get("with")),
        ),
        "erase": (_("Erased by law"), str(body.get("ground") or "")),
    }
    return said.get(kind, (kind, ""))


def _based_on(base: str | None, history: History) -> tuple[dict, int | None]:
    """The body that a correction saw, and its seq; the founding one if that version is not here."""
    for one in history.written:
        if base and one.entry.digest.hex() == base and one.record is not None:
            body = one.record.body
            return (body.get("body") or {}) if one.record.t == "amend" else body, one.entry.seq
    founding = history.founding
    return (founding.record.body if founding.record else {}), founding.entry.seq


def _conflict(kind: str, of: str, group: list[tuple[Written, dict]]) -> Conflict:
    title = _("Two corrections of one version") if kind == "amend" else _("Ended by two taps")
    called = fields.names("leave" if kind == "leave" else of)
    versions = [
        _("%(device)s, entry %(seq)d", device=names.device(one.log.device), seq=one.entry.seq)
        for one, _body in group
    ]
    bodies = [body for _one, body in group]
    differing = [f for f in called if len({repr(body.get(f)) for body in bodies}) > 1]
    rows = [(called[f], [fields.says(f, body.get(f)) for body in bodies]) for f in differing]
    return Conflict(title, versions, rows)


def _distinct(written: list[Written]) -> list[Written]:
    """Each entry once, though a log that was rotated holds it again."""
    return list({one.entry.digest: one for one in written}.values())
