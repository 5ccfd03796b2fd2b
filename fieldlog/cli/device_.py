"""`fieldlog device code`: a one-time code that enrols a phone, with its link and QR."""

import io

import click
import segno

from fieldlog import config
from fieldlog.access.devices import enrolment_url
from fieldlog.cli.speech import in_app, json_option, refuse, say
from fieldlog.store import audit, devices, people
from fieldlog.store.audit import Act
from fieldlog.store.database import writing

LOCAL = "http://127.0.0.1:8000"


@click.group("device")
def command():
    """Phones: codes to enrol them."""


@command.command()
@click.argument("account")
@click.option("--url", help="The store's address as the phone reaches it (else the setting).")
@json_option
@in_app
def code(account, url, as_json):
    """Make a one-time code for ACCOUNT (a login name), good for ten minutes.

    Made at the centre only; the phone may use it at the centre or at any of its nodes.
    """
    settings = config.current()
    if settings.role == "node":
        refuse("Codes are made at the centre: run this there; the phone may use it here.")
    owner = people.by_login(account)
    if owner is None:
        refuse(f"There is no account {account!r}. Add it with: fieldlog account add {account} …")
    with writing():
        made, until = devices.make_code(owner.id)
        audit.write(Act("devices.enrol", subject=owner.id, owner=owner.org))
    link = enrolment_url(made, url or settings.public_url or LOCAL)
    told = {"account": account, "code": made, "link": link, "until": until.isoformat()}
    say(shown(link, made, account), told, as_json)


def shown(link: str, code: str, account: str) -> str:
    """The code for a person to scan, open or type."""
    return f"{terminal_qr(link)}\nCode {code} for {account}, good for ten minutes.\n{link}"


def terminal_qr(text: str) -> str:
    """The QR of a text, in half blocks."""
    drawn = io.StringIO()
    segno.make(text, error="m").terminal(drawn, compact=True)
    return drawn.getvalue()
