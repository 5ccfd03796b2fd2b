"""A disk that can lose its power: ext4 on a loop device whose image is copied without a sync.

What the copy holds is what a disk holds that lost its power at that moment: all that was flushed,
and of the rest whatever the system happened to have written. Mounting it replays the journal, as
starting again does. Needs root.
"""

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

SIZE = 160 << 20
# Written back as late as it may be, so that only what was asked for is on the disk.
OPTIONS = "loop,commit=60"
COPIES_MAX = 50


@dataclass
class Disk:
    """Mounted on `at`."""

    folder: Path
    turn: int = 0
    copies: int = 0  # that the last cut needed

    @property
    def at(self) -> Path:
        return self.folder / f"mounted-{self.turn}"

    @property
    def image(self) -> Path:
        return self.folder / f"disk-{self.turn}.img"

    def cut_power(self) -> Path:
        """The image as it is now; writers must stand still, and be gone before `mount`.

        The system itself may still write back. A disk never holds a later block without the
        earlier one that it waited for, so a copy counts only if nothing moved while it was made.
        """
        dark = self.folder / f"disk-{self.turn + 1}.img"
        for self.copies in range(1, COPIES_MAX + 1):
            subprocess.run(["cp", "--sparse=always", self.image, dark], check=True)
            if not subprocess.run(["cmp", "-s", self.image, dark]).returncode:
                return dark
        raise AssertionError(f"the disk does not come to rest in {COPIES_MAX} copies")

    def restart(self, dark: Path) -> None:
        """Mount what the cut left; the disk as it would have been is thrown away."""
        self.unmount()
        self.image.unlink()
        self.turn += 1
        assert dark == self.image
        self.mount()

    def mount(self) -> None:
        self.at.mkdir()
        subprocess.run(["mount", "-o", OPTIONS, self.image, self.at], check=True)

    def unmount(self) -> None:
        lazily = subprocess.run(["umount", self.at], capture_output=True).returncode
        if lazily:
            subprocess.run(["umount", "-l", self.at], check=True)
        shutil.rmtree(self.at, ignore_errors=True)


@contextmanager
def disk(folder: Path) -> Iterator[Disk]:
    """A new, empty disk."""
    made = Disk(folder)
    with made.image.open("wb") as image:
        image.truncate(SIZE)
    subprocess.run(["mkfs.ext4", "-q", "-F", made.image], check=True)
    made.mount()
    try:
        yield made
    finally:
        made.unmount()
        made.image.unlink(missing_ok=True)
