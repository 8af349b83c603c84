"""MS-09, MS-22, MS-23, RD-24: talks are logged, withdrawn, and missed by those who owe them."""

from datetime import date
from uuid import uuid4

import pytest

from attendance.models import Interaction, LearningPlan, ModeAssignment
from attendance.selectors.contact_weeks import OPEN_STATES, missing_contacts, name_students
from attendance.selectors.entry_lines import Asked
from attendance.services.interactions import withdraw_interaction
from students.models import SectionTeacher
from students.refusals import NotInScope, Refused
from tests.attendance.acts import excuse, take
from tests.attendance.modes.weeks import (
    ASYNC,
    LAST_WEEK,
    MONDAY,
    THIS_MONDAY,
    day_of,
    in_own_time,
    judged,
    reviewed,
    talk,
)
from tests.world import TODAY, World


@pytest.fixture
def opened(world: World) -> World:
    return in_own_time(world, "Abara", "Castillo")


def missing(world: World, *, states=("missing",), period: str = "1", to: date = TODAY) -> dict[date, list[str]]:
    """Family names by week, of one class."""
    asked = Asked(MONDAY, to, [world.sections[period].pk])
    scope = world.installation
    lines = missing_contacts(scope, asked, states=states)
    name_students(scope, lines)
    return {line.monday: [each.family_name for each in line.students] for line in lines}


def test_MS09_a_week_in_own_time_without_a_talk_is_missed_by_each_class(opened: World) -> None:
    assert missing(opened) == {MONDAY: ["Abara", "Castillo"]}
    assert missing(opened, states=OPEN_STATES)[THIS_MONDAY] == ["Abara", "Castillo"]
    talk(opened, "Abara", day=date(2020, 10, 25))
    assert missing(opened) == {MONDAY: ["Castillo"]}
    assert missing(opened, period="2") == {MONDAY: ["Abara", "Castillo"]}


def test_RD24_an_unanswered_call_leaves_the_week_missed_and_a_group_reaches_many(opened: World) -> None:
    talk(opened, "Abara", "Castillo", kind="unanswered")
    assert missing(opened) == {MONDAY: ["Abara", "Castillo"]}
    assert talk(opened, "Abara", "Castillo", kind="group", minutes=30).students == 2
    assert missing(opened) == {}


def test_RD24_a_live_class_attended_counts(world: World) -> None:
    """Friday and Monday are in own time; on the days between class is held, and Castillo did not come."""
    in_own_time(world, "Castillo", "Abara")
    ModeAssignment.objects.update(weekdays=[0, 4])
    judged(world, "Abara", "Castillo")
    assert missing(world) == {MONDAY: ["Abara", "Castillo"]}
    take(world, "1", LAST_WEEK[2], Castillo="absent")
    assert missing(world) == {MONDAY: ["Castillo"]}


def test_RD24_a_week_excused_throughout_is_exempt(opened: World) -> None:
    for period in "123456":
        reviewed(opened, "Abara", period, minutes=0)
    assert missing(opened) == {MONDAY: ["Abara", "Castillo"]}
    excuse(opened, "Abara", MONDAY, ends_on=LAST_WEEK[4])
    assert missing(opened) == {MONDAY: ["Castillo"]}


def test_MS22_the_plan_may_ask_for_it_daily_and_for_minutes(opened: World) -> None:
    LearningPlan.objects.create(starts_on=MONDAY, contact_frequency="daily", least_contact_minutes=5)
    for day in LAST_WEEK:
        talk(opened, "Abara", day=day, minutes=5)
        talk(opened, "Castillo", day=day, minutes=4 if day == MONDAY else 5)
    assert missing(opened, to=LAST_WEEK[4]) == {MONDAY: ["Castillo"]}


def test_MS23_the_teacher_of_record_on_the_last_own_time_day_owes_it(opened: World) -> None:
    """Mr. Park took the class over on Thursday."""
    section = opened.sections["1"]
    SectionTeacher.objects.filter(section=section).update(ends_on=LAST_WEEK[2])
    SectionTeacher.objects.create(
        source_id="new", section=section, user=opened.users["park"], starts_on=LAST_WEEK[3], is_primary=True
    )
    [line] = missing_contacts(opened.installation, Asked(MONDAY, LAST_WEEK[4], [section.pk]))
    assert line.is_of(opened.users["park"].pk)
    assert not line.is_of(opened.users["whitfield"].pk)
    assert line.days_late == 2


def test_MS19_a_two_way_talk_is_that_days_measure_until_it_is_withdrawn(world: World) -> None:
    in_own_time(world, "Abara", mode=ASYNC)
    talk(world, "Abara", kind="unanswered")
    assert day_of(world, "Abara").status == "undetermined"
    talk(world, "Abara")
    assert day_of(world, "Abara").status == "present"
    assert day_of(world, "Abara").own_time_open == []
    talked = Interaction.objects.get(kind="call")
    withdraw_interaction(world.scope("whitfield"), talked.pk, reason="It was his brother")
    talked.refresh_from_db()
    assert (talked.withdrawn_by, talked.withdrawn_reason) == (world.users["whitfield"], "It was his brother")
    assert day_of(world, "Abara").status == "undetermined"
    assert missing(world) == {MONDAY: ["Abara"]}


def test_the_same_form_logs_a_talk_once(opened: World) -> None:
    form = uuid4()
    assert not talk(opened, "Abara", "Castillo", form=form).repeated
    assert talk(opened, "Abara", "Castillo", form=form).repeated
    assert Interaction.objects.count() == 2
    with pytest.raises(Refused, match="another class"):
        talk(opened, "Abara", period="2", form=form)


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"kind": "wave"}, "how you talked"),
        ({"minutes": 601}, "600 minutes"),
        ({"minutes": -1}, "600 minutes"),
        ({"day": TODAY, "hour": 11}, "still to come"),
        ({"day": date(2020, 8, 1)}, "roster"),
        ({"day": date(2020, 3, 8), "hour": 2}, "clocks went forward"),
    ],
)
def test_a_talk_that_cannot_be_is_refused_and_nothing_is_logged(opened: World, said: dict, words: str) -> None:
    with pytest.raises(Refused, match=words):
        talk(opened, "Abara", **said)
    assert not Interaction.objects.exists()


def test_nobody_and_strangers_are_refused(opened: World) -> None:
    with pytest.raises(Refused, match="at least one"):
        talk(opened)
    with pytest.raises(Refused, match="not on the roster"):
        talk(opened, "Abara", "Shah")
    with pytest.raises(NotInScope):
        talk(opened, "Abara", by="park")
    talk(opened, "Abara", by="okafor")
    with pytest.raises(NotInScope):
        withdraw_interaction(opened.scope("park"), Interaction.objects.get().pk, reason="Mine")
    with pytest.raises(Refused, match="why"):
        withdraw_interaction(opened.scope("whitfield"), Interaction.objects.get().pk, reason="")


def test_the_lists_cost_the_same_however_many_students(opened: World, django_assert_num_queries) -> None:
    with django_assert_num_queries(10):
        missing(opened)
    in_own_time(opened, "Grant", "Hollis")
    with django_assert_num_queries(10):
        missing(opened)
