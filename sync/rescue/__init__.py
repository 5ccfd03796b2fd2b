"""A rescue file: what a phone still holds, sealed so that anyone may carry it and only the centre
can open it. Knows the bytes; what becomes of the records in it is the store's.
"""

from sync.rescue.author import prove, proves
from sync.rescue.envelope import CHUNK, MAGIC, RESCUE_MAX, Opened, open_sealed, seal
from sync.rescue.faults import Cut, Damaged, Elsewhere, Newer, NotRescue, Unfit
from sync.rescue.head import LINE_MAX, TAG, Head, fingerprint, head_of, is_whole
from sync.rescue.locked import unlocked
from sync.rescue.parts import Part, read, write
from sync.rescue.pieces import Pieces

__all__ = [
    "CHUNK",
    "LINE_MAX",
    "MAGIC",
    "RESCUE_MAX",
    "TAG",
    "Cut",
    "Damaged",
    "Elsewhere",
    "Head",
    "Newer",
    "NotRescue",
    "Opened",
    "Part",
    "Pieces",
    "Unfit",
    "fingerprint",
    "head_of",
    "is_whole",
    "open_sealed",
    "prove",
    "proves",
    "read",
    "seal",
    "unlocked",
    "write",
]
