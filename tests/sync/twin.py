"""A phone (node, fake-indexeddb) as Python sees it, and what a real store says it has."""

import json
import shutil
import sqlite3
import subprocess
from base64 import b64encode
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from typing import Any

from sqlalchemy import select

from fieldlog.store.database import reading
from fieldlog.store.tables import Entry, Event, Visit
from tests.support.served import Store

SCRIPT = Path(__file__).with_name("phone.mjs")
AT = "2026-11-21T21:40:00+01:00"


class Phone:
    """One process, one IndexedDB. Every call is one line to it and one line back."""

    def __init__(self, name: str = "Pixel 7") -> None:
        self.name = name
        self.process = subprocess.Popen(
            ["node", "--no-warnings", str(SCRIPT)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip

    def ask(self, deed: str, **rest: Any) -> Any:
        self.process.stdin.write(json.dumps({"do": deed, **rest}) + "\n")
        self.process.stdin.flush()
        said = json.loads(self.process.stdout.readline())
        if "error" in said:
            raise PhoneError(said)
        return said["done"]

    def enrol(self, store: Store, code: str) -> dict:
        return self.ask("enrol", url=store.url, code=code, name=self.name)

    def arrive(self, place: str = "HAG") -> str:
        body = {
            "place": place, "point": None, "point_why": "none", "far": None, "started_at": AT,
            "ended_at": None, "ended_by": None, "mode": "foot", "crew": 2, "kind": "planned",
        }  # fmt: skip
        return self.ask("append", t="visit", body=body, common={})["rid"]

    def leave(self, rid: str) -> str:
        body = {
            "ref": rid, "ended_at": AT, "ended_by": "tap", "climate": "calm", "contacts": "0",
            "nothing_observed": True, "note": "å ä ö 😀",
        }  # fmt: skip
        return self.ask("append", t="leave", body=body, common={})["rid"]

    def event(
        self, category: str = "ORD.stoj", note: str = "", photos: Iterable[bytes] = ()
    ) -> str:
        body = {
            "visit": None, "category": category, "place": "HAG", "point": None,
            "precision": "place", "from": AT, "to": None, "source": "own", "people": "1-3",
            "ages": [], "severity": 1, "handled": ["none"], "police_report": False,
            "fault_report": False, "note": note, "blobs": [],
        }  # fmt: skip
        common = {"photos": [b64encode(photo).decode() for photo in photos]}
        return self.ask("append", t="event", body=body, common=common)["rid"]

    def talk(self, **more: Any) -> str | None:
        """One conversation; the kind of refusal it ended with, None if it ended well."""
        return self.ask("talk", **more)["kind"]

    def photos(self) -> dict[str, str]:
        """Sends what waits of photos; sha256 → phone, node or centre, unless it was let go."""
        return {each["sha256"]: each["state"] for each in self.ask("photos")}

    def look(self) -> dict:
        return self.ask("look")

    def states(self) -> dict[str, str]:
        """rid → phone, node, centre or needs."""
        return {each["rid"]: each["state"] for each in self.look()["mine"]}

    def table(self, name: str) -> list[dict]:
        """All rows of one of its stores."""
        return dict(self.ask("dump")["tables"])[name]

    def clone(self) -> "Phone":
        """Another phone with a copy of everything this one holds, its token included."""
        copy = Phone(self.name)
        copy.ask("load", **self.ask("dump"))
        return copy

    def stop(self) -> None:
        self.process.stdin.close()
        self.process.wait(10)
        self.process.stdout.close()


class PhoneError(Exception):
    """What the phone itself threw."""

    @property
    def kind(self) -> str | None:
        return self.args[0].get("kind")


def stored(store: Store, *rids: str) -> list[int]:
    """How many projected rows a store has of each: 1, or something is wrong."""
    with store.inside():
        found = [*reading().scalars(select(Visit.rid)), *reading().scalars(select(Event.rid))]
    return [found.count(as_bytes(rid)) for rid in rids]


def payloads(store: Store, rid: str) -> set[bytes]:
    """The bytes under which a store holds a record: one content, however many logs brought it."""
    with store.inside():
        return set(reading().scalars(select(Entry.payload).where(Entry.rid == as_bytes(rid))))


def copied(store: Store) -> Path:
    """A copy of a store's database, taken while it serves."""
    backup = store.folder / f"{store.name}.backup"
    with (
        closing(sqlite3.connect(store.folder / f"{store.name}.db")) as source,
        closing(sqlite3.connect(backup)) as target,
    ):
        source.backup(target)
    return backup


def restored(store: Store, backup: Path) -> None:
    """The store goes on from the copy, as if nothing had come since."""
    store.stop()
    for left in store.folder.glob(f"{store.name}.db-*"):
        left.unlink()
    shutil.copy(backup, store.folder / f"{store.name}.db")
    store.start()


def as_bytes(rid: str) -> bytes:
    return bytes.fromhex(rid.replace("-", ""))
