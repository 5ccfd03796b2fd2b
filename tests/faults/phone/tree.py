"""The phone's app built anew from the project's own sources, with some of them changed.

For later versions of the app, and for proofs that a guard matters. What is to be replaced must be
there exactly once: a change that no longer finds its place fails, and never proves anything.
"""

import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
COPIED = ("static/js", "static/css", "static/sw", "static/icons")
COPIED_FILES = ("pyproject.toml",)
LINKED = ("fieldlog", "templates", "node_modules", "build.mjs", "package.json", "package-lock.json")


@dataclass(frozen=True)
class Change:
    """In `file`, `old` becomes `new`."""

    file: str
    old: str
    new: str


def built(folder: Path, *changes: Change, root: Path = ROOT) -> Path:
    """`folder`, now with static/dist as the build makes it of the changed sources."""
    for name in COPIED:
        shutil.copytree(root / name, folder / name)
    for name in COPIED_FILES:
        shutil.copy(root / name, folder / name)
    for name in LINKED:
        (folder / name).symlink_to(root / name)
    for change in changes:
        apply(folder, change)
    subprocess.run(["node", "build.mjs"], cwd=folder, check=True, capture_output=True, text=True)
    return folder


def apply(folder: Path, change: Change) -> None:
    file = folder / change.file
    text = file.read_text(encoding="utf-8")
    times = text.count(change.old)
    assert times == 1, f"{change.file} has {change.old!r} {times} times: point the change anew"
    file.write_text(text.replace(change.old, change.new), encoding="utf-8")
