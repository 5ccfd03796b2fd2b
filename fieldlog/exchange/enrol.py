"""`POST /sync/v1/enrol`: a one-time code becomes a phone with a token.

Codes are the centre's. A node passes the code on under its own token, and keeps what came of it.
"""

from flask import jsonify
from marshmallow import Schema, fields, validate

from fieldlog import config, problems
from fieldlog.access import audit, device_cookie, limits, machines, open_to_all
from fieldlog.exchange import described, upstream
from fieldlog.exchange.device import last_log
from fieldlog.exchange.door import door
from fieldlog.problems import Refused
from fieldlog.store import devices, identity, people
from fieldlog.store.database import writing
from fieldlog.store.devices import Bearer, Enrolment

READABLE = r"^[^\x00-\x1f\x7f-\x9f]*$"
# Nor half a character, which OpenAPI can't say: some database, or page, can't keep it.
KEEPABLE = validate.Regexp(r"[^\x00-\x1f\x7f-\x9f\ud800-\udfff]*\Z", error="Not a readable text.")


class EnrolSchema(Schema):
    """What a phone sends; `device` is a node's, for a phone that gets one more account."""

    code = fields.String(required=True, validate=validate.Length(1, 64))
    name = fields.String(
        required=True,
        validate=[validate.Length(1, 80), KEEPABLE],
        metadata={"pattern": READABLE},
    )
    device = fields.String(load_default=None, allow_none=True, validate=validate.Length(1, 64))


@door.route("/enrol", methods=["POST"])
@door.arguments(EnrolSchema, error_status_code=400)
@door.doc(**described.ENROL)
@open_to_all
@limits.limiter.limit(limits.ENROLMENTS)
def enrol(asked: dict):
    """Turn a one-time code into a token

    With a phone's own token, or the cookie it was given, the account is added to that phone.
    """
    machines.check_protocol()
    machines.check_fetch_metadata()
    asker = machines.known_if_any()
    phone = _phone(asker, asked["device"])
    if config.current().role == "node":
        enrolment = upstream.enrol(asked["code"], asked["name"], phone)
    else:
        enrolment = _enrolled(asked["code"], asked["name"], phone)
    if enrolment is None:
        raise Refused(problems.BAD_CODE)
    answer = jsonify(_told(enrolment))
    answer.status_code = 201
    is_phone = asker is None or asker.kind == "phone"
    return device_cookie.remember(answer, enrolment.device) if is_phone else answer


def _enrolled(code: str, name: str, phone: str | None) -> Enrolment | None:
    with writing():
        enrolment = devices.enrol(code, name, phone)
        if enrolment is not None:
            account = people.by_id(enrolment.account)
            audit.by(account, "devices.enrolled", enrolment.device, owner=enrolment.org)
    return enrolment


def _phone(asker: Bearer | None, named: str | None) -> str | None:
    """The phone that gets one more account: the asker itself, or the one that a node names."""
    if asker is None:
        return device_cookie.device()
    return named if asker.kind == "node" else asker.id


def _told(enrolment: Enrolment) -> dict:
    return {
        "token": enrolment.token,
        "device": enrolment.device,
        "account": enrolment.account,
        "org": enrolment.org,
        "store": config.current().name,
        "centre_key": identity.centre_key(),
        "last_log": last_log(enrolment.device),
    }
