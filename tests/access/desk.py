"""The desk's table of who may: one line an endpoint, and what the table's words stand for.

A new endpoint needs one line in TABLE. Where its address names a new kind of thing, that needs a
line in MISSING, and one in `_shared` (nobody's alone) or `_owned` (one organisation's).
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from uuid import uuid4

from fieldlog.demo import bodies
from fieldlog.measure.week import week_of
from fieldlog.store import (
    access_tokens,
    blobs,
    devices,
    hooks,
    identity,
    logs,
    messages,
    people,
    quarantine_list,
    rescues,
)
from fieldlog.store.database import writing
from fieldlog.store.weeks import actions
from tests.review import scene
from tests.store.agreed import publish
from tests.support import pictures
from tests.support.rescued import sealed

DAY = timedelta(days=1)
HOOK = "https://mottagare.example/"
OURS, THEIRS = "polisen", "kommunen"
PROMISE = {"title": "Löfte", "from": "2026-01-01", "to": "2026-12-31", "follow_up": "2026-12-10"}

# method, endpoint, what its address is about ("-": nothing that is anybody's), and who gets in:
# "own" those whose organisation it belongs to, "all" whosever it is. Who is not named is refused.
TABLE = """
GET  review.action          action    all: sara charlie kerstin
GET  review.actions         -         all: sara charlie kerstin
POST review.add_action      -         all: kerstin
POST review.change_action   action    all: kerstin
POST review.ask_author      record    own: sara charlie
POST review.comment         record    own: sara charlie
POST review.merge           record    own: sara charlie
GET  review.record          record    own: sara charlie
POST review.review          record    own: sara charlie
POST review.review_many     ticked    own: sara charlie
POST review.share           record    own: sara charlie
POST review.unmerge         merged    own: sara charlie
POST review.unshare         record    own: sara charlie
GET  review.photo           photo     own: sara charlie
GET  review.audit           -         all: sara charlie axel
GET  review.accesses        -         all: alice bob
GET  review.log             -         all: sara charlie
POST review.export          -         all: sara charlie
GET  review.news            -         all: sara charlie
GET  review.access_tokens   -         all: sara charlie adam
POST review.make_token      -         all: sara charlie
POST review.revoke_token    token     own: sara charlie  all: adam
GET  review.hooks           -         all: sara charlie adam
POST review.add_hook        -         all: sara charlie
POST review.try_hook        hook      own: sara charlie
POST review.end_hook        hook      own: sara charlie  all: adam
GET  review.places          -         all: sara charlie kerstin
GET  review.place           place     all: sara charlie kerstin
GET  review.places_file     -         all: sara charlie kerstin
GET  review.place_edit      place     all: kerstin
POST review.place_edit      place     all: kerstin
GET  review.place_new       -         all: kerstin
POST review.place_new       -         all: kerstin
GET  review.places_import   -         all: kerstin
POST review.places_import   -         all: kerstin
GET  review.categories      -         all: sara charlie kerstin adam axel
GET  review.category        category  all: kerstin
POST review.category        category  all: kerstin
GET  review.category_new    tile      all: kerstin
POST review.category_new    tile      all: kerstin
GET  review.code            -         all: sara charlie adam
GET  review.code_picture    offer     all: sara charlie adam
POST review.make_code       account   own: sara charlie  all: adam
GET  review.devices         -         all: sara charlie adam
POST review.revoke          phone     own: sara charlie  all: adam
GET  review.told            -         all: sara charlie kerstin
POST review.tell            -         all: sara charlie kerstin
POST review.take_down       message   own: sara charlie  all: kerstin
GET  review.nights          -         all: sara charlie kerstin adam axel
GET  review.promise         -         all: sara charlie kerstin adam axel
GET  review.promise_export  -         all: sara charlie kerstin adam axel
GET  review.promise_table   table     all: sara charlie kerstin adam axel
GET  review.thing           thing     all: sara charlie kerstin adam axel
GET  review.promise_edit    thing     all: kerstin
POST review.promise_edit    thing     all: kerstin
GET  review.promise_new     kind      all: kerstin
POST review.promise_new     kind      all: kerstin
GET  review.promise_import  -         all: kerstin
POST review.promise_import  -         all: kerstin
GET  review.quarantine      -         all: sara charlie
POST review.release         held      own: sara charlie
POST review.send_back       held      own: sara charlie
GET  review.rescue          -         all: sara charlie adam
POST review.bring_rescue    -         all: sara charlie adam
GET  review.rescued         rescue    own: sara charlie  all: adam
GET  review.compare         -         all: sara charlie kerstin
GET  review.week            week      all: sara charlie kerstin
POST review.calendar        week      all: sara charlie kerstin
POST review.figures         week      all: sara charlie kerstin
GET  review.week_news       week      all: sara charlie kerstin
GET  review.week_visits     week      all: sara charlie kerstin
GET  review.weeks           -         all: sara charlie kerstin
POST review.freeze          week      all: kerstin
POST review.decide          week      all: kerstin
"""

# What stands in an address that names nothing there is.
MISSING = {
    "action": {"number": 999},
    "record": {"rid": uuid4().hex},
    "merged": {"rid": uuid4().hex},
    "ticked": {"form": {"rid": uuid4().hex, "state": "reviewed"}},
    "photo": {"rid": uuid4().hex, "sha256": "0" * 64},
    "category": {"code": "ORD.saknas"},
    "tile": {"code": "XYZ"},
    "account": {"form": {"account": str(uuid4())}},
    "offer": {},
    "phone": {"device": str(uuid4())},
    "message": {"id": str(uuid4())},
    "token": {"id": str(uuid4())},
    "hook": {"id": str(uuid4())},
    "place": {"code": "NOWHERE"},
    "table": {"kind": "nothing"},
    "thing": {"kind": "promise", "code": "saknas"},
    "kind": {"kind": "nothing"},
    "held": {"entry": 999_999},
    "rescue": {"sha256": "0" * 64},
    "week": {"name": "2026-W54"},
}


@dataclass(frozen=True)
class Row:
    """A line of the table: who reaches what is their own organisation's, and who whosever it is."""

    method: str
    endpoint: str
    about: str
    own: frozenset[str]
    all: frozenset[str]

    @property
    def name(self) -> str:
        return f"{self.method} {self.endpoint}"


