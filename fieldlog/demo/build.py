"""Makes the demo's store: people, a promise, places, phones, and a month of patrols sent as phones
send.

Two of the phones talk to a node in this process, which passes all on with the nightly job.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from functools import partial
from io import BytesIO
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple
from zoneinfo import ZoneInfo

from flask import Flask
from sqlalchemy import update

from fieldlog import create_app, data
from fieldlog.access import passwords
from fieldlog.cli import night
from fieldlog.config import Settings
from fieldlog.demo import cast, folder, lines, month, promise, scenes
from fieldlog.demo.cast import NODE, ORGS, PEOPLE
from fieldlog.demo.folder import Folder, Kept
from fieldlog.demo.lines import Line
from fieldlog.demo.phone import Phone
from fieldlog.store import (
    categories,
    devices,
    identity,
    maps,
    messages,
    nights,
    people,
    places,
    schema,
)
from fieldlog.store.database import writing
from fieldlog.store.promises import document
from fieldlog.store.tables import Night

SOON = timedelta(minutes=2)  # how long a phone with a signal takes to send
NIGHT = time(2, 30)
CHECKED = timedelta(days=8)  # the centre's own nights: each goes through all there is
Report = Callable[[str], None]


class Handset(NamedTuple):
    """A phone and the line it sends by."""

    phone: Phone
    line: Line

    def send(self, at: datetime | None = None) -> None:
        """Send all there is, heard at that moment; None: now."""
        self.line.at = at
        self.phone.push()


def build(settings: Settings, kept: Kept, where: Folder, report: Report) -> None:
    """Fill the empty store of `settings`; afterwards `kept` is whole."""
    centre = create_app(settings)
    with centre.app_context():
        report("people, places and what is promised")
        schema.upgrade()
        kept.device = identity.ensure(settings.name).device
        where.keep(kept)
        accounts = _people(kept)
        _promise()
        _device, token = devices.add_node(NODE)
    node = _node(where, settings, token)
    report("the node asks the centre for places and phones")
    every = _Nights(node, centre, token, settings.timezone)
    phones = {p.login: _phone(p, accounts[p.login], centre, node) for p in PEOPLE if p.phone}
    every.past(datetime.now(UTC) - timedelta(days=month.DAYS + 2), checked=False)
    report("a month of patrols, and the night after each day")
    _month(phones, datetime.now(ZoneInfo(settings.timezone)), every)
    _an_unsent_tail(phones["oskar"].phone)
    with centre.app_context():
        _words(accounts["kerstin"])
    kept.whole = True
    where.keep(kept)


def _people(kept: Kept) -> dict[str, str]:
    """Account ids by login, with places and categories; passwords are made and kept."""
    categories.seed()
    places.import_geojson(data.load("sollentuna_places.geojson"), datetime.now(UTC))
    maps.put("outline", BytesIO(json.dumps(data.load("sollentuna_outline.geojson")).encode()))
    for org in ORGS:
        people.add_org(*org)
    found = {}
    for person in PEOPLE:
        made = kept.passwords.setdefault(person.login, folder.password())
        hashed = passwords.hashed(made, person.login, person.name)
        row = people.add_account(person.login, person.name, person.org, person.role, hashed)
        found[person.login] = row.id
    return found


def _promise() -> None:
    """What Sollentuna has published, and an example in force now."""
    now = datetime.now(UTC)
    document.bring(data.load("sollentuna_promises.json"), now)
    document.bring(promise.document(now.date()), now)


def _words(coordinator: str) -> None:
    """What Kerstin tells everyone: the week's wish, and what reports have led to."""
    now = datetime.now(UTC)
    said = {
        "word": "Tack för förra veckan. I helgen behövs vi mest vid stationerna efter 20.",
        "outcome": "Lamporna i tunneln vid Häggviks station är lagade efter era tre rapporter.",
    }
    for hours, (kind, text) in zip((30, 6), said.items(), strict=True):
        messages.add(text, kind, coordinator, now - timedelta(hours=hours))


