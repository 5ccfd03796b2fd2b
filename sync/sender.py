"""The sending end of the protocol: what to send of one log, and what an answer means for it.

No I/O, no clock. Each rule is a method of its own, so that a test can leave one out. An author
owns its log and may rotate it; a relay (`author=False`) holds another's and never does.
"""

from sync import receipts
from sync.messages import BATCH_BYTES, BATCH_ENTRIES, HEADER_ROOM, Result, Section, Up
from sync.ports import Source
from sync.steps import (
    Again,
    Behind,
    Branch,
    Broken,
    Kept,
    NotYours,
    Rotate,
    Sent,
    SetAside,
    Step,
)


class Sender:
    """The rules. Holds nothing."""

    def next_section(
        self,
        source: Source,
        known: int,
        *,
        author: bool = True,
        most: int = BATCH_ENTRIES,
        room: int = BATCH_BYTES,
    ) -> Section | None:
        """What comes after the `known` entries of the receiver; None when there is nothing,
        or when not even one line fits into `room` (bytes, header included)."""
        first = self.first_to_send(source, known, author)
        return None if first is None else _section(source, first, most, room)

    def next_branch(
        self, source: Source, kept: int, *, most: int = BATCH_ENTRIES, room: int = BATCH_BYTES
    ) -> Section | None:
        """A relay's next section of what it holds, to be kept apart from the receiver's chain."""
        first = _next_joined(source, kept + 1)
        if first is None:
            return None
        return _section(source, first, most, room, branch=source.hash_at(source.head))

    def first_to_send(self, source: Source, known: int, author: bool) -> int | None:
        """An author goes on after what is known or let go; a relay with whatever it holds."""
        if not author:
            return _next_joined(source, known + 1)
        first = max(known, source.base) + 1
        return first if first <= source.head else None

    def weigh(
        self,
        source: Source,
        section: Section | None,
        result: Result,
        *,
        role: str,
        author: bool = True,
        again: bool = False,
    ) -> Step:
        """What to do after a result from a store of that `role`.

        `section`: what was sent, None for a status answer. `again`: whether the last answer for
        this log was a head_mismatch already.
        """
        if result.r == "not_yours":
            return NotYours()
        if result.r == "too_large" and result.seq is not None:
            return SetAside(result.seq)
        if author:
            return self._weigh_own(source, result, role, again)
        return self._weigh_relayed(source, section, result, again)

    def parts(self, source: Source, have: int, hash_: bytes) -> bool:
        """The other side's chain is not ours: another hash at `have`, as far as we know it."""
        own = source.hash_at(have)
        return own is not None and own != hash_

    def is_ahead(self, source: Source, have: int) -> bool:
        """The other side has entries of this log that we don't know."""
        return have > source.head

    def lost_what_was_let_go(self, source: Source, result: Result, role: str) -> bool:
        """The centre was restored to before what we no longer have."""
        return role == "centre" and result.have < source.base

    def never_reaches_centre(self, source: Source, up: Up | None) -> bool:
        """The centre's chain of this log is not ours, by what the node knows of it.

        An `up` that is merely below our base is old news from a restored node, or heals by the
        node's own push: where it can't, the node says `fork`.
        """
        if up is None:
            return False
        return (
            up.r == "fork" or self.is_ahead(source, up.have) or self.parts(source, up.have, up.hash)
        )

    def releasable(self, source: Source, up: Up | None, public_key: str) -> int:
        """Up to where the centre's receipt lets go (before any retention window); 0 if it
        isn't the centre's, or isn't about our chain."""
        if up is None or source.hash_at(up.have) != up.hash:
            return 0
        genuine = receipts.verify(public_key, source.log, up.have, up.hash, up.inc, up.at, up.sig)
        return up.have if genuine else 0

    def _weigh_own(self, source: Source, result: Result, role: str, again: bool) -> Step:
        if result.r == "head_mismatch":
            return Rotate("forked") if again else Again()
        if (
            result.r == "fork"
            or self.is_ahead(source, result.have)
            or self.parts(source, result.have, result.hash)
            or self.never_reaches_centre(source, result.up)
        ):
            return Rotate("forked")
        if self.lost_what_was_let_go(source, result, role):
            return Rotate("restored")
        if result.r == "gap":
            return Behind(max(result.have, source.base))
        return Sent(result.have)

    def _weigh_relayed(
        self, source: Source, section: Section | None, result: Result, again: bool
    ) -> Step:
        if result.r == "head_mismatch":
            return Broken() if again else Again()
        if section is not None and section.branch is not None:
            return Kept(section.last) if result.kept == section.head else Broken()
        if result.r == "fork" or self.parts(source, result.have, result.hash):
            return Branch()
        if self.is_ahead(source, result.have):
            return self._behind_the_receiver(source, section)
        if result.r == "gap":
            joins = source.next_held(result.have + 1) == result.have + 1
            return Behind(result.have) if joins else Branch()
        return Sent(result.have)

    def _behind_the_receiver(self, source: Source, section: Section | None) -> Step:
        """A restored relay knows less than the receiver: it vouches for nothing but what was
        compared, so without a section it shows its last entry once more."""
        if section is None:
            return Behind(max(source.head - 1, 0))
        return Sent(section.last)


def _next_joined(source: Source, seq: int) -> int | None:
    """The first entry held from `seq` on whose preceding hash is known too."""
    first = source.next_held(seq)
    while first is not None and source.hash_at(first - 1) is None:
        first = source.next_held(first + 1)
    return first


def _section(
    source: Source, first: int, most: int, room: int, branch: bytes | None = None
) -> Section | None:
    lines = source.lines(first, most, room - HEADER_ROOM)
    prev, head = source.hash_at(first - 1), source.hash_at(first + len(lines) - 1)
    if not lines or prev is None or head is None:
        return None
    return Section(
        log=source.log,
        base=source.base,
        first=first,
        prev=prev,
        head=head,
        lines=lines,
        now=source.now,
        unsent=source.unsent,
        app=source.app,
        via=source.via,
        branch=branch,
    )


_SENDER = Sender()
next_section = _SENDER.next_section
weigh = _SENDER.weigh
releasable = _SENDER.releasable
