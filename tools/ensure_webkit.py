"""Makes sure that the engine tests have a WebKit: WebKitGTK, driven by the system's own Python.

The bindings come with the system's Python, not with ours; WEBKIT_PYTHON names another.
"""

import os
import shutil
import subprocess
import sys

from packages import install

ASKED = "import gi; gi.require_version('Gtk', '3.0'); gi.require_version('WebKit2', '4.1')"
OTHERWISE = "Install WebKitGTK 4.1 with its Python bindings, and xvfb."


def find() -> str | None:
    """The path of a Python that can drive WebKitGTK, or None."""
    for python in filter(None, (os.environ.get("WEBKIT_PYTHON"), "/usr/bin/python3")):
        if shutil.which(python) and not subprocess.run([python, "-c", ASKED], stderr=-3).returncode:
            return python
    return None


def screen() -> str | None:
    """The path of a screen that nobody sees, or None."""
    return shutil.which("Xvfb")


if __name__ == "__main__":
    if not (find() and screen()):
        debian = ["python3-gi", "gir1.2-gtk-3.0", "gir1.2-webkit2-4.1", "xvfb"]
        fedora = ["python3-gobject", "gtk3", "webkit2gtk4.1", "xorg-x11-server-Xvfb"]
        arch = ["python-gobject", "gtk3", "webkit2gtk-4.1", "xorg-server-xvfb"]
        install("WebKitGTK", {"apt-get": debian, "dnf": fedora, "pacman": arch}, OTHERWISE)
    if not (find() and screen()):
        sys.exit(f"WebKitGTK was installed but can't be used. {OTHERWISE}")
    print(f"WebKitGTK by {find()} on {screen()}")
