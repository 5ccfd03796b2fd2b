"""What the codes in records are called, in words that translate. One place for each code's name.

Knows no record and no page.
"""

from flask_babel import lazy_gettext as _

ROLES = {
    "field": _("field worker"),
    "supervisor": _("supervisor"),
    "coordinator": _("coordinator"),
    "admin": _("administrator"),
    "auditor": _("auditor"),
}
UNITS = {
    "police": _("police"),
    "municipality": _("municipality"),
    "company": _("company"),
}
TYPES = {
    "open": _("opening of a log"),
    "close": _("end of a log"),
    "visit": _("visit"),
    "leave": _("leaving"),
    "event": _("event"),
    "confirm": _("confirmation"),
    "resolve": _("repair seen"),
    "amend": _("correction"),
    "withdraw": _("withdrawal"),
    "return": _("question to the author"),
}
MODES = {
    "foot": _("on foot"),
    "bike": _("by bike"),
    "car": _("by car"),
    "transit": _("by public transport"),
}
VISIT_KINDS = {
    "planned": _("planned"),
    "own": _("own initiative"),
    "callout": _("call-out"),
}
ENDINGS = {
    "tap": _("ended by a tap"),
    "auto": _("ended by itself"),
    "backfill": _("filled in afterwards"),
}
TAGS_OF_ENDINGS = {"auto": _("by itself"), "backfill": _("afterwards")}
# Only a length that calls for a look is said; see `measure.dose.length_class`.
LENGTHS = {"passing": _("passing"), "short": _("short")}
CLIMATES = {"calm": _("calm"), "normal": _("normal"), "uneasy": _("uneasy")}
SOURCES = {"own": _("own observation"), "told": _("told by someone"), "rumour": _("rumour")}
PRECISIONS = {
    "exact": _("exact point"),
    "place": _("the place, no exact point"),
    "district": _("the district only"),
}
SEVERITIES = {1: _("disturbing"), 2: _("serious"), 3: _("acute")}
AGES = {
    "child": _("children"),
    "13-17": "13–17",
    "18-25": "18–25",
    "adult": _("adults"),
    "unknown": _("age unknown"),
}
HANDLED = {
    "none": _("nothing done"),
    "talked": _("talked to"),
    "sent_away": _("sent away"),
    "police_called": _("police called"),
    "fault_reported": _("fault reported"),
    "rescue_called": _("rescue service called"),
    "other": _("other"),
}
STANDINGS = {"open": _("still so"), "fixed": _("fixed")}
REVIEWS = {
    "new": _("new"),
    "reviewed": _("reviewed"),
    "in_picture": _("in the picture"),
    "set_aside": _("set aside"),
    "returned": _("with its author"),
}
STATES = {
    "running": _("running"),
    "ended": _("ended"),
    "stands": _("stands"),
    "withdrawn": _("withdrawn"),
    "conflict": _("conflict"),
}
QUARANTINE_LISTS = {
    "open": _("To look at"),
    "returned": _("With their authors"),
    "answered": _("Answered"),
}
REASONS = {
    "invalid": _("not filled in as a record must be"),
    "not_json": _("not readable as a record"),
    "unknown_type": _("unknown kind of record"),
    "unknown_version": _("written by a newer app"),
    "unknown_place": _("unknown place"),
    "unknown_category": _("unknown category"),
    "unknown_author": _("unknown author"),
    "not_allowed": _("the author is not enrolled on that phone"),
    "personal_data": _("a personal number in the text"),
    "rid_conflict": _("another record has the same id"),
    "revoked": _("sent by a revoked phone"),
}
ADVICE = {
    "invalid": _("A field is missing or has a value it can't have. Its author can correct it."),
    "not_json": _("The bytes are kept as they came. Look at the phone it came from."),
    "unknown_type": _(
        "Perhaps a newer app wrote it: it is judged again when this store is updated."
    ),
    "unknown_version": _("It is judged again by itself when this store is updated."),
    "unknown_place": _("It is judged again by itself when the place is added."),
    "unknown_category": _("It is judged again by itself when the category is added."),
    "unknown_author": _("It is judged again by itself when the account is known here."),
    "not_allowed": _("Enrol the author on the phone, or release it if you know who wrote it."),
    "personal_data": _(
        "Its author should correct the text. Release it only if it is no such number."
    ),
    "rid_conflict": _("The first one stands. Compare the two before you release this one."),
    "revoked": _("Release it if you know that it was written by the phone's own user."),
}
ACTS = {
    "log.read": _("looked in the log"),
    "log.export": _("took the log out as a file"),
    "record.read": _("read a record"),
    "photo.read": _("saw a photo"),
    "quarantine.read": _("looked in quarantine"),
    "quarantine.release": _("released from quarantine"),
    "quarantine.return": _("asked an author"),
    "record.review": _("reviewed a record"),
    "record.return": _("asked the author of a record"),
    "record.merge": _("merged a double"),
    "record.share": _("shared a record"),
    "record.comment": _("commented a record"),
    "messages.write": _("told people on phones"),
    "rescue.bring": _("brought in a rescue file"),
    "devices.enrol": _("made an enrolment code"),
    "devices.enrolled": _("enrolled a phone"),
    "devices.revoke": _("revoked a device"),
    "accounts.add": _("added an account"),
    "accounts.password": _("gave an account a password"),
    "tokens.make": _("made an access token"),
    "tokens.revoke": _("revoked an access token"),
    "hooks.write": _("added a webhook"),
    "hooks.try": _("tried a webhook"),
    "hooks.end": _("took a webhook away"),
    "features.read": _("read with a program"),
    "places.read": _("looked at places"),
    "places.edit": _("changed a place"),
    "places.export": _("exported the places"),
    "promise.edit": _("changed what is promised"),
    "promise.export": _("exported what is promised"),
    "audit.read": _("looked in the audit log"),
    "accesses.read": _("looked who had read the own records"),
    "week.read": _("looked at a week's figures"),
    "week.export": _("took out a week's planned presence"),
    "figures.export": _("took out a week's figures"),
    "week.freeze": _("froze a week's picture"),
    "week.decide": _("decided a week's focus and places"),
    "effect.read": _("compared before and after"),
    "actions.read": _("looked at actions"),
    "actions.write": _("wrote an action"),
    "login": _("signed in"),
    "logout": _("signed out"),
    "login.refused": _("wrong password"),
    "refused": _("was refused"),
}
POINTLESS = {"declined": _("position declined"), "none": _("no position in time")}
OPENINGS = {
    "new": _("newly enrolled"),
    "evicted": _("the phone's storage had been cleared"),
    "forked": _("the log had split"),
    "restored": _("restored from a copy"),
}


WHERE = {
    "phone": _("on phones"),
    "node": _("at the nodes"),
    "centre": _("at the centre"),
}


def of(names: dict, code) -> str:
    """The name of `code`, or the code itself: a code we do not know is shown, never hidden."""
    return str(names.get(code, code))


def band(code: str | None) -> str:
    """A count band as printed: `4-10` → 4–10."""
    return code.replace("-", "–") if code else "–"
