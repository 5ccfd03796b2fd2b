"""Filters of the log that reach over what is shared, and those that search."""

from tests.review.test_acts import post


def test_a_kind_of_unit_is_that_of_the_organisation_that_wrote_or_has_shown_it(
    visitor, cast, sara, evening
):
    shown = evening.rid("event")
    post(sara, f"/records/{shown}/share", to="kommunen", why="Samma kväll")
    charlie = visitor(cast.charlie)
    both = charlie.get("/log").text
    assert 'href="/log?unit=police"' in both
    assert 'href="/log?unit=municipality"' in both
    assert 'href="/log?unit=company"' not in both
    police, own = (charlie.get(f"/log?unit={kind}").text for kind in ("police", "municipality"))
    assert (shown in police, evening.rid("theirs") in police) == (True, False)
    assert (shown in own, evening.rid("theirs") in own) == (False, True)
    assert evening.rid("theirs") not in charlie.get("/log?unit=municipality&org=polisen").text


def test_a_district_nobody_was_in_is_not_visited(sara, evening):
    assert "Inte besökt" in sara.get("/log?district=Norrviken").text
