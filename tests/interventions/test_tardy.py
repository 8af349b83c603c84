"""MD-04: the watch list of tardiness, which stands beside the tiers."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

from interventions.selectors.tardy import tardy_page
from tests.attendance.pages.visitors import client_of
from tests.interventions.care import stand
from tests.world import World


def test_MD04_students_are_watched_from_five_tardies_a_term_in_the_schools_of_ones_cases(world: World) -> None:
    for name, tardies in [("Abara", 4), ("Grant", 5), ("Hollis", 6), ("Shah", 9)]:
        stand(world, name, tardies=tardies)
    stand(world, "Nguyen", tardies=9, is_enrolled=False)
    found = tardy_page(world.scope("osei"))
    assert [(each.name.partition(",")[0], each.tardies) for each in found.lines] == [("Hollis", 6), ("Grant", 5)]
    assert found.watched_from == 5
    assert [each.name for each in tardy_page(world.scope("lindqvist")).lines] == ["Shah, Priya"]
    assert len(tardy_page(world.scope("reyes"), school_id=world.washington.pk).lines) == 1
    assert tardy_page(world.scope("osei"), school_id=world.washington.pk).lines == []


def test_the_list_asks_as_much_for_many_as_for_one_and_says_so_when_nobody_is_tardy(world: World) -> None:
    counselor = client_of(world, "osei")
    assert "Nobody is often tardy" in counselor.get("/tardy/").content.decode()
    stand(world, "Abara", tardies=5)
    with CaptureQueriesContext(connection) as one:
        counselor.get("/tardy/")
    for name in ("Grant", "Hollis", "Nguyen"):
        stand(world, name, tardies=7)
    with CaptureQueriesContext(connection) as four:
        assert "Nguyen" in counselor.get("/tardy/").content.decode()
    assert len(four) == len(one)
    for person, status in [("okafor", 200), ("whitfield", 403), ("mayfield", 403), ("hale", 403)]:
        assert client_of(world, person).get("/tardy/").status_code == status
