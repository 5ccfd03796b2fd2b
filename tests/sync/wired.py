"""Turns the contract's JSON into the values that `sync` works with. Knows no expectations."""

from dataclasses import dataclass

from sync import chain
from sync.messages import Line, Quarantined, Result, Section, Up, Via

LOG = "000102030405060708090a0b0c0d0e0f"


def section(header: dict, lines: list[dict]) -> Section:
    """A section from a header as on the wire and its lines as in messages.json."""
    via = header.get("via")
    branch = header.get("branch")
    return Section(
        log=header["log"],
        base=header["base"],
        first=header["from"],
        prev=bytes.fromhex(header["prev"]),
        head=bytes.fromhex(header["head"]),
        lines=[_line(each) for each in lines],
        now=header["now"],
        unsent=header["unsent"],
        app=header["app"],
        via=Via(**via) if via else None,
        branch=bytes.fromhex(branch) if branch else None,
    )


def _line(raw: dict) -> Line:
    payload = raw["payload"]
    return Line(bytes.fromhex(raw["digest"]), None if payload is None else payload.encode())


def result(raw: dict) -> Result:
    """A result as it stands in an answer."""
    return Result(
        log=raw["log"],
        r=raw["r"],
        have=raw["have"],
        hash=bytes.fromhex(raw["hash"]),
        q=_q(raw["q"]),
        up=None if raw["up"] is None else up(raw["up"]),
        kept=bytes.fromhex(raw["kept"]) if raw.get("kept") else None,
        seq=raw.get("seq"),
    )


def up(raw: dict) -> Up:
    return Up(**{**raw, "hash": bytes.fromhex(raw["hash"]), "q": _q(raw["q"])})


def _q(raw: list[dict]) -> tuple[Quarantined, ...]:
    return tuple(Quarantined(**each) for each in raw)


@dataclass
class Held:
    """A Source made of what it is told to hold."""

    log: str
    base: int
    head: int
    now: str
    unsent: int
    app: str
    payloads: dict[int, bytes]
    hashes: dict[int, bytes]
    via: Via | None = None

    @classmethod
    def of(cls, raw: dict) -> "Held":
        payloads = {int(n): text.encode() for n, text in raw["payloads"].items()}
        hashes = {int(n): bytes.fromhex(each) for n, each in raw["hashes"].items()}
        return cls(**{**raw, "payloads": payloads, "hashes": hashes})

    @classmethod
    def writing(cls, *payloads: bytes, log: str = LOG, base: int = 0) -> "Held":
        """A log with these payloads, of which the first `base` are let go."""
        hashes = [chain.genesis(log)]
        hashes += chain.fold(hashes[0], 1, map(chain.digest, payloads))
        held = {n: each for n, each in enumerate(payloads, 1) if n > base}
        return cls(
            log, base, len(payloads), "2026-11-22T21:40:00Z", len(held), "1", held,
            {n: each for n, each in enumerate(hashes) if n >= base or n == 0},
        )  # fmt: skip

    def hash_at(self, seq: int) -> bytes | None:
        return self.hashes.get(seq)

    def next_held(self, seq: int) -> int | None:
        return min((n for n in self.payloads if n >= seq), default=None)

    def lines(self, first: int, most: int, room: int) -> list[Line]:
        out: list[Line] = []
        while len(out) < most and (payload := self.payloads.get(first + len(out))) is not None:
            room -= len(payload) + 1
            if room < 0:
                break
            out.append(Line(chain.digest(payload), payload))
        return out
