"""`fieldlog node add`: a field node that passes on to this centre."""

import click

from fieldlog import config
from fieldlog.cli.speech import in_app, json_option, refuse, say
from fieldlog.store import devices


@click.group("node")
def command():
    """Field nodes that pass on to this centre."""


@command.command()
@click.argument("name")
@json_option
@in_app
def add(name, as_json):
    """Give a node called NAME a token. It is shown once: put it where the node finds it.

    At the node: FIELDLOG_UPSTREAM is this centre's address, FIELDLOG_UPSTREAM_TOKEN the token.
    """
    if config.current().role == "node":
        refuse("Nodes are added at the centre: this store is a node itself.")
    device, token = devices.add_node(name)
    told = {"node": name, "device": device.id, "token": token}
    say(f"FIELDLOG_NAME={name}\nFIELDLOG_UPSTREAM_TOKEN={token}", told, as_json)
