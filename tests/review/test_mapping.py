"""The map beside the log: the records of the page by their place, as the reader may see them."""

import json
import re
from datetime import UTC, datetime
from html import unescape

from fieldlog.store import places


def marks(client, path="/log") -> dict[str, dict]:
    """The marks that a page's map is given, by name."""
    found = re.search(r"data-map='([^']*)'", client.get(path).text)
    features = json.loads(unescape(found[1]))["features"]
    return {one["properties"]["name"]: one["properties"] for one in features}


def test_presence_and_events_of_a_place_stand_side_by_side(sara, evening):
    shown = marks(sara)["Häggviks station"]
    assert {"presence", "event"} <= set(shown["shows"])
    assert shown["href"] == "/log?place=HAG"


def test_the_number_beside_a_name_is_how_many_records_the_page_lists(sara, evening):
    rows = sara.get("/log?place=HAG").text.count('class="pl"')
    assert rows
    assert marks(sara, "/log?place=HAG")["Häggviks station"]["note"] == str(rows)


def test_the_map_knows_no_more_than_the_list(visitor, cast, evening):
    polices, municipality = marks(visitor(cast.sara)), marks(visitor(cast.charlie))
    assert polices != municipality
    for client, shown in ((visitor(cast.sara), polices), (visitor(cast.charlie), municipality)):
        listed = client.get("/log").text
        assert all(name in listed for name in shown)


def test_a_name_with_quotes_stays_within_its_attribute(sara, evening):
    (held,) = [one for one in places.listed() if one["code"] == "HAG"]
    strange = "Häggvik ' > \" <b>södra</b>"
    places.put([{**held, "name": strange}], datetime.now(UTC))
    assert strange in marks(sara)
