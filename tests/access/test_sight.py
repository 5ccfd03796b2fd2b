"""What an account sees is a query: its own organisation, or nothing."""

from fieldlog.access import sight


def test_a_supervisor_reads_the_records_of_the_own_organisation_only(cast):
    assert sight.orgs(cast.sara) == ("polisen",)
    assert sight.orgs(cast.charlie) == ("kommunen",)


def test_nobody_else_reads_records(cast):
    for member in (cast.alice, cast.adam, cast.kerstin, cast.axel):
        assert sight.orgs(member) == ()


def test_an_administrator_sees_every_phone_and_a_supervisor_the_own_ones(cast):
    assert sight.device_orgs(cast.adam) == ("bolaget", "kommunen", "polisen")
    assert sight.device_orgs(cast.sara) == ("polisen",)
    assert sight.device_orgs(cast.alice) == ()


def test_one_enrols_phones_for_those_whose_phones_one_sees(cast):
    assert [account.name for account in sight.enrollable(cast.sara)] == [
        "Alice Åkesson",
        "Bob Öberg",
        "Sara Sjölund",
    ]
    assert sight.enrollable(cast.kerstin) == []