def _node(where: Folder, settings: Settings, token: str):
    """A field node in this process, made and empty."""
    own = Settings(
        database_url=where.database("node"),
        secret_key=settings.secret_key,
        name=NODE,
        upstream=lines.CENTRE,
        upstream_token=token,
        timezone=settings.timezone,
    )
    app = create_app(own)
    with app.app_context():
        schema.upgrade()
        identity.ensure(NODE)
    return app


def _phone(person: cast.Person, account: str, centre, node) -> Handset:
    """Enrol a phone with a one-time code, as its owner would."""
    with centre.app_context():
        code, _until = devices.make_code(account)
    told = Line(centre, lines.CENTRE).enrol(code, person.phone)
    home, url = (node, lines.NODE) if person.through == "node" else (centre, lines.CENTRE)
    line = Line(home, url, told["token"])
    whose = (told["device"], told["account"], told["org"])
    return Handset(Phone(*whose, line.push, centre_key=told["centre_key"], ask=line.status), line)


@dataclass
class _Nights:
    """The node's nights and the centre's."""

    node: Flask
    centre: Flask
    token: str
    zone: str

    def past(self, at: datetime, *, checked: bool = True) -> None:
        """A night that was: what it sent was heard then, and the centre's page says so."""
        line = Line(self.centre, lines.CENTRE, self.token)
        line.at = at
        with self.node.app_context():
            told = night.run(line, lambda *_: None)
        if told["outcome"] != "ok":
            raise RuntimeError(f"the demo's night did not end well: {told['remark']}")
        with self.centre.app_context():
            self._dated(at)
            if checked:
                night.run(None, lambda *_: None, check=True)
                self._dated(at)

    def _dated(self, at: datetime) -> None:
        """Let the night just seen stand where it would have: nothing else depends on it."""
        with writing() as session:
            row = nights.latest(1)[0]
            day = nights.operational_day(at, self.zone)
            moved = {"night": day, "started_at": at, "finished_at": at}
            session.execute(update(Night).where(Night.id == row.id).values(moved))


def _month(handsets: dict[str, Handset], now: datetime, every: _Nights) -> None:
    """Everybody sends when a shift is over, and in the night the node passes it on."""
    phones = {login: handset.phone for login, handset in handsets.items()}
    written = [*_shifts(phones, now, every.zone), *scenes.before(phones, now)]
    upcoming = _night_after(now - timedelta(days=month.DAYS + 1))
    for at, who, write in sorted(written, key=itemgetter(0)):
        while upcoming < at:
            every.past(upcoming, checked=upcoming > now - CHECKED)
            upcoming = _night_after(upcoming)
        write()
        handsets[who].send(at + SOON)
    scenes.after(phones, now)
    for handset in handsets.values():
        handset.send()
    every.past(now)


def _shifts(phones: dict[str, Phone], now: datetime, zone: str) -> Iterator[tuple]:
    """The planned month: (when it is over, who, what writes it) of each shift."""

    def shift(act: month.Act) -> tuple:
        return act.who, nights.operational_day(act.start, zone)

    for (who, _day), acts in groupby(sorted(month.acts(now), key=shift), key=shift):
        acts = list(acts)
        yield acts[-1].end, who, partial(_rounds, phones[who], acts)


def _rounds(phone: Phone, acts: list[month.Act]) -> None:
    for act in acts:
        scenes.round_of(phone, act)


def _night_after(at: datetime) -> datetime:
    first = datetime.combine(at.date(), NIGHT, at.tzinfo)
    return first if first > at else first + timedelta(days=1)


def _an_unsent_tail(phone: Phone) -> None:
    """The phone has written more, of which one entry gets through before it goes silent."""
    now = datetime.now().astimezone()
    scenes.withdrawn(phone, now - scenes.minutes(5))
    scenes.corrected(phone, now - scenes.minutes(4))
    phone.push_only(1)
