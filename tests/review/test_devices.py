"""Devices and nodes: what was last heard, worst first; enrolling and revoking."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from fieldlog.review import phones
from fieldlog.store import devices
from fieldlog.store.database import writing
from fieldlog.store.tables import Device, Entry, Identity
from tests.review.scene import evening as write
from tests.review.test_log import text


def test_sara_sees_the_phones_of_her_organisation_and_no_other(sara, cast, evening):
    page = sara.get("/devices").text
    assert "Alice Åkessons telefon" in page
    assert "Charlie Bergs telefon" not in page
    assert "Noise phone" not in page


def test_an_administrator_sees_every_phone_and_no_record(visitor, cast, evening):
    page = visitor(cast.adam).get("/devices").text
    assert "Alice Åkessons telefon" in page
    assert "Charlie Bergs telefon" in page
    assert "/records/" not in page


def test_a_silent_phone_comes_first_with_its_reason(sara, cast, evening):
    told(
        cast.alice.device, last_contact_at=datetime.now(UTC) - timedelta(days=3, hours=2), unsent=2
    )
    page = sara.get("/devices").text
    assert page.index("Alice Åkessons telefon") < page.index("Bob Öbergs telefon")
    assert "tyst i 3 d; 2 osända när den sist hördes" in text(page)
    assert "1 att titta på" in text(page)


def test_a_clock_that_is_wrong_is_shown_with_its_size_and_side(sara, cast, evening):
    told(cast.bob.device, skew_s=-7080.0)
    page = text(sara.get("/devices").text)
    assert "−1 tim 58 min" in page
    assert "klockan går fel; båda tiderna sparas" in page


def test_a_phone_never_heard_is_hatched_not_zero(sara, cast):
    page = sara.get("/devices").text
    assert '<span class="hz"></span><span class="vh">aldrig hörd</span>' in page
    assert "inte hörd sedan den skrevs in" in page


def test_gaps_are_told_as_runs_of_entries(sara, cast, evening):
    with writing() as session:
        mine = sa.select(Entry.id).where(Entry.rid.is_not(None)).order_by(Entry.id).limit(2)
        ids = list(session.scalars(mine))
        session.execute(sa.update(Entry).where(Entry.id.in_(ids)).values(payload=None))
    assert re.search(r"post \d+–\d+", text(sara.get("/devices").text))


def test_quarantined_entries_are_counted_with_their_reason(sara, cast, evening):
    assert "1 okänd plats" in text(sara.get("/devices").text)


def test_who_may_not_look_in_quarantine_is_given_no_link_to_it(sara, visitor, cast, evening):
    assert 'href="/quarantine"><b>1</b> okänd plats' in sara.get("/devices").text
    page = visitor(cast.adam).get("/devices").text
    assert "1 okänd plats" in text(page)
    assert 'href="/quarantine"' not in page


def test_an_older_version_is_told_to_update_itself(sara, cast, evening):
    told(cast.alice.device, app="1.4.0")
    told(cast.bob.device, app="1.3.2")
    page = text(sara.get("/devices").text)
    assert page.count("uppdateras när inget formulär är öppet") == 1


def test_a_phone_that_calls_its_app_what_it_likes_can_still_be_revoked(sara, cast, evening):
    told(cast.alice.device, app="1.²")
    told(cast.bob.device, app="1.3.2")
    page = sara.get("/devices")
    assert page.status_code == 200
    assert f"/devices/{cast.alice.device}/revoke" in page.text


def test_without_a_phone_the_page_says_what_to_do(visitor, cast):
    with writing() as session:
        session.execute(sa.update(Device).values(revoked_at=datetime.now(UTC)))
    page = visitor(cast.sara).get("/devices").text
    assert "Ingen telefon är inskriven ännu" in page
    assert "ingen data ännu" in page


def test_the_code_is_shown_once_made_and_enrols_that_account(sara, cast):
    answer = post(sara, "/devices/code", account=cast.alice.id)
    assert answer.status_code == 303
    page = sara.get(answer.location).text
    code = re.search(r'class="letters"><code>([\w-]+)</code>', page)[1]
    assert "För Alice Åkesson" in text(page)
    picture = sara.get("/devices/code.svg")
    assert picture.mimetype == "image/svg+xml"
    assert devices.enrol(code, "Ny telefon").account == cast.alice.id


@pytest.mark.parametrize("who", ["charlie", "nobody"])
def test_sara_can_t_make_a_code_for_somebody_else_s_account(sara, cast, who):
    account = cast.charlie.id if who == "charlie" else "0"
    assert post(sara, "/devices/code", account=account).status_code == 404


def test_no_picture_without_a_code(sara):
    assert sara.get("/devices/code.svg").status_code == 404


def test_revoking_takes_every_token_of_the_phone_back(sara, cast, evening):
    answer = post(sara, f"/devices/{cast.bob.device}/revoke")
    assert answer.status_code == 303
    page = sara.get("/devices").text
    assert "Bob Öbergs telefon är spärrad" in page
    assert "1 spärrad telefon" in page
    assert devices.by_token(cast.bob.token).revoked_at


def test_another_organisation_s_phone_can_t_be_revoked(sara, cast, evening):
    assert post(sara, f"/devices/{cast.charlie.device}/revoke").status_code == 404
    assert devices.by_token(cast.charlie.token).revoked_at is None


def test_a_form_without_its_token_changes_nothing(sara, cast, evening):
    assert sara.post(f"/devices/{cast.bob.device}/revoke").status_code == 400
    assert devices.by_token(cast.bob.token).revoked_at is None


def test_the_trust_strip_counts_phone_node_and_centre(sara, cast):
    strip = text(re.search(r'id="trust"[^>]*>(.*?)</section>', sara.get("/log").text, re.DOTALL)[1])
    assert strip.startswith("– på telefoner")
    assert "Ingen telefon har hörts" in strip
    write(cast)
    told(cast.bob.device, unsent=3)
    strip = text(re.search(r'id="trust"[^>]*>(.*?)</section>', sara.get("/log").text, re.DOTALL)[1])
    here = int(re.search(r"(\d+) hos centralen", strip)[1])
    assert f"{here + 1 + 3} på telefoner" in strip  # one in quarantine, three not sent
    assert "1 i karantän: okänd plats" in strip
    assert "2 av 2 telefoner hörda sedan 06:00" in strip


def test_a_red_night_stands_on_every_page_with_what_to_do(visitor, cast):
    for page in ("/log", "/devices", "/nights", "/quarantine"):
        assert 'class="alarms"' not in visitor(cast.sara).get(page).text
    long_ago = datetime.now(UTC) - timedelta(days=3)
    with writing() as session:
        session.execute(sa.update(Identity).values(created_at=long_ago))
    for reader, pages in (
        (cast.sara, ("/log", "/devices", "/nights", "/quarantine")),
        (cast.kerstin, ("/nights",)),
    ):
        for page in pages:
            said = text(visitor(reader).get(page).text)
            assert "har inte haft en enda hel natt än. Låt starta dess timer" in said, page
    assert 'class="alarms"' not in visitor().get("/login").text


def test_every_number_of_the_strip_leads_to_its_records(sara, cast, evening):
    strip = sara.get("/log").text.split('id="trust"')[1].split("</section>")[0]
    links = re.findall(r'<a href="([^"]+)"', strip)
    assert len(links) == 3
    assert all(sara.get(link.replace("&amp;", "&")).status_code == 200 for link in links)
    told(cast.bob.device, unsent=3)  # they are not here, so there is nothing to list
    strip = sara.get("/log").text.split('id="trust"')[1]
    assert re.findall(r'<a href="([^"]+)"', strip)[0] == "/devices"


def test_the_scale_of_contacts_runs_from_now_to_a_week():
    hour, day, week = (phones.age_place(seconds) for seconds in (3600, 86_400, 7 * 86_400))
    assert phones.age_place(0) < hour < day < week == phones.age_place(10**9)


def test_the_scale_of_clocks_has_its_middle_at_right_time():
    assert phones.skew_place(0) == phones.MIDDLE
    assert phones.skew_place(-5) < phones.MIDDLE < phones.skew_place(5)
    assert phones.skew_place(10**9) == phones.MIDDLE + phones.REACH


def told(device: str, **said) -> None:
    with writing() as session:
        session.execute(sa.update(Device).where(Device.id == device).values(**said))


def post(client, path: str, **fields):
    """A form of the devices page, sent with its token."""
    token = re.search(r'name="csrf_token" value="([^"]+)"', client.get("/devices/code").text)[1]
    return client.post(path, data={"csrf_token": token, **fields})
