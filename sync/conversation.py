"""Many logs, few requests: fills requests up to the limits and keeps track of each log's part.

Does no I/O: whoever drives it carries `request()` out and hands the answer to `hear()`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sync.messages import (
    BATCH_BYTES,
    BATCH_ENTRIES,
    HEADER_ROOM,
    LOGS_MAX,
    PAYLOAD_MAX,
    Answer,
    Garbled,
    Section,
)
from sync.ports import Source
from sync.sender import Sender
from sync.steps import Again, Behind, Branch, Kept, Sent, SetAside, Step

_STALLS_MAX = 3
_ROOM_FOR_ANY = HEADER_ROOM + PAYLOAD_MAX + 1


@dataclass(slots=True)
class Part:
    """Where one log stands in this conversation. `last`: the step its last answer led to.

    `open` ends when nothing is left to send, or when sending can't go on here.
    """

    source: Source
    known: int
    kept: int | None = None  # set once the log travels as a branch
    again: bool = False
    stalls: int = 0
    open: bool = True
    last: Step | None = None


class Conversation:
    """One run of sending. `known`: log → entries the receiver is believed to have.

    `apart`: the sources are a relay's kept forks, sent as branches from the start.
    """

    def __init__(
        self,
        sources: Iterable[Source],
        known: Mapping[str, int],
        *,
        author: bool = True,
        apart: bool = False,
        sender: Sender | None = None,
    ) -> None:
        self.parts = [
            Part(each, known.get(each.log, 0), kept=0 if apart else None) for each in sources
        ]
        self._open = list(self.parts)
        self._author = author
        self._sender = sender or Sender()
        self._most, self._room = BATCH_ENTRIES, BATCH_BYTES
        self._asked: list[tuple[Part, Section]] = []

    def request(self) -> list[Section]:
        """The sections of the next request; empty when nothing is left that can be sent."""
        self._asked = []
        most, room = self._most, self._room
        self._open = [part for part in self._open if part.open]
        for part in self._open:
            if len(self._asked) == LOGS_MAX or most < 1 or room < HEADER_ROOM:
                break
            section = self._next(part, most, room)
            if section is not None:
                self._asked.append((part, section))
                most -= len(section.lines)
                room -= HEADER_ROOM + sum(_size(line.payload) for line in section.lines)
            elif room >= _ROOM_FOR_ANY:
                part.open = False
        return [section for _, section in self._asked]

    def hear(self, answer: Answer) -> list[tuple[Source, Step]]:
        """Take in the answer to the last request; raises Garbled if it answers another one.

        Rotate, SetAside and NotYours end a log's part here: acting on them is the store's.
        """
        if [each.log for each in answer.logs] != [each.log for _, each in self._asked]:
            raise Garbled("the answer is about other logs than the request")
        steps = []
        for (part, section), result in zip(self._asked, answer.logs, strict=True):
            step = self._sender.weigh(
                part.source,
                section,
                result,
                role=answer.role,
                author=self._author,
                again=part.again,
            )
            _move(part, step)
            steps.append((part.source, step))
        self._asked = []
        return steps

    def too_large(self) -> list[tuple[Source, Step]]:
        """The receiver refused the request's size (413): halve; one entry alone is set aside."""
        asked, self._asked = self._asked, []
        entries = sum(len(section.lines) for _, section in asked)
        if entries == 1:
            part, section = asked[0]
            step = SetAside(section.first)
            _move(part, step)
            return [(part.source, step)]
        self._most = max(1, entries // 2)
        self._room = max(_ROOM_FOR_ANY, self._room // 2)
        return []

    def _next(self, part: Part, most: int, room: int) -> Section | None:
        if part.kept is not None:
            return self._sender.next_branch(part.source, part.kept, most=most, room=room)
        return self._sender.next_section(
            part.source, part.known, author=self._author, most=most, room=room
        )


def _move(part: Part, step: Step) -> None:
    part.last, part.again = step, isinstance(step, Again)
    before = (part.known, part.kept)
    match step:
        case Sent(have) | Behind(have):
            part.known = have
        case Kept(last):
            part.kept = last
        case Branch():
            part.kept = part.kept or 0
        case Again():
            pass
        case _:
            part.open = False
    # A receiver that keeps answering without taking anything must not be asked for ever.
    part.stalls = part.stalls + 1 if before == (part.known, part.kept) else 0
    if part.stalls >= _STALLS_MAX:
        part.open = False


def _size(payload: bytes | None) -> int:
    return 66 if payload is None else len(payload) + 1
