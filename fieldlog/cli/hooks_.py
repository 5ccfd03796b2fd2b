"""`fieldlog hooks deliver`: sends what webhooks are to be told; a timer runs it."""

from datetime import UTC, datetime

import click

from fieldlog import config
from fieldlog.cli import posting
from fieldlog.cli.speech import in_app, json_option, refuse, say
from fieldlog.store import hooks

ALREADY = 4


@click.group("hooks")
def command():
    """Webhooks: other systems told of what happens here."""


@command.command()
@json_option
@in_app
def deliver(as_json):
    """Send what is due, each with its id until it arrives.

    What does not arrive is tried again after 1, 5 and 30 minutes, 2, 8, 24 and 24 hours, then given
    up and shown on the page Webhooks. Exit code 4: another is sending.
    """
    with hooks.lock() as mine:
        if not mine:
            refuse("Another one is sending at this store already.", ALREADY)
        told = _deliver()
    say("{sent} sent, {failed} failed.".format(**told), told, as_json)


def _deliver() -> dict[str, int]:
    """An address that fails once is left alone until the next time, with all that waits for it."""
    own, told, silent = config.current().hook_hosts, {"sent": 0, "failed": 0}, set()
    for each in hooks.due(datetime.now(UTC)):
        if each.hook in silent:
            continue
        now = datetime.now(UTC)
        arrived, said = posting.post(each.url, each.id, each.body, each.secret, now, own)
        told["sent" if arrived else "failed"] += 1
        if arrived:
            hooks.done(each.id, said, datetime.now(UTC))
        else:
            silent.add(each.hook)
            hooks.failed(each.id, said, datetime.now(UTC))
    return told
