"""What a record is: one definition a type, and from it the reading, writing and JSON Schema."""

from sync.records.compose import compose, new_rid
from sync.records.read import Fault, Record, read, rid_bytes
from sync.records.shape import json_schema
from sync.records.types import BODIES, REFERRING, TYPES, VERSION

__all__ = [
    "BODIES",
    "REFERRING",
    "TYPES",
    "VERSION",
    "Fault",
    "Record",
    "compose",
    "json_schema",
    "new_rid",
    "read",
    "rid_bytes",
]
