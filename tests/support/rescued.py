"""Rescue files as a phone of the cast would save them. Knows what is in them, no store."""

from sync import rescue
from sync.rescue import Part

MADE_AT = "2026-11-20T21:45:00+01:00"


def sealed(
    who, centre_key: str, *pushes: bytes, more: list[Part] | None = None, token: str | None = ""
) -> bytes:
    """The file of the member's phone. `token`: another than the phone's own, or None for none."""
    token = who.token if token == "" else token
    parts = [*(Part("push", push) for push in pushes), *(more or [])]
    return sealed_parts(who.device, centre_key, parts, token)


def sealed_parts(device: str, centre_key: str, parts: list[Part], token: str | None) -> bytes:
    def plain(proof: str) -> bytes:
        author = [] if token is None else [Part("author", about={"proof": proof})]
        return rescue.write([*author, *parts])

    about = {"device": device, "store": "node-a", "made_at": MADE_AT, "app": "1.0.0"}
    size = len(plain("0" * 64))
    return rescue.seal(
        lambda head: plain("" if token is None else rescue.prove(token, head)),
        size,
        about,
        centre_key,
    )
