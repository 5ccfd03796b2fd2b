"""What supervisors see of all that arrived: the log, its map, the week and the files agree with the
store. Counts by its own SQL, past the program's lists.
"""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from urllib.parse import parse_qs

import sqlalchemy as sa

from fieldlog.access import login
from fieldlog.measure.week import Week, week_of
from fieldlog.store import people
from fieldlog.store.database import reading
from fieldlog.store.tables import Event, Visit
from fieldlog.store.types import Utc
from tests.real.checks import Finding
from tests.support.cast import Client, Member, sign_in
from tests.support.served import Store

COUNTED = """
SELECT count(*) FROM events AS e JOIN categories AS c ON c.code = e.category
WHERE e.org = :org AND e.observed_at >= :since AND e.observed_at < :until AND c.incident
AND e.state = 'stands' AND e.standing IS NULL AND e.code IS NULL AND e.review <> 'set_aside'
AND e.merged_into IS NULL
"""
BESIDE = 3  # the head of a CSV, an empty line and the closing one


def shown(centre: Store, orgs: tuple[str, ...]) -> Iterator[Finding]:
    """The desk of a supervisor of each organisation."""
    with centre.inside() as app:
        app.test_client_class = Client
        for org in orgs:
            yield from _of(_supervisor(app, org), org)


def _supervisor(app, org: str) -> Client:
    """A browser of one, who has just given the password."""
    boss = people.add_account(f"chef-{org}", f"Chef {org}", org, "supervisor")
    client = app.test_client()
    sign_in(client, Member(boss.id, boss.login, boss.name, org, "supervisor"))
    with client.session_transaction() as session:
        session[login.SURE_AT] = datetime.now(UTC).isoformat()
    return client


def _of(client: Client, org: str) -> Iterator[Finding]:
    page = client.get("/log").text
    token = re.search(r'csrf_token" value="([^"]+)"', page)[1]
    yield Finding(f"{org}: the log has its map", True, "data-map" in page)
    exported = _lines(client, token, "/log/export")
    yield Finding(f"{org}: records, in the CSV", _records(org), exported)
    week = _fullest(org)
    counted = _counted(org, week)
    said = _events(client.get(f"/week/{week}").text, week)
    yield Finding(f"{org}: events, page of {week}", counted, said)
    in_file = _lines(client, token, f"/log/export?week={week}&counted=1&category=event")
    yield Finding(f"{org}: events, file of {week}", counted, in_file)


def _lines(client: Client, token: str, path: str) -> int:
    answer = client.post(path, data={"csrf_token": token, "kind": "csv"})
    return answer.data.count(b"\n") - BESIDE if answer.status_code == 200 else answer.status_code


def _events(page: str, week: Week) -> int | None:
    """The number on the week's page that leads to all of its events."""
    wanted = {"week": [str(week)], "counted": ["1"], "category": ["event"]}
    for query, number in re.findall(r'href="/log\?([^"]+)">(\d+)<', page):
        if parse_qs(query.replace("&amp;", "&")) == wanted:
            return int(number)
    return None


def _counted(org: str, week: Week) -> int:
    since, until = week.span()
    asked = sa.text(COUNTED).bindparams(
        sa.bindparam("org", org),
        sa.bindparam("since", since, Utc),
        sa.bindparam("until", until, Utc),
    )
    return reading().scalar(asked)


def _records(org: str) -> int:
    tables = (Visit, Event)
    return sum(
        reading().scalar(sa.select(sa.func.count()).select_from(t).where(t.org == org))
        for t in tables
    )


def _fullest(org: str) -> Week:
    """The week that most events were seen in."""
    seen = reading().scalars(sa.select(Event.observed_at).where(Event.org == org))
    return Counter(map(week_of, seen)).most_common(1)[0][0]
