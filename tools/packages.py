"""Installs a system package with the machine's package manager, or says what to install."""

import os
import shutil
import subprocess
import sys

MANAGERS = {
    "apt-get": ["install", "-y", "-q", "--no-install-recommends"],
    "dnf": ["install", "-y", "-q"],
    "pacman": ["-S", "--noconfirm", "--needed"],
    "apk": ["add", "--no-progress"],
    "brew": ["install"],
}

QUIETLY = "DEBIAN_FRONTEND=noninteractive"


def install(what: str, names: dict[str, list[str]], otherwise: str) -> None:
    """Installs `what` by `names[manager]`; ends the program with a sentence if it can't."""
    manager = next((m for m in MANAGERS if m in names and shutil.which(m)), None)
    if manager is None:
        sys.exit(f"{what} was not found, and no known package manager to fetch it. {otherwise}")
    prefix = _prefix(manager)
    if prefix is None:
        sys.exit(f"{what} was not found, and installing it needs root or sudo. {otherwise}")
    print(f"Installing {what} with {manager} …", file=sys.stderr, flush=True)
    environment = {**os.environ, **dict([QUIETLY.split("=")])}
    if manager == "apt-get":
        subprocess.run([*prefix, manager, "update", "-q"], env=environment, stdout=2, check=False)
    done = subprocess.run(
        [*prefix, manager, *MANAGERS[manager], *names[manager]],
        env=environment,
        stdout=2,
        check=False,
    )
    if done.returncode:
        sys.exit(f"{manager} could not install {what}. {otherwise}")


def _prefix(manager: str) -> list[str] | None:
    if manager == "brew" or os.geteuid() == 0:
        return []
    return ["sudo", "-n", "env", QUIETLY] if shutil.which("sudo") else None
