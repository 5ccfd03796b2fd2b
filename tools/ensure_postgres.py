"""Makes sure that the tests have PostgreSQL's server: finds it, or installs the system's."""

import glob
import os
import shutil
import sys
from pathlib import Path

from packages import install

FOLDERS = (
    "/usr/lib/postgresql/*/bin",
    "/usr/pgsql-*/bin",
    "/usr/libexec/postgresql*",
    "/opt/homebrew/opt/postgresql@*/bin",
    "/usr/local/opt/postgresql@*/bin",
)


def find() -> Path | None:
    """The newest folder with initdb, or None. POSTGRES_BIN outranks the search."""
    chosen = os.environ.get("POSTGRES_BIN")
    if chosen:
        return Path(chosen)
    on_path = shutil.which("initdb")
    folders = [f for pattern in FOLDERS for f in sorted(glob.glob(pattern), reverse=True)]
    candidates = [Path(on_path).resolve().parent] if on_path else []
    candidates += map(Path, folders)
    return next((c for c in candidates if (c / "initdb").exists()), None)


if __name__ == "__main__":
    if not find():
        packages = {
            "apt-get": ["postgresql"],
            "dnf": ["postgresql-server"],
            "pacman": ["postgresql"],
            "apk": ["postgresql"],
            "brew": ["postgresql@17"],
        }
        install(
            "PostgreSQL",
            packages,
            "Install PostgreSQL's server, or name its bin folder in POSTGRES_BIN.",
        )
    if not find():
        sys.exit("PostgreSQL was installed but not found: name its bin folder in POSTGRES_BIN.")
    print(f"PostgreSQL: {find()}")
