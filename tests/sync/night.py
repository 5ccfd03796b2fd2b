"""A node and a centre of the smallest kind, for the nightly job's tests. Both live in memory."""

from hashlib import sha256

from sync import chain
from sync.http import Trouble
from sync.messages import Answer, Compare, Line, Result, Section, Via
from sync.receiver import receive
from sync.steps import Behind, Branch, Sent
from tests.sync.shelf import Shelf


class HeldLog:
    """A Source over a shelf, or over one branch of it."""

    now, unsent, app = "2026-11-22T23:00:00Z", 0, "1"
    via = Via("phone", "t", "t", 0, "1")

    def __init__(self, shelf: Shelf, branch: dict[int, object] | None = None):
        self.log, self.shelf = shelf.log, shelf
        self.entries = shelf.entries if branch is None else branch
        self.base = shelf.base if branch is None else min(branch) - 1
        self.head = shelf.have if branch is None else max(branch)

    def hash_at(self, seq):
        return self.entries[seq].hash if seq in self.entries else self.shelf.hash_at(seq)

    def next_held(self, seq):
        return min((n for n in self.entries if n >= seq), default=None)

    def lines(self, first, most, room):
        out = []
        while first + len(out) in self.entries and len(out) < most:
            entry = self.entries[first + len(out)]
            out.append(Line(entry.digest, entry.payload))
        return out


class Node:
    """What a node keeps: an Outbox."""

    def __init__(self):
        self.shelves, self.believed, self.apart, self.heard = {}, {}, set(), []

    def takes(self, section: Section) -> None:
        log = self.shelves.setdefault(section.log, Shelf(section.log))
        receive(section, log, pusher="phone", role="node")

    def sources(self):
        waiting = [each for each in self.shelves.values() if each.have]
        return [HeldLog(each) for each in waiting if self.believed.get(each.log, 0) < each.have]

    def known(self):
        return dict(self.believed)

    def held(self, log):
        shelf = self.shelves.get(log)
        return HeldLog(shelf) if shelf and shelf.have else None

    def forks(self, log):
        # One fork a log is all these tests make.
        branch = {seq: entry for (seq, _), entry in self.shelves[log].branches.items()}
        return [HeldLog(self.shelves[log], branch)] if branch else []

    def lines(self):
        return lines(self.shelves)

    def learn(self, answer, steps):
        self.heard += [result.log for result in answer.logs]
        for source, step in steps:
            match step:
                case Sent(have) | Behind(have):
                    self.believed[source.log] = have
                case Branch():
                    self.believed[source.log] = source.head
                    self.apart.add(source.log)

    def lower(self, log, have):
        self.believed[log] = have


class Centre:
    """What a centre answers; `plan` may raise before or after the request takes effect."""

    def __init__(self, plan=lambda verb, when: None):
        self.shelves, self.plan, self.bundles = {}, plan, {}

    def status(self, logs=()):
        self.plan("status", "before")
        found = [self.shelves.get(log) or Shelf(log) for log in logs]
        return self._answer([Result(each.log, "ok", each.have, each.hash) for each in found])

    def push(self, sections):
        self.plan("push", "before")
        results = []
        for section in sections:
            log = self.shelves.setdefault(section.log, Shelf(section.log))
            results.append(receive(section, log, pusher="node", role="centre", relays=True))
        self.plan("push", "after")
        return self._answer(results)

    def compare(self, asked):
        self.plan("compare", "before")
        own = set(lines(self.shelves))
        named = {each.log for each in asked}
        differing = [each for each in own - set(asked) if each.log in named]
        for each in set(asked) - own:
            shelf = self.shelves.get(each.log) or Shelf(each.log)
            differing.append(Compare(each.log, shelf.have, shelf.hash))
        return differing

    def digest(self):
        return "ab" * 32

    def ref(self, name, sha256_hex):
        assert sha256(self.bundles[name]).hexdigest() == sha256_hex
        return self.bundles[name]

    def _answer(self, results):
        ref = {name: sha256(body).hexdigest() for name, body in self.bundles.items()}
        return Answer("centre", "centre", "one", "t", results, ref)


class Board:
    """Where bundles end up."""

    def __init__(self):
        self.bundles, self.order = {}, []

    def has(self, name, sha256_hex):
        return name in self.bundles and sha256(self.bundles[name]).hexdigest() == sha256_hex

    def apply(self, name, body):
        self.order.append(name)
        if body == b"nonsense":
            raise ValueError("it is nonsense")
        self.bundles[name] = body


class Flaky:
    """A plan: trouble the first `times` times that `verb` comes by at `when`."""

    def __init__(self, verb, when, times):
        self.verb, self.when, self.times = verb, when, times

    def __call__(self, verb, when):
        if (verb, when) == (self.verb, self.when) and self.times:
            self.times -= 1
            raise Trouble("the line is bad")


def lines(shelves: dict[str, Shelf]) -> list[Compare]:
    out = [Compare(each.log, each.have, each.hash) for each in shelves.values() if each.have]
    for each in shelves.values():
        if each.branches:
            last = max(each.branches)
            out.append(Compare(each.log, *last))
    return out


def section(
    log: str, payloads: list[bytes], first: int = 1, base: int = 0, via: Via | None = None
) -> Section:
    """Entries `first` … of a log with these payloads."""
    digests = [chain.digest(each) for each in payloads]
    hashes = [chain.genesis(log), *chain.fold(chain.genesis(log), 1, digests)]
    rest = [Line(*each) for each in zip(digests, payloads, strict=True)][first - 1 :]
    return Section(log, base, first, hashes[first - 1], hashes[-1], rest, "t", 0, "1", via)
