"""Every constraint of the tallies, broken once."""

from datetime import date

from attendance.models import STANDINGS, WeekTally
from tests.broken_constraints import assert_refused_by
from tests.world import World

MONDAY = date(2020, 10, 19)


def tally(world: World, *, settled: bool) -> WeekTally:
    nobody = {f"{standing}_{day}": 0 for standing in STANDINGS for day in range(1, 8)}
    kind = {"school": world.lincoln, "week": MONDAY, "grade": "09", "ada_included": True, "mode": "in_person"}
    return WeekTally(**kind, **nobody, settled=settled)


def test_a_week_is_added_up_into_one_tally_of_a_kind_beside_which_news_stand(world: World) -> None:
    tally(world, settled=True).save()
    tally(world, settled=False).save()
    tally(world, settled=False).save()
    assert_refused_by("one_settled_tally_of_a_kind_and_week", tally(world, settled=True))
