"""The ways of saying no, each once: code, status, a sentence, and what to do. Knows no door."""

from dataclasses import dataclass

from flask_babel import lazy_gettext as _


@dataclass(frozen=True)
class Problem:
    """A refusal: `code` is stable, `sentence` and `what_to_do` are read by people."""

    code: str
    status: int
    sentence: str
    what_to_do: str


FRAMING = Problem(
    "framing",
    400,
    _("The request is not built as the protocol says."),
    _("What came before the fault is kept. Send the rest again from there."),
)
BAD_REQUEST = Problem(
    "bad_request",
    400,
    _("The request could not be understood."),
    _("Go back, check what was filled in, and try again."),
)
FORM_EXPIRED = Problem(
    "form_expired",
    400,
    _("The form does not belong to this login any more."),
    _("Nothing was saved. Open the page again, and send it anew."),
)
NO_TOKEN = Problem(
    "no_token",
    401,
    _("The device is not known here."),
    _("Enrol the phone with a new code. What is on it stays on it."),
)
NO_ACCESS = Problem(
    "no_access",
    401,
    _("The access token is missing or unknown, or opens nothing any more."),
    _("Ask a supervisor for a new one, and send it as Authorization: Bearer."),
)
NOT_SIGNED_IN = Problem(
    "not_signed_in", 401, _("You are not signed in."), _("Sign in, then try again.")
)
REVOKED = Problem(
    "revoked",
    403,
    _("The device has been revoked."),
    _("Ask a supervisor for a new code. What is on the phone stays on it."),
)
NOT_ALLOWED = Problem(
    "not_allowed",
    403,
    _("Your role does not allow this."),
    _("Ask your supervisor if you need it."),
)
WRONG_ORIGIN = Problem(
    "wrong_origin",
    403,
    _("The request came from another site."),
    _("Open the page here, and do it from there."),
)
NOT_FOUND = Problem(
    "not_found",
    404,
    _("There is nothing here that you may see."),
    _("Check the address, or go back to the log."),
)
WRONG_METHOD = Problem(
    "wrong_method",
    405,
    _("This address can't be used that way."),
    _("Go back, and use the page's own buttons."),
)
BAD_CODE = Problem(
    "bad_code",
    404,
    _("The code is wrong, used, or too old."),
    _("Ask for a new code: it works once, for ten minutes."),
)
TOO_LARGE = Problem(
    "too_large", 413, _("The request is too large."), _("Send it in smaller parts.")
)
BAD_ENCODING = Problem(
    "bad_encoding",
    415,
    _("The compressed request can't be read, or grows too much."),
    _("Send it uncompressed."),
)
WRONG_TYPE = Problem(
    "wrong_type",
    415,
    _("The request is of a kind that is not taken here."),
    _("Send the content type that the protocol names."),
)
PROTOCOL = Problem(
    "protocol",
    426,
    _("This server speaks fieldlog sync 1."),
    _("Update the app, or send the header Fieldlog-Proto: 1."),
)
WRONG_OFFSET = Problem(
    "wrong_offset",
    409,
    _("This is not the next byte of the photo."),
    _("Go on from Upload-Offset."),
)
WRONG_HASH = Problem(
    "wrong_hash",
    409,
    _("The bytes that came are not the photo that was announced."),
    _("Send it again from the beginning."),
)
NO_PICTURE = Problem(
    "no_picture",
    415,
    _("Photos are JPEG, PNG or WebP."),
    _("What is on the phone stays on it. Take the photo again."),
)
TOO_MANY = Problem(
    "too_many", 429, _("Too many requests at once."), _("Wait a little, then try again.")
)
REVOKED_FULL = Problem(
    "revoked_full",
    429,
    _("The revoked device has sent all that is taken in a day."),
    _("What is left stays on the phone. It is taken tomorrow, or after enrolment."),
)
NOT_RESCUE = Problem(
    "not_rescue",
    400,
    _("This is no rescue file."),
    _("Choose the file that the phone saved. Its name ends in .rescue."),
)
RESCUE_CUT = Problem(
    "rescue_cut",
    400,
    _("The rescue file ends too early."),
    _("What stood before the cut is kept. Copy the whole file again, and bring it once more."),
)
RESCUE_DAMAGED = Problem(
    "rescue_damaged",
    400,
    _("The rescue file was damaged on its way."),
    _("What stood before the damage is kept. Copy the file again, and bring it once more."),
)
RESCUE_ELSEWHERE = Problem(
    "rescue_elsewhere",
    409,
    _("The rescue file is sealed for another centre."),
    _("Keep it. Only the centre that the phone was enrolled at can open it: bring it there."),
)
RESCUE_NEWER = Problem(
    "rescue_newer",
    409,
    _("The rescue file comes from a newer app."),
    _("Keep it. It can be opened once this store has been updated."),
)
RESCUE_UNPROVEN = Problem(
    "rescue_unproven",
    409,
    _("The rescue file does not prove which phone made it."),
    _("Keep it. The one who runs the centre can take it: fieldlog rescue import --by-hand."),
)
INTERNAL = Problem(
    "internal",
    500,
    _("Something went wrong here."),
    _("Nothing that was saved is lost. Try again; tell the one who runs the server if it stays."),
)
BUSY = Problem(
    "busy",
    503,
    _("The store is busy."),
    _("Nothing is lost. It is tried again in a moment."),
)
UPSTREAM = Problem(
    "upstream",
    503,
    _("The centre can't be reached from this node."),
    _("Try again when the node has a connection."),
)
NO_PLACE = Problem(
    "no_place",
    503,
    _("The store can't take photos now."),
    _("Nothing is lost. It is tried again; tell the one who runs the server if it stays."),
)
FULL = Problem(
    "full",
    507,
    _("The store has no room left."),
    _("Nothing that was saved is lost. Tell the one who runs the server."),
)

RESCUE = {
    each.code: each
    for each in (
        NOT_RESCUE, RESCUE_CUT, RESCUE_DAMAGED, RESCUE_ELSEWHERE, RESCUE_NEWER, RESCUE_UNPROVEN,
    )
}  # fmt: skip
BY_STATUS = {
    400: BAD_REQUEST,
    401: NOT_SIGNED_IN,
    403: NOT_ALLOWED,
    404: NOT_FOUND,
    405: WRONG_METHOD,
    413: TOO_LARGE,
    415: WRONG_TYPE,
    422: BAD_REQUEST,
    426: PROTOCOL,
    429: TOO_MANY,
    500: INTERNAL,
    503: BUSY,
    507: FULL,
}
