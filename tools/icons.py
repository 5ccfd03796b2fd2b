"""Draws the PNG icons from static/icons/icon.svg with Chromium."""

import os
import sys
from pathlib import Path

from ensure_chromium import find
from playwright.sync_api import sync_playwright

ICONS = Path(__file__).parent.parent / "static" / "icons"
SIZES = {
    "icon-192.png": 192,
    "icon-512.png": 512,
    "icon-maskable-512.png": 512,
    "apple-touch-icon.png": 180,
}
# Phones crop a maskable icon to a circle of 80 %: the mark is drawn smaller on the same ground.
MASKABLE_SCALE = 0.82


def page_of(svg: str, size: int, scale: float) -> str:
    """A page that is nothing but the mark on its ground."""
    return f"""<style>
      html, body {{ margin: 0; background: #0A1013; overflow: hidden }}
      svg {{ display: block; width: {size}px; height: {size}px; transform: scale({scale}) }}
    </style>{svg}"""


def main() -> None:
    svg = (ICONS / "icon.svg").read_text(encoding="utf-8")
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find(), args=sandbox)
        for name, size in SIZES.items():
            page = browser.new_page(viewport={"width": size, "height": size})
            page.set_content(page_of(svg, size, MASKABLE_SCALE if "maskable" in name else 1))
            page.screenshot(path=ICONS / name)
            page.close()
        browser.close()
    print(f"{len(SIZES)} icons drawn in {ICONS}", file=sys.stderr)


if __name__ == "__main__":
    main()
