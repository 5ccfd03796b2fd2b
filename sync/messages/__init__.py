"""Every message of the protocol as plain values, and their text on the wire. Knows no rules."""

from sync.messages import compare
from sync.messages.answer import Answer, Quarantined, Result, Up
from sync.messages.blob import (
    BLOB_MAX,
    CHUNK_MAX,
    CHUNK_MIN,
    BlobReceipt,
    BlobStatus,
    blob_message,
)
from sync.messages.compare import Compare
from sync.messages.limits import (
    BATCH_BYTES,
    BATCH_ENTRIES,
    EXPANSION_MAX,
    HEADER_ROOM,
    LOGS_MAX,
    PAYLOAD_MAX,
    SEQ_MAX,
)
from sync.messages.push import Framing, Line, Oversize, Section, Via, parse, render
from sync.messages.receipt import receipt_message
from sync.messages.taken import taken_message
from sync.messages.wire import Garbled

__all__ = [
    "BATCH_BYTES",
    "BATCH_ENTRIES",
    "BLOB_MAX",
    "CHUNK_MAX",
    "CHUNK_MIN",
    "EXPANSION_MAX",
    "HEADER_ROOM",
    "LOGS_MAX",
    "PAYLOAD_MAX",
    "SEQ_MAX",
    "Answer",
    "BlobReceipt",
    "BlobStatus",
    "Compare",
    "Framing",
    "Garbled",
    "Line",
    "Oversize",
    "Quarantined",
    "Result",
    "Section",
    "Up",
    "Via",
    "blob_message",
    "compare",
    "parse",
    "receipt_message",
    "render",
    "taken_message",
]
