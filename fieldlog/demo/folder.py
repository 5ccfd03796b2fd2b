"""Where a demo keeps itself: its databases, its secret key, and passwords that stay the same."""

import json
import os
import secrets
import shutil
from dataclasses import asdict, dataclass, field
from pathlib import Path

WORDS = 4
CONSONANTS, VOWELS = "bdfghjklmnprstv", "aeiouy"


@dataclass
class Kept:
    """What a demo must remember. `device` is the identity of the database it made."""

    device: str = ""
    secret_key: str = ""
    whole: bool = False
    passwords: dict[str, str] = field(default_factory=dict)


class Folder:
    """A demo's folder; only its owner may read it."""

    def __init__(self, path: Path):
        self.path = path
        path.mkdir(parents=True, exist_ok=True, mode=0o700)

    def database(self, name: str) -> str:
        return f"sqlite:///{(self.path / name).absolute()}.db"

    def kept(self) -> Kept:
        """What was kept, or a fresh start."""
        file = self.path / "demo.json"
        if not file.exists():
            return Kept(secret_key=secrets.token_urlsafe(48))
        return Kept(**json.loads(file.read_text(encoding="utf-8")))

    def keep(self, kept: Kept) -> None:
        partial = self.path / "demo.json.new"
        partial.touch(mode=0o600)
        partial.write_text(json.dumps(asdict(kept), indent=1), encoding="utf-8")
        os.replace(partial, self.path / "demo.json")

    def empty(self) -> None:
        """Forget the demo: its databases with their maps, and what was kept."""
        for file in self.path.iterdir():
            if file.name.startswith(("centre.db", "node.db", "demo.json")):
                shutil.rmtree(file) if file.is_dir() else file.unlink()


def password() -> str:
    """A random password that can be typed from a screen: four made-up words and a number."""
    words = ["".join(_syllable() for _ in range(3)) for _ in range(WORDS)]
    return "-".join([*words, str(secrets.randbelow(90) + 10)])


def _syllable() -> str:
    return secrets.choice(CONSONANTS) + secrets.choice(VOWELS)
