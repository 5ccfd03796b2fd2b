"""A phone: its storage, its tabs, and what it makes of answers, by the real sender.

Stands in for the app on a patrol's phone. Knows nothing of how requests travel or fail.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from sync.conversation import Conversation
from sync.messages import Answer, Quarantined, Result, Section, Up
from sync.rotation import carried_over
from sync.sender import Sender
from sync.steps import Behind, NotYours, Rotate, Sent, SetAside, Step
from tests.simulation.author import AuthorLog

RETENTION = timedelta(hours=72)


@dataclass
class Storage:
    """Everything that a phone keeps. A backup, or a clone, is a copy of this."""

    logs: dict[str, AuthorLog] = field(default_factory=dict)
    current: str = ""
    known: dict[tuple[str, str, str], int] = field(default_factory=dict)
    inc: str = ""  # the home store's, as last heard
    set_aside: list[bytes] = field(default_factory=list)
    visits: list[str] = field(default_factory=list)
    quarantined: dict[str, tuple[Quarantined, ...]] = field(default_factory=dict)

    @property
    def log(self) -> AuthorLog:
        return self.logs[self.current]

    def digests(self) -> set[bytes]:
        """All payloads still here."""
        held = {e.digest for log in self.logs.values() for e in log.held() if e.payload is not None}
        return held | set(self.set_aside)

    def copy(self) -> "Storage":
        return replace(
            self,
            logs={name: log.copy() for name, log in self.logs.items()},
            known=dict(self.known),
            set_aside=list(self.set_aside),
            visits=list(self.visits),
            quarantined=dict(self.quarantined),
        )


@dataclass
class Tab:
    """One page of the app that is sending; a phone may have two."""

    storage: Storage
    log: str
    talk: Conversation


@dataclass
class Phone:
    """`opening(reason, previous)` makes the payload of `open`; `claim(store, inc, digests)` is told
    whatever the phone now shows its user as having arrived; `again` is the user who is shown what
    no store takes."""

    name: str
    device: str
    home: str
    sender: Sender
    centre_key: str
    new_log: Callable[["Phone"], str]
    opening: Callable[["Phone", str, dict | None], bytes]
    again: Callable[["Phone", bytes], None]
    claim: Callable[[str, str, str, set[bytes]], None]
    skew: timedelta = timedelta(0)
    storage: Storage = field(default_factory=Storage)
    tabs: dict[int, Tab] = field(default_factory=dict)

    def start(self, reason: str, *, previous: dict | None = None) -> AuthorLog:
        """Begin a new log in the storage as it is."""
        log = AuthorLog(self.new_log(self))
        log.append("open", self.opening(self, reason, previous))
        self.storage.logs[log.log] = log
        self.storage.current = log.log
        return log

    def wipe(self) -> None:
        """The browser evicted everything; the app starts anew."""
        self.put(Storage())
        self.start("evicted")

    def put(self, storage: Storage) -> None:
        """Another storage stands in this phone now: what its tabs knew is gone with the old one."""
        self.storage = storage
        self.tabs.clear()

    def request(self, tab: int, most: int) -> list[Section]:
        """The next sections of this tab, at most `most` lines a log; [] when all is sent."""
        log = self.storage.log
        page = self.tabs.get(tab)
        if page is None or page.storage is not self.storage or page.log != log.log:
            page = self.tabs[tab] = Tab(self.storage, log.log, self._talk(log))
        log.most = most
        sections = page.talk.request()
        if not sections:
            del self.tabs[tab]
        return sections

    def hear(self, tab: int, answer: Answer) -> None:
        """The answer to the tab's last request; ignored if the tab is not there any more."""
        page = self.tabs.get(tab)
        if page is None or page.storage is not self.storage:
            return
        self.storage.inc = answer.inc
        for (source, step), result in zip(page.talk.hear(answer), answer.logs, strict=True):
            self._act(source, step, result, answer)

    def hear_status(self, answer: Answer) -> None:
        self.storage.inc = answer.inc
        for result in answer.logs:
            log = self.storage.logs.get(result.log)
            if log is not None and not log.rotated:
                step = self.sender.weigh(log, None, result, role=answer.role)
                self._act(log, step, result, answer)

    def waits(self) -> bool:
        """Whether anything here still lacks the centre's receipt."""
        return self.storage.log.receipted < self.storage.log.head

    def let_go(self, log: AuthorLog, have: int, now: datetime) -> None:
        """Prune what the centre signed for a retention window ago, and confirms (`have`) in this
        very answer. `now` is the answering store's time: neither a wrong clock of the phone's nor
        long silence lets go of anything, nor an old receipt of a centre that forgot the log."""
        log.let_go(min(have, log.ripe(now - RETENTION)))

    def _talk(self, log: AuthorLog) -> Conversation:
        known = self.storage.known.get((self.home, self.storage.inc, log.log), 0)
        return Conversation([log], {log.log: known}, sender=self.sender)

    def _act(self, log: AuthorLog, step: Step, result: Result, answer: Answer) -> None:
        if log.rotated:
            return
        known = (answer.store, answer.inc, log.log)
        self.storage.quarantined[log.log] = result.q
        match step:
            case Sent(have):
                self.storage.known[known] = have
                fresh = {e.digest for e in log.entries[log.base : have]}
                self.claim(self.name, answer.store, answer.inc, fresh)
            case Behind(have):
                self.storage.known[known] = have
            case Rotate(why):
                self.rotate(why)
            case SetAside(seq):
                self.rotate("forked", without=seq)
                self.again(self, log.entries[seq - 1].digest)
            case NotYours():
                raise AssertionError(f"{self.name} was told that {log.log} is not its own")
        if result.up is not None:
            self._take_receipt(log, result.up, datetime.fromisoformat(answer.now))

    def rotate(self, why: str, without: int | None = None) -> None:
        """A new log, everything still held written again; the old one is marked and kept."""
        old = self.storage.log
        old.rotated = True
        new = self.start(why, previous={"log": old.log, "seq": old.head})
        kept = []
        for seq, entry in enumerate(old.held(), old.base + 1):
            if seq == without:
                self.storage.set_aside.append(entry.digest)
            else:
                kept.append(entry.payload)
        for payload in carried_over(kept):
            new.append("record", payload)

    def _take_receipt(self, log: AuthorLog, up: Up, now: datetime) -> None:
        if not log.is_news(up):
            return
        have = self.sender.releasable(log, up, self.centre_key)
        if have:
            log.take_receipt(replace(up, have=have))
            self.claim(self.name, "centre", up.inc, log.records(have))
            if not log.rotated:
                self.let_go(log, have, now)
