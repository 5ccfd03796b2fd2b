"""OGC API Features: what is told, to whom, by which rules; each read is in the audit log."""

from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
from openapi_spec_validator import OpenAPIV30SpecValidator

from fieldlog.demo import bodies
from fieldlog.features.landing import CONFORMS
from fieldlog.store import audit, logs, people
from fieldlog.store.database import writing
from fieldlog.store.tables import Event
from tests.review.scene import SAID

VISITS, EVENTS, PLACES = (f"/collections/{name}/items" for name in ("visits", "events", "places"))
HAGGVIK = (17.9326, 59.444)
NOBODY = "019400aa-0000-7000-8000-000000000001"


@pytest.fixture
def sara(program, cast, evening):
    """Sara's program, which may read notes and positions."""
    return program(cast.sara)


def ids(features: list[dict]) -> list[str]:
    return [feature["id"] for feature in features]


def named(evening, *names: str) -> set[str]:
    return {evening.rids[name] for name in names}


def test_the_landing_page_leads_to_all_the_rest(sara):
    links = {link["rel"]: link["href"] for link in sara.get("")["links"]}
    assert links.keys() == {"self", "service-desc", "conformance", "data"}
    assert all(sara.ask(href).status_code == 200 for href in links.values())
    assert sara.ask("/features/").status_code == 200  # as programs write it that add a slash
    assert sara.get("/conformance")["conformsTo"] == list(CONFORMS)


def test_every_collection_leads_to_its_features(sara):
    told = sara.get("/collections")["collections"]
    assert [one["id"] for one in told] == ["visits", "events", "places"]
    for one in told:
        assert one == sara.get(f"/collections/{one['id']}")
        items = next(link["href"] for link in one["links"] if link["rel"] == "items")
        answer = sara.ask(items)
        assert answer.content_type == "application/geo+json"
        assert answer.json["numberReturned"] == len(answer.json["features"])
        assert datetime.fromisoformat(answer.json["timeStamp"]).tzinfo


def test_sara_reads_the_visits_and_events_of_her_organisation(sara, evening):
    mine = named(evening, "calm", "running", "afterwards", "conflict")
    assert set(ids(sara.all("visits"))) == mine
    assert set(ids(sara.all("events"))) == named(evening, "event", "gone", "lost", "standing")


def test_charlie_reads_only_the_municipality_s_and_what_was_shown(program, cast, evening):
    charlie = program(cast.charlie)
    assert charlie.all("visits") == []
    assert ids(charlie.all("events")) == [evening.rids["theirs"]]
    for name in ("event", "calm"):
        kind = "events" if name == "event" else "visits"
        at = f"/features/collections/{kind}/items/{evening.rids[name]}"
        assert charlie.ask(at).status_code == 404
    share(cast.sara, evening.rids["event"], "kommunen")
    assert set(ids(charlie.all("events"))) == named(evening, "theirs", "event")
    shown = charlie.get(f"{EVENTS}/{evening.rids['event']}")
    assert shown["properties"]["note"] is None
    assert shown["geometry"]["coordinates"] == list(HAGGVIK)


def test_an_event_says_what_was_seen_and_never_by_whom(sara, cast, evening):
    told = sara.get(f"{EVENTS}/{evening.rids['event']}")
    properties = told["properties"]
    assert properties["note"] == SAID
    assert properties["place_name"] == "Häggviks station"
    assert (properties["category"], properties["corrected"]) == ("VAL.hot", True)
    assert properties["visit"] == evening.rids["calm"]
    whole = str(told)
    assert cast.alice.id not in whole
    assert cast.alice.device not in whole


def test_what_the_log_marks_is_marked_here_too(sara, evening):
    events = {one["id"]: one["properties"] for one in sara.all("events")}
    assert events[evening.rids["gone"]]["state"] == "withdrawn"
    assert events[evening.rids["lost"]]["quarantined"] == "unknown_place"
    assert events[evening.rids["standing"]]["standing"] == "open"
    with writing() as session:
        into = bytes.fromhex(evening.rid("event"))
        double = Event.rid == bytes.fromhex(evening.rid("standing"))
        session.execute(sa.update(Event).where(double).values(merged_into=into))
    events = {one["id"]: one["properties"] for one in sara.all("events")}
    assert events[evening.rids["standing"]]["merged_into"] == evening.rids["event"]


