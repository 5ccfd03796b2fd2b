"""What OpenAPI tells of each machine endpoint beyond its path: bodies, answers, refusals.

Knows no code that serves them.
"""

from sync.messages import BLOB_MAX, CHUNK_MAX
from sync.messages.blob import CENTRE, CHUNK_TYPE, LENGTH, OFFSET

REFUSED = {"$ref": "#/components/schemas/Refused"}
REFUSAL = {"$ref": "#/components/responses/Refusal"}
BUSY = {"$ref": "#/components/responses/Later"}


def _refusals(*codes: int) -> dict:
    return {str(code): BUSY if code in (429, 503) else REFUSAL for code in codes}


def _json(schema: str, description: str) -> dict:
    return {
        "description": description,
        "content": {"application/json": {"schema": {"$ref": f"#/components/schemas/{schema}"}}},
    }


def _lines(description: str) -> dict:
    return {"description": description, "content": {"text/plain": {"schema": {"type": "string"}}}}


LOG = {"type": "string", "pattern": "^[0-9a-f]{32}$"}
SHA256 = {"type": "string", "pattern": "^[0-9a-f]{64}$"}
NUMBER = {"type": "integer", "minimum": 0, "maximum": 2**53 - 1}
COMPARED = r"^((blob|[0-9a-f]{32}) [0-9]{1,15} [0-9a-f]{64}\n)*$"
PROTO = {
    "name": "Fieldlog-Proto",
    "in": "header",
    "required": True,
    "schema": {"type": "string", "enum": ["1"]},
}
MAYBE_PROTO = {**PROTO, "required": False}
SIZE = {"type": "integer", "minimum": 0, "maximum": BLOB_MAX}
ALWAYS = (400, 401, 403, 426, 429, 500, 503)

PUSH = {
    "parameters": [
        PROTO,
        {
            "name": "Content-Encoding",
            "in": "header",
            "required": False,
            "schema": {"type": "string", "enum": ["gzip", "identity"]},
        },
    ],
    "requestBody": {
        "required": True,
        "description": (
            "For each log a line `SectionHeader`, then its `n` lines: each a `Payload`, or "
            "`!` and the SHA-256 of one that is gone. At most 1 MiB plain, 2 000 payloads, 64 logs."
        ),
        "content": {"application/x-ndjson": {"schema": {"type": "string"}}},
    },
    "responses": {
        "200": _json("Answer", "One result a section, in order."),
        **_refusals(*ALWAYS, 413, 415, 507),
    },
}
STATUS = {
    "parameters": [
        MAYBE_PROTO,
        {
            "name": "log",
            "in": "query",
            "required": False,
            "schema": {"type": "array", "items": LOG, "maxItems": 64},
        },
        {"name": "at", "in": "query", "required": False, "schema": NUMBER},
    ],
    "responses": {"200": _json("Answer", "One result a log, in order."), **_refusals(*ALWAYS)},
}
COMPARE = {
    "parameters": [MAYBE_PROTO],
    "requestBody": {
        "required": True,
        "description": "Lines `log have hash`, and `blob size sha256` of photos.",
        "content": {"text/plain": {"schema": {"type": "string", "pattern": COMPARED}}},
    },
    "responses": {
        "200": _lines("The lines that differ or are missing, with the store's own values."),
        **_refusals(*ALWAYS, 413, 415),
    },
}
DIGEST = {
    "parameters": [MAYBE_PROTO],
    "responses": {"200": _json("Digest", "Of all sorted lines."), **_refusals(*ALWAYS)},
}
REF = {
    "parameters": [MAYBE_PROTO],
    "responses": {
        "200": {
            "description": "The bundle, for ever the same under this hash.",
            "content": {"application/json": {"schema": {"type": "object"}}},
        },
        **_refusals(*ALWAYS, 404),
    },
}
ENROL = {
    "parameters": [MAYBE_PROTO],
    # A token is no condition here; a phone that has one is given one more account.
    "security": [{}, {"token": []}],
    "responses": {
        "201": _json("Enrolled", "The token is shown this once."),
        **_refusals(*ALWAYS, 404, 413, 415),
    },
}
DEVICE = {
    "parameters": [MAYBE_PROTO],
    # By its token, or by the cookie that came with enrolment.
    "security": [{}, {"token": []}],
    "responses": {
        "200": _json("Device", "Which phone this is, and what was last heard of it here."),
        **_refusals(*ALWAYS),
    },
}


def _asked(name: str) -> dict:
    return {"name": name, "in": "header", "required": True, "schema": SIZE}


PHOTO_HEADERS = {
    OFFSET: {"required": True, "description": "Bytes that are on disk here.", "schema": SIZE},
    LENGTH: {"required": True, "description": "Bytes of the whole.", "schema": SIZE},
    CENTRE: {
        "description": "`inc at sig`: the centre's signed word that it has the whole.",
        "schema": {"type": "string", "pattern": "^[^ ]+ [^ ]+ [^ ]+$"},
    },
}
BLOB_HEAD = {
    "parameters": [MAYBE_PROTO],
    "responses": {
        "200": {"description": "How much of it is here.", "headers": PHOTO_HEADERS},
        **_refusals(*ALWAYS, 404),
    },
}
BLOB_PATCH = {
    "parameters": [MAYBE_PROTO, _asked(LENGTH), _asked(OFFSET)],
    "requestBody": {
        "required": True,
        "description": f"The bytes from {OFFSET} on: at most {CHUNK_MAX}.",
        "content": {CHUNK_TYPE: {"schema": {"type": "string", "format": "binary"}}},
    },
    "responses": {
        "204": {"description": "How much of it is here now.", "headers": PHOTO_HEADERS},
        "409": {"$ref": "#/components/responses/Elsewhere"},
        **_refusals(*ALWAYS, 404, 413, 415, 507),
    },
}
RESCUE = {
    "parameters": [MAYBE_PROTO],
    "requestBody": {
        "required": True,
        "description": "The file as the phone saved it, at most 32 MiB. See docs/wire.md.",
        "content": {"application/octet-stream": {"schema": {"type": "string"}}},
    },
    "responses": {
        "200": _json("Rescued", "The centre has opened it and taken what is in it, and signs so."),
        "202": _json("Rescued", "A node keeps it and hands it on to the centre; `up` is null."),
        **_refusals(*ALWAYS, 409, 413, 415, 507),
    },
}
