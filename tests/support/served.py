"""Stores that really serve: a process each, on a free port, with a database of its own.

Knows the `fieldlog` command, nothing of browsers.
"""

import json
import os
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from fieldlog import create_app, data
from fieldlog.config import PREFIX, Settings
from fieldlog.store import categories, devices, identity, places, schema
from fieldlog.store.database import db
from tests.support.cast import SECRET, gather

FIELDLOG = [sys.executable, "-W", "ignore", "-c", "from fieldlog.cli import main; main()"]
PATIENCE_S = 300


@dataclass
class Store:
    """A centre, or a node where `upstream` is given. Its port stays when it starts again."""

    folder: Path
    name: str
    upstream: str | None = None
    upstream_token: str | None = None
    database: str = ""  # SQLite in the folder unless given
    push_rate: int = 600
    phone_lock: bool = True
    phone_photos: bool = True
    port: int = 0
    kills: int = 0
    process: subprocess.Popen | None = field(default=None, repr=False)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def settings(self) -> Settings:
        return Settings(
            secret_key=SECRET,
            database_url=self.database or f"sqlite:///{self.folder / self.name}.db",
            name=self.name,
            upstream=self.upstream,
            upstream_token=self.upstream_token,
            plain_http=True,
            push_rate=self.push_rate,
            phone_lock=self.phone_lock,
            phone_photos=self.phone_photos,
            blobs=str(self.folder / f"{self.name}.photos"),
        )

    @contextmanager
    def inside(self):
        """Within the store's own app, to prepare or to look."""
        app = create_app(self.settings)
        with app.app_context():
            schema.upgrade()
            identity.ensure(self.name)
            yield app
            db.session.remove()
            db.engine.dispose()

    def start(self) -> "Store":
        """Serve; returns once it listens."""
        self.process = self.launch("serve", "--port", str(self.port))
        said = self.process.stdout.readline()
        if "http://" not in said:
            self.stop()
            raise RuntimeError(f"{self.name} did not start to serve: {said!r}")
        self.port = int(said.rsplit(":", 1)[1])
        return self

    def stop(self) -> None:
        """No server any more: a truly dead network for whoever had it."""
        if self.process is None:
            return
        self.process.terminate()
        self.process.wait(PATIENCE_S)
        self.process.stdout.close()
        self.process = None

    def kill(self) -> None:
        """SIGKILL, as a power cut ends it, and up again."""
        self.kills += 1
        self.process.kill()
        self.stop()
        self.start()

    def run(self, *command: str) -> dict:
        """A `fieldlog` command at this store, answered in JSON."""
        job = self.spawn(*command)
        said, complaint = job.communicate(timeout=PATIENCE_S)
        if job.returncode:
            raise RuntimeError(f"fieldlog {' '.join(command)}: {job.returncode}\n{complaint}")
        return told(said)

    def spawn(self, *command: str) -> subprocess.Popen:
        """The same under way, its output caught."""
        return self.launch(*command, "--json", stderr=subprocess.PIPE)

    def launch(self, *command: str, **options) -> subprocess.Popen:
        """A `fieldlog` command as a process of its own."""
        return subprocess.Popen(
            [*FIELDLOG, *command],
            env=self.environment(),
            stdout=subprocess.PIPE,
            text=True,
            **options,
        )

    def environment(self) -> dict[str, str]:
        settings = self.settings
        given = {
            "SECRET_KEY": settings.secret_key,
            "DATABASE_URL": settings.database_url,
            "NAME": settings.name,
            "UPSTREAM": settings.upstream,
            "UPSTREAM_TOKEN": settings.upstream_token,
            "PLAIN_HTTP": "yes",
            "PUSH_RATE": str(settings.push_rate),
            "BLOBS": settings.blobs,
            "PHONE_LOCK": "on" if settings.phone_lock else "off",
            "PHONE_PHOTOS": "on" if settings.phone_photos else "off",
        }
        kept = {name: value for name, value in os.environ.items() if not name.startswith(PREFIX)}
        return kept | {PREFIX + name: value for name, value in given.items() if value}


def told(said: str) -> dict:
    """The JSON that a command has said last."""
    return json.loads(said.strip().splitlines()[-1])


@dataclass
class Stack:
    """A centre with Sollentuna's places and the named cast, and a node that passes on to it."""

    centre: Store
    node: Store
    accounts: dict[str, str]

    def code(self, who: str) -> str:
        """A one-time code for one of the cast, made at the centre."""
        with self.centre.inside():
            return devices.make_code(self.accounts[who])[0]

    def stop(self) -> None:
        self.node.stop()
        self.centre.stop()


def stack(folder: Path, *, phone_lock: bool = True) -> Stack:
    """Both stores serving; the node has fetched places and categories by one nightly job."""
    centre = Store(folder, "centre", phone_lock=phone_lock)
    with centre.inside():
        accounts = {member.login: member.id for member in gather().everyone()}
        categories.seed()
        places.import_geojson(data.load("sollentuna_places.geojson"), datetime.now(UTC))
        _device, token = devices.add_node("node")
    try:
        node = Store(folder, "node", centre.start().url, token, phone_lock=phone_lock)
        with node.inside():
            pass
        node.run("sync")
        return Stack(centre, node.start(), accounts)
    except BaseException:
        centre.stop()
        raise
