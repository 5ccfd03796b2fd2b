"""The named parts of the OpenAPI description: answers, refusals, the header line, every payload.

Knows no endpoint.
"""

from apispec import APISpec

from fieldlog.exchange import described
from fieldlog.exchange.described import LOG, NUMBER, SHA256
from sync import records
from sync.messages.answer import RESULTS, ROLES

TEXT = {"type": "string"}


def add(spec: APISpec) -> None:
    """Put all named parts into `spec`."""
    spec.components.security_scheme("token", {"type": "http", "scheme": "bearer"})
    for name, schema in _SCHEMAS.items():
        spec.components.schema(name, schema)
    for t in records.TYPES:
        spec.components.schema(_payload(t), records.json_schema(t))
    spec.components.schema("Payload", {"oneOf": [_ref(_payload(t)) for t in records.TYPES]})
    spec.components.response("Refusal", _refusal("Refused; `error` is a stable code."))
    elsewhere = _refusal("Not the next byte, or not the photo: go on from `Upload-Offset`.")
    elsewhere["headers"] |= described.PHOTO_HEADERS
    spec.components.response("Elsewhere", elsewhere)
    later = _refusal("Not now: try again after so many seconds.")
    later["headers"] = {"Retry-After": {"required": True, "schema": {"type": "integer"}}}
    spec.components.response("Later", later)


def _payload(t: str) -> str:
    return f"Payload-{t}"


def _ref(name: str) -> dict:
    return {"$ref": f"#/components/schemas/{name}"}


def _refusal(description: str) -> dict:
    return {
        "description": description,
        "headers": {"Fieldlog-Proto": {"required": True, "schema": TEXT}},
        "content": {"application/json": {"schema": _ref("Refused")}},
    }


def _object(required: dict, optional: dict | None = None) -> dict:
    properties = {**required, **(optional or {})}
    return {"type": "object", "required": list(required), "properties": properties}


def _list(item: dict) -> dict:
    return {"type": "array", "items": item}


def _or_null(schema: dict) -> dict:
    return {"oneOf": [schema, {"type": "null"}]}


_QUARANTINED = _object({"seq": NUMBER, "code": TEXT, "message": TEXT})
_RESULT = {"log": LOG, "r": {"enum": list(RESULTS)}, "have": NUMBER, "hash": SHA256}
_UP = {"r": {"enum": list(RESULTS)}, "have": NUMBER, "hash": SHA256, "inc": TEXT, "at": TEXT}
_LAST_LOG = _object({"log": LOG, "seq": NUMBER})

_SCHEMAS = {
    "Refused": _object({"error": TEXT, "message": TEXT}),
    "Digest": _object({"digest": SHA256}),
    "Enrolled": _object(
        {"token": TEXT, "device": TEXT, "account": TEXT, "org": TEXT, "store": TEXT},
        {"centre_key": _or_null(TEXT), "last_log": _or_null(_LAST_LOG)},
    ),
    "Device": _object({"device": _or_null(TEXT), "last_log": _or_null(_LAST_LOG)}),
    "Rescued": _object(
        {
            "state": {"enum": ["taken", "kept"]},
            "sha256": SHA256,
            "device": _or_null(TEXT),
            "up": _or_null(_object({"inc": TEXT, "at": TEXT, "sig": TEXT})),
        },
        {
            "logs": _list(
                _object(
                    {
                        "log": LOG,
                        "r": {"enum": list(RESULTS)},
                        "new": NUMBER,
                        "known": NUMBER,
                        "quarantined": NUMBER,
                    }
                )
            ),
            "rows": NUMBER,
            "photos": NUMBER,
            "others": NUMBER,
        },
    ),
    "Up": _object({**_UP, "sig": TEXT, "q": _list(_ref("Quarantined"))}),
    "Quarantined": _QUARANTINED,
    "Result": _object(
        {**_RESULT, "q": _list(_ref("Quarantined")), "up": _or_null(_ref("Up"))},
        {"kept": SHA256, "seq": NUMBER},
    ),
    "Answer": _object(
        {
            "store": TEXT,
            "role": {"enum": list(ROLES)},
            "inc": TEXT,
            "now": {"type": "string", "format": "date-time"},
            "logs": _list(_ref("Result")),
        },
        {"ref": {"type": "object", "additionalProperties": SHA256}},
    ),
    "Via": _object(
        {"device": TEXT, "received_at": TEXT, "now": TEXT, "unsent": NUMBER, "app": TEXT}
    ),
    "SectionHeader": _object(
        {
            "log": LOG,
            "base": NUMBER,
            "from": {**NUMBER, "minimum": 1},
            "n": {**NUMBER, "minimum": 1},
            "prev": SHA256,
            "head": SHA256,
            "now": TEXT,
            "unsent": NUMBER,
            "app": TEXT,
        },
        {"via": _ref("Via"), "branch": SHA256},
    ),
}
