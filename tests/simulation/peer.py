"""The centre as a node's nightly job sees it: real bytes both ways, over a line that may fail.

Fits sync.nightly.Centre. Knows nothing of what is sent.
"""

from collections.abc import Iterable
from random import Random

from sync.http import Trouble
from sync.messages import Answer, Compare, Section, compare, render
from tests.simulation.acts import Killed
from tests.simulation.wire import Request
from tests.simulation.world import World
from tests.support.memory_store import Pusher


class SteadyPeer:
    """A line without faults."""

    def __init__(self, world: World, node: str) -> None:
        self._world, self._pusher = world, Pusher(node, "node")
        self._centre = world.servers["centre"]

    def push(self, sections: Iterable[Section]) -> Answer:
        body = render(sections)
        self._world.wire.remember(Request("", self._pusher.id, "centre", 0, body))
        return Answer.from_json(self._carry(lambda: self._take(body)))

    def status(self, logs: Iterable[str] = (), at: int | None = None) -> Answer:
        asked = list(logs)
        return Answer.from_json(
            self._carry(lambda: self._centre.status(asked, self._pusher, self._world.now))
        )

    def compare(self, lines: Iterable[Compare]) -> list[Compare]:
        body = compare.render(lines)
        return compare.parse(self._carry(lambda: self._centre.compare(body, self._pusher)))

    def digest(self) -> str:
        return self._carry(lambda: self._centre.backend.digest(self._pusher))

    def ref(self, name: str, sha256_hex: str) -> bytes:
        raise Trouble("this centre has no bundles")

    def _carry(self, act):
        return act()

    def _take(self, body: bytes) -> bytes:
        answer = self._world.push(self._centre, body, self._pusher)
        if answer is None:
            raise Trouble("no answer")
        return answer


class FaultyPeer(SteadyPeer):
    """Loses requests and answers, a `share` of them, and now and then the job is killed."""

    def __init__(self, world: World, node: str, random: Random, share: float) -> None:
        super().__init__(world, node)
        self._random, self._share = random, share

    def _carry(self, act):
        fate = self._random.random() / self._share if self._share else 1.0
        if fate < 0.4:
            raise Trouble("the request is lost")
        body = act()
        if fate < 0.8:
            raise Trouble("the answer is lost")
        if fate < 1.0:
            raise Killed
        return body
