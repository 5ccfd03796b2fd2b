"""Logs for sender.json: payload n is `{"n":n}`; a fork differs from `fork_at` on."""

from tests.contract.sources.plain import LOG, next_hash, sha


def payload(n: int, fork_at: int | None = None) -> str:
    return f'{{"n":{n},"fork":true}}' if fork_at is not None and n >= fork_at else f'{{"n":{n}}}'


def chain(head: int, fork_at: int | None = None) -> list[str]:
    out = [sha(b"fieldlog/1" + bytes.fromhex(LOG))]
    for n in range(1, head + 1):
        out.append(next_hash(out[-1], n, sha(payload(n, fork_at).encode())))
    return out


def source(head: int, base: int = 0, held: list[int] | None = None) -> dict:
    held = list(range(base + 1, head + 1)) if held is None else held
    hashes = chain(head)
    known = sorted({0, base, *held})
    return {
        "log": LOG,
        "base": base,
        "head": head,
        "now": "2026-11-22T21:40:00Z",
        "unsent": head - base,
        "app": "1.4.0",
        "payloads": {str(n): payload(n) for n in held},
        "hashes": {str(n): hashes[n] for n in known},
    }


def sent(first: int, last: int, **more: object) -> dict:
    hashes = chain(last)
    return {
        "first": first,
        "n": last - first + 1,
        "prev": hashes[first - 1],
        "head": hashes[last],
        **more,
    }


__all__ = ["LOG", "chain", "payload", "sent", "source"]