def test_without_the_scope_there_are_no_notes_and_no_exact_points(program, cast, evening):
    exact = {"lat": 59.4401, "lon": 17.9401, "acc_m": 8.0, "age_s": 1.0}
    phone, now = evening.phones["alice"], datetime.now(UTC)
    sharp = bodies.event("VAL.brak", now, place="HAG") | {"point": exact, "precision": "exact"}
    alone = sharp | {"place": None}
    rough = alone | {"precision": "district"}
    at = [phone.write("event", body, now) for body in (sharp, alone, rough)]
    phone.push()

    def points(scope: str) -> list:
        found = {one["id"]: one for one in program(cast.sara, scope).all("events")}
        assert any(one["properties"]["note"] for one in found.values()) == (scope == "details")
        return [found[rid]["geometry"] and found[rid]["geometry"]["coordinates"] for rid in at]

    mine = [exact["lon"], exact["lat"]]
    assert points("details") == [mine, mine, mine]
    assert points("records") == [list(HAGGVIK), None, mine]
    around = "17.9400,59.4400,17.9402,59.4402"
    asked = program(cast.sara, "records").all("events", bbox=around)
    assert at[0] not in ids(asked)  # a small box finds no exact point either


def test_a_token_for_places_opens_places_alone(program, cast, evening):
    places = program(cast.sara, "places")
    assert [one["id"] for one in places.get("/collections")["collections"]] == ["places"]
    assert {one["properties"]["name"] for one in places.all("places")} >= {"Häggviks station"}
    for name in ("visits", "events", "nothing"):
        assert places.ask(f"/features/collections/{name}").status_code == 404
        assert places.ask(f"/features/collections/{name}/items").status_code == 404


def test_what_is_not_there_is_not_found(sara):
    for path in ("/collections/nothing", f"{VISITS}/{NOBODY}", f"{VISITS}/x", f"{PLACES}/nowhere"):
        assert sara.ask(f"/features{path}").status_code == 404


def test_a_box_takes_what_lies_in_it_and_what_has_no_point(sara, evening):
    lon, lat = HAGGVIK
    box = f"{lon - 0.001},{lat - 0.001},{lon + 0.001},{lat + 0.001}"
    assert set(ids(sara.all("events", bbox=box))) == named(evening, "event", "lost")
    assert ids(sara.all("visits", bbox=box)) == [evening.rids["calm"]]
    assert [one["id"] for one in sara.all("places", bbox=box)] == ["HAG"]
    flat = f"{lon - 0.001},{lat - 0.001},-5,{lon + 0.001},{lat + 0.001},900"
    assert ids(sara.all("visits", bbox=flat)) == [evening.rids["calm"]]
    over = f"{lon + 0.001},{lat - 0.001},{lon - 0.001},{lat + 0.001}"  # the other way round
    assert evening.rids["calm"] not in ids(sara.all("visits", bbox=over))
    across = f"179,{lat - 0.001},{lon + 0.001},{lat + 0.001}"  # over the antimeridian
    assert ids(sara.all("visits", bbox=across)) == [evening.rids["calm"]]
    assert "HAG" in [one["id"] for one in sara.all("places", bbox=across)]
    assert ids(sara.all("visits", bbox="-10,0,-5,10")) == []


def test_times_are_an_instant_an_interval_or_open_at_an_end(sara, evening):
    starts = {"calm": 0, "afterwards": 50, "conflict": 100, "running": 170}
    at = {name: evening.start + timedelta(minutes=n) for name, n in starts.items()}
    text = {
        name: when.replace(microsecond=0).isoformat().replace("+00:00", "Z")
        for name, when in at.items()
    }
    expected = {
        text["afterwards"]: {"afterwards"},
        f"{text['afterwards']}/{text['conflict']}": {"afterwards", "conflict"},
        f"../{text['afterwards']}": {"calm", "afterwards"},
        f"{text['conflict']}/..": {"conflict", "running"},
        f"/{text['calm']}": {"calm"},
        f"{text['running']}/": {"running"},
        "../..": set(starts),
        "2019-01-01T00:00:00+01:00/2019-12-31T23:59:59Z": set(),
    }
    for asked, names in expected.items():
        assert set(ids(sara.all("visits", datetime=asked))) == named(evening, *names), asked
    everywhere = sara.get(PLACES)["numberMatched"]
    assert sara.get(PLACES, datetime=text["calm"])["numberMatched"] == everywhere


