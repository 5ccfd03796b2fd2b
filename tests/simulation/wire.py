"""The network: what is on its way, and every request that ever was, to be delivered once more.

Knows nothing of what the bytes mean.
"""

from dataclasses import dataclass, field

OLD_MAX = 400


@dataclass(frozen=True)
class Request:
    """What a phone's tab has sent, or a node (`phone` empty). `body` is a push; `logs` a status
    question."""

    phone: str
    device: str
    store: str
    tab: int
    body: bytes = b""
    logs: tuple[str, ...] = ()


@dataclass(frozen=True)
class Reply:
    """An answer on its way back."""

    request: Request
    body: bytes


@dataclass
class Wire:
    requests: list[Request] = field(default_factory=list)
    replies: list[Reply] = field(default_factory=list)
    old: list[Request] = field(default_factory=list)

    def send(self, request: Request) -> None:
        self.requests.append(request)
        self.remember(request)

    def remember(self, request: Request) -> None:
        """Keep a copy that may be delivered again at any later time."""
        if request.body:
            self.old.append(request)
            del self.old[:-OLD_MAX]

    def lose_all(self) -> None:
        self.requests.clear()
        self.replies.clear()
