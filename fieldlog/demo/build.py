"""Makes the demo's store: people, a promise, places, phones, and a month of patrols sent as phones
send.

Two of the phones talk to a node in this process, which passes all on with the nightly job.
"""

import json
from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta
from io import BytesIO
from itertools import groupby
from zoneinfo import ZoneInfo

from sqlalchemy import update

from fieldlog import create_app, data
from fieldlog.access import passwords
from fieldlog.cli import night
from fieldlog.config import Settings
from fieldlog.demo import cast, folder, lines, month, promise, scenes
from fieldlog.demo.cast import NODE, ORGS, PEOPLE
from fieldlog.demo.folder import Folder, Kept
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
from sync.http import Peer

NIGHTS = 8
Report = Callable[[str], None]


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
    phones = {p.login: _phone(p, accounts[p.login], centre, node) for p in PEOPLE if p.phone}
    _night(node, centre, datetime.now(UTC) - timedelta(days=NIGHTS))
    report("a month of patrols, and a night after each day of the last week")
    _month(phones, settings.timezone, lambda at: _night(node, centre, at))
    _an_unsent_tail(phones["oskar"])
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


def _phone(person: cast.Person, account: str, centre, node) -> Phone:
    """Enrol a phone with a one-time code, as its owner would."""
    with centre.app_context():
        code, _until = devices.make_code(account)
    told = Peer(lines.CENTRE, session=lines.session(centre)).enrol(code, person.phone)
    home, url = (node, lines.NODE) if person.through == "node" else (centre, lines.CENTRE)
    peer = Peer(url, told["token"], session=lines.session(home))
    return Phone(
        told["device"],
        told["account"],
        told["org"],
        peer.push,
        centre_key=told["centre_key"],
        ask=peer.status,
    )


def _night(node, centre, at: datetime) -> None:
    """The node's night and the centre's; `at`: when the centre's page should say that it was."""
    settings = node.config["SETTINGS"]
    with node.app_context():
        peer = Peer(lines.CENTRE, settings.upstream_token, session=lines.session(centre))
        told = night.run(peer, lambda *_: None)
    if told["outcome"] != "ok":
        raise RuntimeError(f"the demo's night did not end well: {told['remark']}")
    with centre.app_context():
        _dated(at, settings.timezone)
        night.run(None, lambda *_: None, check=True)
        _dated(at, settings.timezone)


def _dated(at: datetime, zone: str) -> None:
    """Let the night just seen stand where it would in a real week: nothing else depends on it."""
    with writing() as session:
        row = nights.latest(1)[0]
        moved = {"night": nights.operational_day(at, zone), "started_at": at, "finished_at": at}
        session.execute(update(Night).where(Night.id == row.id).values(moved))


def _month(phones: dict[str, Phone], zone: str, night_at: Callable[[datetime], None]) -> None:
    """Days are written in order; those of the last week are sent one by one, with the node's night
    at half past two after each.
    """
    now = datetime.now(ZoneInfo(zone))
    begun = nights.operational_day(now - timedelta(days=NIGHTS), zone)
    scenes.before(phones, now)
    by_day = groupby(month.acts(now), key=lambda act: nights.operational_day(act.start, zone))
    for day, acts in by_day:
        for act in acts:
            scenes.round_of(phones[act.who], act)
        if day <= begun:
            continue
        _send(phones)
        night = datetime.combine(day + timedelta(days=1), time(2, 30), now.tzinfo)
        if night < now:
            night_at(night)
    scenes.after(phones, now)
    _send(phones)
    night_at(now)


def _send(phones: dict[str, Phone]) -> None:
    for phone in phones.values():
        phone.push()


def _an_unsent_tail(phone: Phone) -> None:
    """The phone has written more, of which one entry gets through before it goes silent."""
    now = datetime.now().astimezone()
    scenes.withdrawn(phone, now - scenes.minutes(5))
    scenes.corrected(phone, now - scenes.minutes(4))
    phone.push_only(1)
