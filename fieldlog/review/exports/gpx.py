"""GPX 1.1 for hand-held and phone maps: a waypoint a record; what lies nowhere is left out.

Knows nothing of tracks: the log has none.
"""

import re
from collections.abc import Iterable, Iterator
from xml.sax.saxutils import escape

from flask_babel import gettext as _

from fieldlog.review import mapping, names, rows
from fieldlog.review.exports.about import About
from fieldlog.review.exports.columns import utc
from fieldlog.store.listing import Listed

MIMETYPE, ENDING = "application/gpx+xml", "gpx"
HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<gpx version="1.1" creator="fieldlog" xmlns="http://www.topografix.com/GPX/1/1">
<metadata><name>{name}</name><desc>{says}</desc><time>{at}</time></metadata>
"""
FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # by XML 1.0


def write(records: Iterable[Listed], about: About) -> Iterator[bytes]:
    """The file, piece by piece: a waypoint a line."""
    places = names.places()
    says = about.says() + " " + _("Records without place and point are not in this file.")
    head = HEAD.format(name=_text(_("Log")), says=_text(says), at=utc(about.at))
    yield head.encode()
    for record in records:
        point = mapping.position(record.row, places)
        if point:
            yield _waypoint(record, *point).encode()
    yield b"</gpx>\n"


def _waypoint(record: Listed, lon: float, lat: float) -> str:
    row, is_visit = record.row, record.kind == "visit"
    what = [_("Presence")] if is_visit else filter(None, rows.category_says(row.category))
    described = rows.visit_says(row) if is_visit else names.organisation(row.org)
    name = _text(f"{' · '.join(what)}, {rows.place_says(row)[0]}")
    return (
        f'<wpt lat="{lat:f}" lon="{lon:f}"><time>{utc(row.observed_at)}</time>'
        f"<name>{name}</name><desc>{_text(described)}</desc><type>{record.kind}</type></wpt>\n"
    )


def _text(text: str) -> str:
    return escape(FORBIDDEN.sub("\ufffd", text))
