"""An app of this process on a free port, by the server that `fieldlog serve` uses."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread

from waitress.server import create_server

PATIENCE_S = 5


@contextmanager
def listening(app) -> Iterator[str]:
    """Its address."""
    server = create_server(app, host="127.0.0.1", port=0)
    loop = Thread(target=server.run, daemon=True)
    loop.start()
    try:
        yield f"http://127.0.0.1:{server.effective_port}"
    finally:
        # By the loop itself, which now and then broke on what another thread had closed.
        server.trigger.pull_trigger(server.close)
        loop.join(PATIENCE_S)
