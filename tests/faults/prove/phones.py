"""Guards of the phone: its app is built without one, and a fault must find what that costs."""

from tests.faults.phone.portal import captive, forged
from tests.faults.phone.power import powerless
from tests.faults.phone.tabs import two_tabs
from tests.faults.phone.torn import torn_log
from tests.faults.phone.tree import Change
from tests.faults.prove.by_faults import without
from tests.faults.prove.proof import Proof

DATABASE, APPEND = "static/js/store/database.js", "static/js/store/append.js"
TURN = "static/js/store/turn.js"
RETRY, SENDER = "static/js/sync/retry.js", "static/js/sync/sender.js"

RELAXED = Change(
    DATABASE, 'chromeTransactionDurability: "strict"', 'chromeTransactionDurability: "relaxed"'
)
OLD_LOG = Change(TURN, "return isDone || !isChromium();", "return true;")
HEAD_NOT_COMPARED = (
    Change(APPEND, "|| now.seq !== log.seq || now.head !== log.head", ""),
    Change(APPEND, 'db.table("entries").add(entry)', 'db.table("entries").put(entry)'),
)
ANYBODYS_ANSWER = Change(RETRY, 'if (!speaksProtocol(headers)) return "retryable";', "")
UNSIGNED = Change(
    SENDER, "return (await verify(centreKey, source.log, up)) ? up.have : 0;", "return up.have;"
)

PROOFS = [
    Proof(
        "phone: a save is flushed to the disk (durability strict)",
        "F2 power cut of the profile",
        without(RELAXED, opening=powerless, key="F2-power-cut-browser"),
        ("browser", "root", "loop"),
    ),
    Proof(
        "phone: writes nothing behind a torn end of the browser's log",
        "F2 torn log",
        without(OLD_LOG, opening=torn_log, key="F2-torn-log"),
        ("browser",),
    ),
    Proof(
        "phone: compare-and-set on the head of the log",
        "F8 two tabs",
        without(*HEAD_NOT_COMPARED, opening=two_tabs, key="F8-two-tabs"),
        ("browser",),
    ),
    Proof(
        "phone: only an answer with Fieldlog-Proto counts",
        "F5 captive portal",
        without(ANYBODYS_ANSWER, opening=captive, key="F5-captive-portal"),
        ("browser",),
    ),
    Proof(
        "phone: a receipt counts only with the centre's signature",
        "F5 forged receipt",
        without(UNSIGNED, opening=forged, key="F5-forged-receipt"),
        ("browser",),
    ),
]
