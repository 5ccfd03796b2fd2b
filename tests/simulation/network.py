"""What the network does in a world: carries, cuts, loses, and carries once more.

`index` chooses among what is on its way, whatever its size.
"""

from contextlib import suppress

from sync.messages import Answer, Garbled
from tests.simulation.phone import Phone
from tests.simulation.wire import Reply, Request
from tests.simulation.world import World
from tests.support.memory_store import Pusher

WHOLE = 1 << 16


def deliver(world: World, index: int, chunk: int = WHOLE, cut: float = 1.0) -> None:
    """A request arrives, perhaps only its first part."""
    waiting = world.wire.requests
    _arrive(world, waiting.pop(index % len(waiting)), chunk, cut)


def replay(world: World, index: int) -> None:
    """An old request arrives once more; its answer may reach the phone as well."""
    _arrive(world, world.wire.old[index % len(world.wire.old)], WHOLE, 1.0)


def answer(world: World, index: int) -> None:
    """An answer reaches its phone."""
    waiting = world.wire.replies
    reply = waiting.pop(index % len(waiting))
    for phone in world.phones:
        if phone.name == reply.request.phone:
            before = phone.storage.digests()
            _hear(world, phone, reply)
            gone = before - world.held_by_phones()
            if gone:
                world.history.gone("phone", gone, by_nature=False)
                world.check_held()


def exchange(world: World) -> bool:
    """What was sent last arrives, and is answered unless the store dies of it."""
    replies = len(world.wire.replies)
    deliver(world, -1)
    answered = len(world.wire.replies) > replies
    if answered:
        answer(world, -1)
    return answered


def lose_request(world: World, index: int) -> None:
    del world.wire.requests[index % len(world.wire.requests)]


def lose_answer(world: World, index: int) -> None:
    del world.wire.replies[index % len(world.wire.replies)]


def _arrive(world: World, request: Request, chunk: int, cut: float) -> None:
    server = world.servers[request.store]
    pusher = Pusher(request.device, "phone" if request.phone else "node")
    if request.logs:
        body = server.status(list(request.logs), pusher, world.now)
    else:
        whole = request.body[: max(1, int(len(request.body) * cut))]
        body = world.push(server, whole, pusher, chunk)
    if body is not None:
        world.wire.replies.append(Reply(request, body))


def _hear(world: World, phone: Phone, reply: Reply) -> None:
    told = Answer.from_json(reply.body)
    world.trace.append((phone.name, *((r.log, r.r, r.have) for r in told.logs)))
    if reply.request.logs:
        phone.hear_status(told)
        return
    with suppress(Garbled):  # an answer to a request that this page did not make
        phone.hear(reply.request.tab, told)
