"""Devices and nodes: what each was last heard to say, worst first; revoking one.

No figure here is about a person: a phone is a phone.
"""

from http import HTTPStatus

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user

from fieldlog import problems
from fieldlog.access import audit, sight
from fieldlog.access.guard import guard, may
from fieldlog.review import counts, phones
from fieldlog.review.door import door
from fieldlog.store import devices as store
from fieldlog.store import heard, reached
from fieldlog.store.blobs import waiting
from fieldlog.store.database import writing


@door.get("/devices")
@guard("devices.read")
def devices():
    """Every phone one may see, and the nodes."""
    orgs = sight.device_orgs(current_user)
    shown, nodes = phones.worst_first(heard.phones(orgs)), heard.nodes()
    return render_template(
        "review/devices.html",
        phones=shown,
        may_look=may("quarantine.read"),
        looks=sum(phone.look for phone in shown),
        nodes=nodes,
        organisations=counts.organisations(orgs, None),
        reached=_of_phones(orgs),
        through={node.device.id: _through(node.device.id, orgs) for node in nodes},
        photos=waiting.by_device(),
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
    with writing():
        store.revoke(device)
        audit.told("devices.revoke", device, owner=store.org_of(device))
    flash(
        _(
            "%(name)s is revoked. What is on it stays on it, and goes into quarantine if sent.",
            name=mine[device],
        )
    )
    return redirect(url_for("review.devices"), HTTPStatus.SEE_OTHER)


def _of_phones(orgs: tuple[str, ...]) -> dict[str, list[counts.Part]]:
    """How far today's records of each phone have come."""
    today, nodes = counts.today(), counts.has_nodes()
    told = reached.by_device(orgs, counts.day(today), at_centre=counts.at_centre())
    return {
        phone: counts.parts(reached_, today, nodes=nodes, phone=phone)
        for phone, reached_ in told.items()
    }


def _through(node: str, orgs: tuple[str, ...]) -> list[counts.Part]:
    """The same of what comes through a node."""
    today, only = counts.today(), reached.devices_through(node)
    told = reached.of(orgs, counts.day(today), at_centre=counts.at_centre(), only=only)
    return counts.parts(told, today, nodes=True, node=node)
