"""The receiving end of the protocol: what becomes of one section. No I/O but the ledger's.

Each rule is a method of its own, so that a test can leave one out and show what it prevents.
"""

from bisect import bisect_left

from sync import chain
from sync.messages import PAYLOAD_MAX, Result, Section
from sync.ports import Entry, Ledger


class Receiver:
    """The rules. Holds nothing; `receive` below is the one that stores use."""

    def receive(
        self, section: Section, ledger: Ledger, *, pusher: str, role: str, relays: bool = False
    ) -> Result:
        """Take in one section inside the ledger's transaction, which the caller commits.

        `pusher`: the device that sends; `role`: what this store is; `relays`: whether the
        pusher is a node, which may pass on the logs of others.
        """
        if self.is_strangers(section, ledger, pusher, relays):
            return _result("not_yours", ledger)
        huge = self.too_large(section)
        if huge is not None:
            return _result("too_large", ledger, seq=huge)
        if section.branch is not None:
            return self._take_branch(section, ledger, pusher)
        return self._take(section, ledger, pusher, role)

    def is_strangers(self, section: Section, ledger: Ledger, pusher: str, relays: bool) -> bool:
        """A log belongs to the device that first pushed it; only a node speaks for another."""
        if section.via is not None and not relays:
            return True
        return ledger.owner is not None and ledger.owner != _owner(section, pusher)

    def too_large(self, section: Section) -> int | None:
        """The first entry over the limit, which no store takes."""
        for seq, line in enumerate(section.lines, section.first):
            if line.payload is not None and len(line.payload) > PAYLOAD_MAX:
                return seq
        return None

    def may_fast_forward(self, section: Section, ledger: Ledger, role: str) -> bool:
        """A restored node goes on where its phones have let go; the centre never does."""
        return role == "node" and ledger.have < section.base == section.first - 1

    def parts_at_prev(self, section: Section, ledger: Ledger) -> bool:
        """The sender's chain before this section is another than ours."""
        own = ledger.hash_at(section.first - 1)
        return own is not None and own != section.prev

    def breaks_its_word(self, section: Section, hashes: list[bytes]) -> bool:
        """The lines are not what the header says, those we already have included."""
        return hashes[-1] != section.head

    def parting(self, section: Section, ledger: Ledger, hashes: list[bytes]) -> int | None:
        """Where the section differs from what we have, as an index into its lines.

        Equal hashes mean equal entries all the way down, so only the last shared one is asked
        for. A hash unknown below a restored node's base is no witness.
        """
        last = min(section.last, ledger.have)
        for seq in range(last, section.first - 1, -1):
            own = ledger.hash_at(seq)
            if own is not None:
                same = own == hashes[seq - section.first]
                return None if same else self._first_difference(section, ledger, hashes, seq)
        return None

    def _take(self, section: Section, ledger: Ledger, pusher: str, role: str) -> Result:
        forward = False
        if section.first - 1 > ledger.have:
            forward = self.may_fast_forward(section, ledger, role)
            if not forward:
                return _result("gap", ledger)
        hashes = _fold(section)
        if not forward and self.parts_at_prev(section, ledger):
            return self._fork(section, ledger, pusher, hashes, 0)
        if self.breaks_its_word(section, hashes):
            return _result("head_mismatch", ledger)
        if not forward:
            parting = self.parting(section, ledger, hashes)
            if parting is not None:
                return self._fork(section, ledger, pusher, hashes, parting)
        self._keep(section, ledger, pusher, hashes, forward)
        return _result("ok", ledger)

    def _keep(
        self, section: Section, ledger: Ledger, pusher: str, hashes: list[bytes], forward: bool
    ) -> None:
        if not forward:
            self._fill(section, ledger)
        if section.last <= ledger.have:
            return
        _claim(section, ledger, pusher)
        if forward:
            ledger.fast_forward(section.base, section.prev)
        ledger.append(_entries(section, hashes)[ledger.have + 1 - section.first :])
        ledger.heard(section)

    def _fill(self, section: Section, ledger: Ledger) -> None:
        last = min(section.last, ledger.have)
        if last < section.first:
            return
        for seq in ledger.missing(section.first, last):
            payload = section.lines[seq - section.first].payload
            if payload is not None:
                ledger.fill(seq, payload)

    def _fork(
        self, section: Section, ledger: Ledger, pusher: str, hashes: list[bytes], at: int
    ) -> Result:
        prev = section.prev if at == 0 else hashes[at - 1]
        self._keep_apart(section, ledger, pusher, _entries(section, hashes)[at:], prev)
        return _result("fork", ledger)

    def _take_branch(self, section: Section, ledger: Ledger, pusher: str) -> Result:
        hashes = _fold(section)
        if self.breaks_its_word(section, hashes):
            return _result("head_mismatch", ledger)
        self._keep_apart(section, ledger, pusher, _entries(section, hashes), section.prev)
        return _result("ok", ledger, kept=section.head)

    def _keep_apart(
        self, section: Section, ledger: Ledger, pusher: str, entries: list[Entry], prev: bytes
    ) -> None:
        _claim(section, ledger, pusher)
        if ledger.keep_branch(entries, prev):
            ledger.heard(section)

    def _first_difference(
        self, section: Section, ledger: Ledger, hashes: list[bytes], last: int
    ) -> int:
        def differs(index: int) -> bool:
            return ledger.hash_at(section.first + index) != hashes[index]

        return bisect_left(range(last - section.first + 1), True, key=differs)


def _owner(section: Section, pusher: str) -> str:
    return pusher if section.via is None else section.via.device


def _claim(section: Section, ledger: Ledger, pusher: str) -> None:
    if ledger.owner is None:
        ledger.claim(_owner(section, pusher), None if section.via is None else pusher)


def _fold(section: Section) -> list[bytes]:
    return chain.fold(section.prev, section.first, (line.digest for line in section.lines))


def _entries(section: Section, hashes: list[bytes]) -> list[Entry]:
    return [
        Entry(seq, line.digest, hash_, line.payload)
        for seq, (line, hash_) in enumerate(zip(section.lines, hashes, strict=True), section.first)
    ]


def _result(r: str, ledger: Ledger, *, kept: bytes | None = None, seq: int | None = None) -> Result:
    return Result(ledger.log, r, ledger.have, ledger.hash, kept=kept, seq=seq)


receive = Receiver().receive
