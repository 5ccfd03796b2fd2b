"""The answer to a push or a status question: one result a log. Knows no rules."""

from dataclasses import dataclass, field
from typing import Any

from sync.messages import wire
from sync.messages.wire import Garbled

RESULTS = ("ok", "gap", "fork", "head_mismatch", "not_yours", "too_large")
ROLES = ("node", "centre")


@dataclass(frozen=True, slots=True)
class Quarantined:
    """An entry that stands in quarantine, with the reason."""

    seq: int
    code: str
    message: str


@dataclass(frozen=True, slots=True)
class Up:
    """What the centre is known to have of a log. `sig` covers `at` as text, so it stays text."""

    r: str
    have: int
    hash: bytes
    inc: str
    at: str
    sig: str
    q: tuple[Quarantined, ...] = ()


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one section. `kept`: head of a branch now kept. `seq`: what was too large."""

    log: str
    r: str
    have: int
    hash: bytes
    q: tuple[Quarantined, ...] = ()
    up: Up | None = None
    kept: bytes | None = None
    seq: int | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """A store's answer. `inc` names this life of its database; `ref` maps bundle to SHA-256 hex."""

    store: str
    role: str
    inc: str
    now: str
    logs: tuple[Result, ...] | list[Result]
    ref: dict[str, str] = field(default_factory=dict)

    def to_json(self) -> bytes:
        raw = {
            "store": self.store,
            "role": self.role,
            "inc": self.inc,
            "now": self.now,
            "logs": [_render_result(each) for each in self.logs],
        }
        # A revoked device is told no bundles: then the key is left out altogether.
        if self.ref:
            raw["ref"] = self.ref
        return wire.dump(raw)

    @classmethod
    def from_json(cls, data: bytes | str) -> "Answer":
        """Raises wire.Garbled: whatever came is no answer of this protocol."""
        raw = wire.document(data)
        role = wire.text(raw, "role")
        if role not in ROLES:
            raise Garbled("'role' is neither node nor centre")
        return cls(
            store=wire.text(raw, "store"),
            role=role,
            inc=wire.text(raw, "inc"),
            now=wire.text(raw, "now"),
            logs=tuple(_parse_result(each) for each in wire.children(raw, "logs")),
            ref=_parse_ref(raw.get("ref")),
        )


def _render_result(result: Result) -> dict[str, Any]:
    raw: dict[str, Any] = {
        "log": result.log,
        "r": result.r,
        "have": result.have,
        "hash": result.hash.hex(),
        "q": _render_q(result.q),
        "up": None if result.up is None else _render_up(result.up),
    }
    if result.kept is not None:
        raw["kept"] = result.kept.hex()
    if result.seq is not None:
        raw["seq"] = result.seq
    return raw


def _render_up(up: Up) -> dict[str, Any]:
    return {
        "r": up.r,
        "have": up.have,
        "hash": up.hash.hex(),
        "inc": up.inc,
        "at": up.at,
        "sig": up.sig,
        "q": _render_q(up.q),
    }


def _render_q(q: tuple[Quarantined, ...]) -> list[dict[str, Any]]:
    return [{"seq": each.seq, "code": each.code, "message": each.message} for each in q]


def _parse_result(raw: dict) -> Result:
    up = raw.get("up")
    if up is not None and not isinstance(up, dict):
        raise Garbled("'up' must be an object or null")
    return Result(
        log=wire.log(raw),
        r=_parse_r(raw),
        have=wire.count(raw, "have"),
        hash=wire.hash32(raw, "hash"),
        q=_parse_q(raw),
        up=None if up is None else _parse_up(up),
        kept=None if raw.get("kept") is None else wire.hash32(raw, "kept"),
        seq=None if raw.get("seq") is None else wire.count(raw, "seq", 1),
    )


def _parse_r(raw: dict) -> str:
    value = wire.text(raw, "r")
    if value not in RESULTS:
        raise Garbled(f"unknown result {value!r}")
    return value


def _parse_up(raw: dict) -> Up:
    return Up(
        r=_parse_r(raw),
        have=wire.count(raw, "have"),
        hash=wire.hash32(raw, "hash"),
        inc=wire.text(raw, "inc"),
        at=wire.text(raw, "at"),
        sig=wire.text(raw, "sig"),
        q=_parse_q(raw),
    )


def _parse_q(raw: dict) -> tuple[Quarantined, ...]:
    if "q" not in raw:
        return ()
    return tuple(
        Quarantined(
            seq=wire.count(each, "seq", 1),
            code=wire.text(each, "code"),
            message=wire.prose(each, "message"),
        )
        for each in wire.children(raw, "q")
    )


def _parse_ref(raw: Any) -> dict[str, str]:
    if raw is None:
        return {}
    if not isinstance(raw, dict) or not all(isinstance(value, str) for value in raw.values()):
        raise Garbled("'ref' must map names to hashes")
    return dict(raw)
