"""Keeps pictures small, and remembers what is on them for the page that shows them all."""

from base64 import b64decode, b64encode
from pathlib import Path

from playwright.sync_api import Page

# Chromium packs what it has drawn itself: no library for it.
PACK = """async ([png, quality]) => {
  const read = await fetch(`data:image/png;base64,${png}`);
  const picture = await createImageBitmap(await read.blob());
  const canvas = new OffscreenCanvas(picture.width, picture.height);
  canvas.getContext("2d").drawImage(picture, 0, 0);
  const blob = await canvas.convertToBlob({type: "image/webp", quality});
  const bytes = new Uint8Array(await blob.arrayBuffer());
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
}"""
HEAD = """# Every screen

Taken by `make screens` from the demo, where nobody is real: Swedish and English, light and dark.
"""
WHERE = {"phone": "On the phone", "desk": "At the desk"}
WIDTHS = {"phone": 180, "desk": 400}
SPOKEN = {"sv": "Swedish", "en": "English"}


def packed(packer: Page, png: bytes, quality: float = 0.62) -> bytes:
    """The picture as WebP."""
    return b64decode(packer.evaluate(PACK, [b64encode(png).decode(), quality]))


class Album:
    """A folder of pictures; `packer` is a page to pack them in."""

    def __init__(self, folder: Path, packer: Page) -> None:
        self.folder, self.packer = folder, packer
        self.shown: dict[tuple[str, str], list[str]] = {}
        folder.mkdir(exist_ok=True)
        for old in folder.glob("*.webp"):
            old.unlink()

    def take(self, page: Page, kind: str, title: str, spoken: str, look: str) -> None:
        """One more; `kind` is phone or desk, `title` what it shows."""
        name = title.split(":")[0].lower().replace(",", "").replace(" ", "-")
        file = f"{kind}-{name}.{spoken}.{look}.webp"
        (self.folder / file).write_bytes(packed(self.packer, page.screenshot()))
        self.shown.setdefault((kind, title), []).append(file)

    def write(self) -> str:
        """The page that shows them all; returns how many they are and how large."""
        lines = [HEAD]
        for (kind, title), files in self.shown.items():
            lines += [f"## {WHERE[kind]}: {title[0].lower()}{title[1:]}", ""]
            lines += [_shown(file, kind, title) for file in files]
            lines.append("")
        (self.folder / "README.md").write_text("\n".join(lines).rstrip() + "\n", encoding="utf-8")
        sizes = [file.stat().st_size for file in self.folder.glob("*.webp")]
        return f"{len(sizes)} pictures, {sum(sizes) / 1e6:.1f} MB"


def _shown(file: str, kind: str, title: str) -> str:
    spoken, look = file.split(".")[1:3]
    alt = f"{title}, {SPOKEN[spoken]}, {look}"
    return f'<img src="{file}" width="{WIDTHS[kind]}" alt="{alt}">'
