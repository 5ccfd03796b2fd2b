"""The `fieldlog` command: one file a command, loaded only when it is asked for."""

from importlib import import_module

import click

COMMANDS = {
    "demo": "serve a made-up month in Sollentuna, to try everything",
    "serve": "serve phones and supervisors",
    "night": "what every store does each night: bring, check, tell",
    "sync": "bring everything at this node to the centre",
    "account": "people who may sign in or write",
    "device": "phones: codes to enrol them",
    "node": "field nodes that pass on to this centre",
    "places": "the places that are visited",
    "promise": "what police and municipality have promised",
    "basemap": "the map behind the places",
    "rescue": "what a phone still held, carried here as a file",
    "hooks": "other systems told of what happens here",
    "audit": "who looked at what: checked against itself",
    "import": "bring in what others have published",
    "store": "make, count, check and rebuild what is kept",
}


class Lazy(click.Group):
    """A group whose commands are modules of this package, so that each start loads one."""

    def list_commands(self, context):
        return list(COMMANDS)

    def get_command(self, context, name):
        if name not in COMMANDS:
            return None
        return import_module(f"fieldlog.cli.{name}_").command

    def format_commands(self, context, formatter):
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(cls=Lazy, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="fieldlog")
def main():
    """A field log for joint presence: written offline, carried whole to the centre.

    To try it: fieldlog demo. To begin for real: set FIELDLOG_DATABASE_URL and
    FIELDLOG_SECRET_KEY, then fieldlog store init, fieldlog account add, fieldlog serve.
    A server with FIELDLOG_UPSTREAM set is a field node. A timer runs fieldlog night at each.

    Exit codes: 0 done, 1 refused or failed (a sentence says why), 2 wrongly called;
    fieldlog sync and night have 3 (not all is at the centre) and 4 (another one is running),
    night also 5 (red: somebody has to look). fieldlog rescue import has 3 too (kept, not all in),
    fieldlog hooks deliver 4.
    """
