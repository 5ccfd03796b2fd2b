"""Devices and nodes: what each was last heard to say, worst first; revoking one.

No figure here is about a person: a phone is a phone.
"""

from http import HTTPStatus

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user

from fieldlog import problems
from fieldlog.access import sight
from fieldlog.access.guard import guard
from fieldlog.review import phones
from fieldlog.review.door import door
from fieldlog.store import devices as store
from fieldlog.store import heard


@door.get("/devices")
@guard("devices.read")
def devices():
    """Every phone one may see, and the nodes."""
    orgs = sight.device_orgs(current_user)
    shown = phones.worst_first(heard.phones(orgs))
    return render_template(
        "review/devices.html",
        phones=shown,
        looks=sum(phone.look for phone in shown),
        nodes=heard.nodes(),
        revoked=heard.phones(orgs, revoked=True),
        scale=phones.SCALE,
    )


@door.post("/devices/<device>/revoke")
@guard("devices.revoke")
def revoke(device: str):
    """Take the device's tokens back. What it still sends goes into quarantine."""
    orgs = sight.device_orgs(current_user)
    mine = {phone.device.id: phone.device.name for phone in heard.phones(orgs)}
    if device not in mine:
        raise problems.Refused(problems.NOT_FOUND)
    store.revoke(device)
    flash(
        _(
            "%(name)s is revoked. What is on it stays on it, and goes into quarantine if sent.",
            name=mine[device],
        )
    )
    return redirect(url_for("review.devices"), HTTPStatus.SEE_OTHER)