def rows() -> list[Row]:
    return [_row(*line.split()) for line in TABLE.strip().splitlines()]


def _row(method: str, endpoint: str, about: str, *words: str) -> Row:
    who: dict[str, set[str]] = {"own:": set(), "all:": set()}
    for word in words:
        if word in who:
            reach = who[word]
        else:
            reach.add(word)
    return Row(method, endpoint, about, frozenset(who["own:"]), frozenset(who["all:"]))


def furnished(cast) -> dict[str, dict[str, dict]]:
    """What there is of each kind, ours and theirs, as the arguments of an address (`form`: of what
    is posted), made anew each time where it can only be used up. What is nobody's alone is the same
    for both.
    """
    evening = scene.evening(cast)
    found = {about: dict.fromkeys((OURS, THEIRS), named) for about, named in _shared(cast).items()}
    for member, boss in ((cast.alice, cast.sara), (cast.charlie, cast.charlie)):
        for about, named in _owned(evening, member, boss).items():
            found.setdefault(about, {})[member.org] = named
    held = quarantine_list.page((OURS, THEIRS), show="open", limit=9)
    return found | {"held": {row.org: {"entry": row.id} for row in held}, "offer": {}}


def _shared(cast) -> dict[str, dict]:
    today = datetime.now(UTC).date()
    what = {"what": "Klipp busken", "owner": "kommunen", "due": today, "place": None}
    what |= {"category": None, "done": None, "result": ""}
    publish("promise", "lofte", PROMISE, since=date(2026, 1, 1))
    return {
        "action": {"number": actions.add(what, cast.kerstin.id, datetime.now(UTC))},
        "category": {"code": "SKA.klotter"},
        "tile": {"code": "SKA"},
        "table": {"kind": "commitment"},
        "thing": {"kind": "promise", "code": "lofte"},
        "kind": {"kind": "promise"},
        "place": {"code": "HAG"},
        "week": {"name": str(week_of(datetime.now(UTC)))},
    }


def _owned(evening, member, boss) -> dict[str, dict]:
    """What belongs to one organisation: a record with a photo, a phone, a message and so on."""
    writer, at = evening.phones[member.login], evening.start
    photo = pictures.png(shade=ord(member.org[0]))
    body = bodies.event("SKA.klotter", at, place="ROT", blobs=pictures.named(photo))
    rid = writer.write("event", body, at)
    double = writer.write("event", bodies.event("SKA.klotter", at, place="ROT"), at)
    writer.write("event", bodies.event("SKA.klotter", at, place="NOWHERE"), at)
    writer.push()
    with writing():
        logs.write("merge", {"ref": double, "into": rid}, people.by_id(boss.id))
    sha256 = pictures.name(photo)
    blobs.take(sha256, SimpleNamespace(id=member.device, kind="phone"), 0, len(photo), photo)
    now = datetime.now(UTC)
    file = rescues.take(sealed(member, identity.centre_key()), boss.id, now)
    return {
        "record": {"rid": rid.replace("-", "")},
        "merged": {"rid": double.replace("-", "")},
        "ticked": {"form": {"rid": rid, "state": "reviewed"}},
        "photo": {"rid": rid.replace("-", ""), "sha256": sha256},
        "account": {"form": {"account": member.id}},
        "phone": lambda: {"device": devices.enrol(devices.make_code(member.id)[0], "Ny").device},
        "token": lambda: {"id": access_tokens.make(boss.id, "QGIS", "places", DAY)[0]},
        "hook": lambda: {"id": hooks.add(member.org, HOOK, [hooks.ACUTE], boss.id, now).id},
        "message": lambda: {"id": messages.add("Hej", "word", boss.id, now, org=member.org)},
        "rescue": {"sha256": file["sha256"]},
    }
