"""The sprite: every icon that is asked for is drawn, and every one drawn is asked for."""

import re

from fieldlog import data
from fieldlog.resources import resource

STATIC = resource("static")
DRAWN = re.findall(
    r'<symbol id="([\w-]+)"', (STATIC / "icons" / "sprite.svg").read_text(encoding="utf-8")
)


def test_no_icon_is_drawn_twice():
    assert len(DRAWN) == len(set(DRAWN))


def test_every_tile_has_its_icon():
    asked = {tile["icon"] for tile in data.load("categories.json")["tiles"]}
    assert asked <= set(DRAWN)


def test_every_icon_the_screens_name_is_drawn():
    asked = _asked_by_screens()
    assert asked, "the pattern finds no icon at all: mend this test"
    assert asked <= set(DRAWN), f"draw {sorted(asked - set(DRAWN))} in static/icons/sprite.svg"


def test_icons_hold_no_script_and_reach_for_nothing():
    for path in (STATIC / "icons").glob("*.svg"):
        text = path.read_text(encoding="utf-8").replace("http://www.w3.org/2000/svg", "")
        assert not re.search(r"<script|on\w+=|https?:|<foreignObject", text), path.name


def _asked_by_screens() -> set[str]:
    sources = [
        path.read_text(encoding="utf-8") for path in (STATIC / "js" / "patrol").rglob("*.js")
    ]
    calls = [call for text in sources for call in re.findall(r"icon\(([^)]*)\)", text)]
    pictures = [name for text in sources for name in re.findall(r'picture: "([\w-]+)"', text)]
    words = {name for call in calls for name in re.findall(r'"([\w-]+)"', call)}
    return (words | set(pictures)) - {"large", "receipt", "mark huge"}
