"""Imports go down only: sync ← store ← access ← doors; cli and demo wire."""

import pytest

from tests.house.tree import ROOT, dotted, imports, modules

GROUND = {"fieldlog.config", "fieldlog.resources", "fieldlog.data"}
KEPT = GROUND | {"sync", "fieldlog.store"}
ALLOWED_IN = KEPT | {"fieldlog.access", "fieldlog.problems", "fieldlog.language"}
DOOR = ALLOWED_IN | {"fieldlog.measure", "fieldlog.picture", "fieldlog.packed", "fieldlog.web"}
DOORS = (
    "fieldlog.patrol",
    "fieldlog.exchange",
    "fieldlog.features",
    "fieldlog.review",
    "fieldlog.public",
)

# A room, and what it may import besides itself.
MAY_IMPORT = {
    "sync": set(),
    "fieldlog.measure": set(),
    "fieldlog.data": set(),
    "fieldlog.resources": set(),
    "fieldlog.packed": set(),
    "fieldlog.config": set(),
    "fieldlog.diary": set(),
    "fieldlog.imports": {"fieldlog.data"},
    "fieldlog.store": GROUND | {"sync", "fieldlog.measure"},
    "fieldlog.picture": KEPT | {"fieldlog.measure"},
    "fieldlog.problems": GROUND | {"fieldlog.language"},
    "fieldlog.language": GROUND,
    "fieldlog.web": GROUND
    | {"fieldlog.language", "fieldlog.packed", "fieldlog.problems", "fieldlog.access"},
    "fieldlog.access": KEPT | {"fieldlog.problems", "fieldlog.language"},
    **dict.fromkeys(DOORS, DOOR),
}
WIRING = ("fieldlog.cli", "fieldlog.demo", "fieldlog.__main__")


def room(module: str) -> str | None:
    """The room a module of ours belongs to; None for what others made."""
    if module.split(".")[0] not in ("sync", "fieldlog"):
        return None
    if module == "fieldlog" or module.split(".")[0] == "sync":
        return module.split(".")[0]
    return ".".join(module.split(".")[:2])


@pytest.mark.parametrize("file", modules(), ids=dotted)
def test_a_module_imports_only_from_rooms_below_its_own(file):
    own = room(dotted(file))
    if own == "fieldlog" or own in WIRING:
        return  # create_app and the commands wire the rooms together
    where = file.relative_to(ROOT)
    assert own in MAY_IMPORT, (
        f"{where} is in a room that tests/house/test_layers.py does not know: add it to MAY_IMPORT "
        "with the rooms below it."
    )
    for line, name in imports(file):
        other = room(name)
        assert other != "fieldlog", (
            f"{where}:{line} imports from fieldlog/__init__: only the commands and the tests may. "
            "Import the module that defines it."
        )
        assert other in (None, own) or other in MAY_IMPORT[own], (
            f"{where}:{line} ({own}) imports {name}: that is up or sideways. Move what is shared "
            f"down to one of {sorted(MAY_IMPORT[own]) or 'no other room'}, or pass it in."
        )


def test_the_doors_never_import_each_other():
    for door in DOORS:
        assert not MAY_IMPORT[door] & set(DOORS)


def test_an_import_upwards_would_be_seen():
    assert room("fieldlog.review.log") == "fieldlog.review"
    assert "fieldlog.review" not in MAY_IMPORT["fieldlog.store"]
    assert room("sync.chain") == "sync"
    assert "fieldlog.store" not in MAY_IMPORT["sync"]
    assert room("flask.views") is None
