"""The checker's own memory: what was called saved, who held it, who let it go, who was told what.

Knows nothing of chains, sections or answers. It is told by the world what each party holds, by
the SHA-256 of the payloads, and never asks the code under test what it believes.
"""

from dataclasses import dataclass, field


class Violation(AssertionError):
    """A promise of the protocol is broken. `kind` is LOST, FALSE, DUP, STUCK or an invariant."""

    def __init__(self, kind: str, message: str) -> None:
        super().__init__(f"{kind}: {message}")
        self.kind = kind


@dataclass(frozen=True)
class Saved:
    """One record that a phone called saved."""

    digest: bytes
    rid: str
    tap: int  # which act of the user: a rewritten record keeps it, whatever its rid
    author: str
    origin: str  # phone | node | centre: what kind of storage it was written into


@dataclass(frozen=True)
class Gone:
    """Why a party holds a payload no more."""

    kind: str  # phone | node | centre
    by_nature: bool  # False: the program itself let it go


@dataclass
class History:
    saved: dict[bytes, Saved] = field(default_factory=dict)
    forfeited: dict[bytes, str] = field(default_factory=dict)
    _gone: dict[bytes, set[Gone]] = field(default_factory=dict)
    _held: dict[tuple[str, str], set[bytes]] = field(default_factory=dict)

    def save(self, record: Saved) -> None:
        self.saved[record.digest] = record

    def held(self, store: str, inc: str, digests: set[bytes]) -> None:
        """`store`, in its incarnation `inc`, was seen to hold these payloads."""
        self._held.setdefault((store, inc), set()).update(digests)

    def claim(self, phone: str, store: str, inc: str, digests: set[bytes]) -> None:
        """`phone` now tells its user that `store` holds these payloads."""
        false = (digests & self.saved.keys()) - self._held.get((store, inc), set())
        if false:
            named = ", ".join(self.saved[d].rid for d in sorted(false))
            raise Violation("FALSE", f"{phone} believes {store} holds {named}, which it never did")

    def gone(self, kind: str, digests: set[bytes], *, by_nature: bool) -> None:
        """A party of this kind holds these payloads no more."""
        for digest in digests & self.saved.keys():
            self._gone.setdefault(digest, set()).add(Gone(kind, by_nature))

    def still_held(self, digests: set[bytes]) -> None:
        """I0: every saved record is among `digests`, which is all that anybody holds now."""
        for digest in self.saved.keys() - digests - self.forfeited.keys():
            reason = self._excuse(digest)
            if reason is None:
                record = self.saved[digest]
                raise Violation("LOST", f"nobody holds {record.rid}, saved by {record.author}")
            self.forfeited[digest] = reason

    def _excuse(self, digest: bytes) -> str | None:
        """The honest limit of protocol.md that a vanished record falls under, if any.

        Nature took the author's own copy: an unsent tail, lost by design. The phone let go as it
        may: only if nature took the node's copy *and* the centre's.
        """
        gone, origin = self._gone.get(digest, set()), self.saved[digest].origin
        if Gone(origin, True) in gone:
            return f"{origin} wiped before it could send"
        if Gone("node", True) in gone and Gone("centre", True) in gone:
            return "node and centre restored together"
        return None