@pytest.mark.parametrize("collection", ["visits", "events", "places"])
def test_pages_of_every_size_tell_each_feature_once(sara, collection):
    whole = ids(sara.all(collection))
    assert len(whole) == len(set(whole)) >= 4
    for limit in (1, 2, 3, len(whole), 1000):
        assert ids(sara.all(collection, limit=limit)) == whole


def test_pages_stay_stable_while_records_arrive(sara, evening):
    before = ids(sara.all("visits"))
    first = sara.get(VISITS, limit=2)
    bob = evening.phones["bob"]
    for minutes in (30, 175):  # one among what is still to come, one before what was told
        at = evening.start + timedelta(minutes=minutes)
        bob.write("visit", bodies.visit("ROT", at), at)
    bob.push()
    told = ids(first["features"])
    page = first
    while following := [link["href"] for link in page["links"] if link["rel"] == "next"]:
        page = sara.ask(following[0]).json
        told += ids(page["features"])
    assert len(told) == len(set(told))
    assert set(before) <= set(told)


def test_the_limit_is_from_one_and_more_than_the_most_is_the_most(sara):
    assert sara.get(VISITS, limit=1)["numberReturned"] == 1
    assert sara.get(VISITS, limit=1000)["numberReturned"] == 4
    assert sara.get(VISITS, limit=10**12)["numberReturned"] == 4
    for wrong in ("0", "-1", "ten", "1.5", "", "²"):
        assert sara.ask(f"/features{VISITS}", limit=wrong).status_code == 400, wrong


def test_every_read_stands_in_the_audit_log_without_positions(sara, cast, evening):
    sara.get(VISITS, limit=3, bbox="17,59,18,60", datetime="../2030-01-01T00:00:00Z")
    sara.get(f"{EVENTS}/{evening.rids['event']}")
    one, page = audit.page(None, what="features.read", before=None, limit=10)
    assert (page.account, page.role) == (cast.sara.id, "supervisor")
    assert page.detail == {
        "collection": "visits", "count": 3, "box": True, "datetime": "../2030-01-01T00:00:00Z",
    }  # fmt: skip
    assert one.subject == evening.rid("event")
    assert (one.owner, one.author) == ("polisen", cast.alice.id)


def test_asking_for_what_is_not_one_s_own_is_logged_as_refused(program, cast, evening):
    program(cast.charlie).ask(f"/features{EVENTS}/{evening.rids['event']}")
    (act,) = audit.page(None, what="refused", before=None, limit=10)
    assert (act.account, act.subject) == (cast.charlie.id, evening.rids["event"])


def test_the_description_is_valid_and_names_every_route_and_property(app, sara):
    document = sara.get("/api")
    assert [one.message for one in OpenAPIV30SpecValidator(document).iter_errors()] == []
    served = {
        str(rule).removeprefix("/features").replace("<", "{").replace(">", "}") or "/"
        for rule in app.url_map.iter_rules()
        if rule.endpoint.startswith("features.")
    }
    told = {path.replace(f"/{name}", "/{collection}") for path in document["paths"]
            for name in ("visits", "events", "places") if f"/{name}" in path}  # fmt: skip
    told |= {path for path in document["paths"] if path.count("/") == 1}
    assert told == served
    for name in ("visits", "events", "places"):
        feature = sara.all(name)[0]
        schema = document["components"]["schemas"][f"{name}.feature"]["properties"]["properties"]
        assert list(feature["properties"]) == list(schema["properties"])


def share(member, rid: str, org: str) -> None:
    logs.write("share", {"ref": rid, "with": org, "why": "Samma kväll."}, people.by_id(member.id))
