"""`fieldlog places …`: import and list the places that are visited."""

import json
from dataclasses import asdict
from datetime import UTC, datetime

import click

from fieldlog import config
from fieldlog.cli.speech import in_app, json_option, refuse, say
from fieldlog.store import places, projection


@click.group("places")
def command():
    """The places that are visited."""


@command.command("import")
@click.argument("file", type=click.File("r", encoding="utf-8"))
@json_option
@in_app
def bring_in(file, as_json):
    """Add or change the places of a GeoJSON FILE; the others stay as they are.

    Each feature is a Point with the properties code, name, type, district and buffer_m. What
    stood in quarantine for an unknown place is judged again.
    """
    if config.current().role == "node":
        refuse("Places are kept at the centre: a node gets them with fieldlog sync.")
    try:
        done = asdict(places.import_geojson(json.load(file), datetime.now(UTC)))
    except (places.BadPlaces, json.JSONDecodeError) as bad:
        refuse(f"{file.name}: {bad} Nothing was changed.")
    projection.rejudge()
    say("{added} added, {changed} changed, {unchanged} as before.".format(**done), done, as_json)


@command.command("list")
@json_option
@in_app
def listed(as_json):
    """The active places."""
    rows = places.listed()
    lines = [f"{row['code']:<6} {row['name']} ({row['kind']}, {row['district']})" for row in rows]
    say("\n".join(lines) or "No places yet.", {"places": rows}, as_json)
