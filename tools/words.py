"""Keeps the Swedish catalogue in step with the code: `python -m tools.words` after a new string.

Message ids come from the Python code, the templates, and the labels of the records' schemas. What
is new stands untranslated in the .po until somebody writes the Swedish; what is gone goes.
"""

from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.pofile import read_po, write_po

from sync.records import BODIES

ROOT = Path(__file__).parent.parent
SWEDISH = ROOT / "fieldlog/translations/sv/LC_MESSAGES/messages.po"
SOURCES = [("fieldlog/**.py", "python"), ("templates/**.html", "jinja2")]
KEYWORDS = DEFAULT_KEYWORDS | {"later": None, "lazy_gettext": None, "lazy_ngettext": (1, 2)}
TRIMMED = {"templates/**.html": {"trimmed": "true"}}
BEGUN = datetime(2026, 11, 22, tzinfo=UTC)
HEADER = """\
# Swedish for fieldlog. The ids are the English texts. Brought up to date by tools/words.py."""


def extracted() -> Catalog:
    """Every message of the code, without translations."""
    catalog = _empty()
    found = extract_from_dir(
        ROOT, method_map=SOURCES, options_map=TRIMMED, keywords=KEYWORDS, strip_comment_tags=True
    )
    for file, _line, message, _comments, context in found:
        catalog.add(message, locations=[(file, 0)], context=context)
    for schema in BODIES.values():
        for field in schema._declared_fields.values():
            catalog.add(field.metadata["label"], locations=[("sync/records", 0)])
    return catalog


def swedish() -> Catalog:
    """The catalogue as it stands."""
    with SWEDISH.open("rb") as file:
        return read_po(file, locale="sv")


def untranslated(catalog: Catalog) -> list[str]:
    """Ids that lack their Swedish, or have one that was only guessed."""
    return [_id(message) for message in catalog if message.id and not _done(message)]


def update() -> Catalog:
    """Bring the catalogue in step with the code, keeping every translation still in use."""
    fresh = extracted()
    kept = swedish() if SWEDISH.exists() else _empty()
    for message in fresh:
        known = kept.get(message.id, message.context) if message.id else None
        if known is not None and known.id == message.id:
            message.string = known.string
    SWEDISH.parent.mkdir(parents=True, exist_ok=True)
    with SWEDISH.open("wb") as file:
        write_po(file, fresh, width=100, sort_output=True, no_location=True)
    return fresh


def _empty() -> Catalog:
    """A catalogue whose header stays the same from day to day."""
    return Catalog(
        locale="sv",
        project="fieldlog",
        version="1",
        header_comment=HEADER,
        msgid_bugs_address="none",
        last_translator="fieldlog",
        language_team="fieldlog",
        creation_date=BEGUN,
        revision_date=BEGUN,
        fuzzy=False,
    )


def _done(message) -> bool:
    strings = message.string if isinstance(message.string, tuple | list) else (message.string,)
    return all(strings) and not message.fuzzy


def _id(message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


if __name__ == "__main__":
    left = untranslated(update())
    print(f"{SWEDISH.relative_to(ROOT)} is up to date; {len(left)} without Swedish.")
    for text in left:
        print(f"  {text}")
