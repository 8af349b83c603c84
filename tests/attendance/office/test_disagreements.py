"""The list where office and teachers disagree. Yesterday's classes are taken; it is Tuesday, 10:00."""

from datetime import time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from attendance.selectors.reconciliation import disagreements
from attendance.services.office import withdraw_entry
from tests.attendance.acts import take
from tests.attendance.office.deeds import enter
from tests.attendance.pages.visitors import client_of
from tests.world import YESTERDAY, World, at


@pytest.fixture
def taken(opened_world: World) -> World:
    world = opened_world
    for period in ("1", "2"):
        take(world, period, Hollis="absent")
    return world


def listed(world: World, **asked: object) -> list[tuple[str, list[str], list[str]]]:
    """Name, what the office said, and the sorts class by class."""
    page = disagreements(world.scope("mayfield"), world.lincoln.pk, **asked).page
    return [(each.name, [s.words for s in each.said], [c.sort for c in each.classes]) for each in page]


def test_RD06_RD07_each_contradiction_stands_under_its_student_until_one_of_the_two_gives_way(taken: World) -> None:
    enter(taken, "sign_in", "Abara", day=YESTERDAY, starts=time(9, 30))
    enter(taken, "suspension", "Baptiste", day=YESTERDAY)
    early = enter(taken, "sign_in", "Hollis", day=YESTERDAY, starts=time(8))
    enter(taken, "in_school_suspension", "Grant", day=YESTERDAY)
    enter(taken, "sign_in", "Nguyen", day=YESTERDAY, starts=time(8))
    assert listed(taken) == [
        ("Abara, Chidi", ["signed in 9:30"], ["seen_while_away", "seen_while_away"]),
        ("Baptiste, Naomie", ["suspended out of school"], ["seen_while_away", "seen_while_away"]),
        ("Hollis, Wade", ["signed in 8:00"], ["absent_while_in", "absent_while_in"]),
    ]
    assert [each[0] for each in listed(taken, sort="absent_while_in")] == ["Hollis, Wade"]
    withdraw_entry(taken.scope("mayfield", at(17)), early.entry.pk, reason="Brother.")
    take(taken, "1", reason="Asked.", Hollis="absent", Baptiste="absent", Abara="absent")
    take(taken, "2", reason="Asked.", Hollis="absent", Baptiste="absent")
    assert listed(taken) == [("Abara, Chidi", ["signed in 9:30"], ["seen_while_away"])]


def test_the_page_filters_by_day_and_sort_and_asks_the_same_number_of_questions(taken: World) -> None:
    clerk, page = client_of(taken, "mayfield"), "/office/disagreements/"
    enter(taken, "suspension", "Baptiste", day=YESTERDAY)
    clerk.get(page)
    with CaptureQueriesContext(connection) as one:
        assert clerk.get(page).context["page"].total == 1
    enter(taken, "suspension", "Abara", "Castillo", "Grant", "Nguyen", day=YESTERDAY)
    with CaptureQueriesContext(connection) as five:
        response = clerk.get(page)
    assert response.context["page"].total == 5
    assert len(five) == len(one)
    assert "Suspended" not in response.content.decode()
    assert clerk.get(f"{page}?from=2020-10-27").context["page"].total == 0
    assert clerk.get(f"{page}?to=2020-10-25").context["page"].total == 0
    assert not clerk.get(f"{page}?sort=absent_while_in").context["page"].page.object_list
    for wrong in ("from=2020-10-27&to=2020-10-20", "from=2020-09-01"):
        assert clerk.get(f"{page}?{wrong}").status_code == 422
    for person, school, status in [
        ("okafor", "", 200),
        ("reyes", f"?school={taken.lincoln.pk}", 200),
        ("whitfield", "", 403),
        ("lindqvist", f"?school={taken.lincoln.pk}", 404),
    ]:
        assert client_of(taken, person).get(page + school).status_code == status
    assert client_of(taken, "lindqvist").get(page).context["page"].total == 0
