"""RD-42: weeks without an interaction and failed contacts, gathered for many students at once, make them disengaged."""

from datetime import date, time, timedelta
from uuid import uuid4

import pytest

from attendance.models import AbsenceCall, ClassMeeting, Interaction, LearningPlan, Mark, OwnSchedule
from attendance.selectors.silent_weeks import weeks_without_interaction
from interventions.models import Contact
from interventions.selectors.signs import failed_contact_days
from interventions.services.evaluation import evaluate
from tests.interventions.acts import days_of, standing
from tests.world import NOW, TODAY, YEAR_STARTS, World, at

WEEKS = [date(2020, 10, 5), date(2020, 10, 12), date(2020, 10, 19)]


def school_days(monday: date) -> list[date]:
    return [monday + timedelta(days=each) for each in range(5)]


@pytest.fixture
def in_own_time(world: World) -> World:
    """Abara and Castillo did three weeks in own time; Delgado came to school."""
    own = [world.sections["1"].pk]
    for monday in WEEKS:
        for name in ("Abara", "Castillo"):
            days_of(world, name, school_days(monday), "present", own_time_sections=own)
        days_of(world, "Delgado", school_days(monday), "present", minutes_attended=300)
    return world


def talk(world: World, name: str, day: date, kind: str = "call", minutes: int | None = 10) -> None:
    Interaction.objects.create(
        submission_id=uuid4(), section=world.sections["1"], student=world.students[name], kind=kind, day=day,
        happened_at=at(9, day=day), minutes=minutes, entered_by=world.users["whitfield"], entered_at=NOW,
    )  # fmt: skip


def silent(world: World) -> dict[str, list[date]]:
    names = {student.pk: name for name, student in world.students.items()}
    found = weeks_without_interaction(world.installation, list(names), from_date=YEAR_STARTS, on=TODAY)
    return {names[pk]: list(mondays) for pk, mondays in found.items()}


def test_RD42_weeks_in_own_time_are_silent_until_somebody_speaks(in_own_time: World, django_assert_num_queries) -> None:
    world = in_own_time
    talk(world, "Abara", WEEKS[0])
    talk(world, "Abara", WEEKS[2], kind="unanswered")
    with django_assert_num_queries(6):  # the scope's two among them
        assert silent(world) == {"Abara": WEEKS[1:], "Castillo": WEEKS}
    talk(world, "Abara", TODAY)
    assert silent(world) == {"Castillo": WEEKS}


def test_RD42_weeks_excused_throughout_or_at_home_owe_nothing(in_own_time: World) -> None:
    world = in_own_time
    own = [world.sections["1"].pk]
    days_of(world, "Abara", school_days(WEEKS[1]), kind="excused", own_time_sections=own)
    OwnSchedule.objects.create(
        student=world.students["Castillo"], kind="homebound", starts_on=WEEKS[2], ends_on=WEEKS[2] + timedelta(days=4),
        submission_id=uuid4(), entered_by=world.users["mayfield"], entered_at=NOW,
    )  # fmt: skip
    assert silent(world) == {"Abara": [WEEKS[0], WEEKS[2]], "Castillo": WEEKS[:2]}


def test_RD42_a_class_attended_or_a_return_to_school_ends_the_weeks(in_own_time: World) -> None:
    world = in_own_time
    live = ClassMeeting.objects.create(
        section=world.sections["1"], school=world.lincoln, date=WEEKS[2], state="taken", period="1",
        instructional_minutes=55, taken_by=world.users["whitfield"], taken_at=NOW,
        starts_at=time(8), ends_at=time(8, 55),
    )  # fmt: skip
    Mark.objects.create(
        meeting=live, student=world.students["Abara"], status="present", minutes_attended=55,
        marked_by=world.users["whitfield"], marked_at=NOW,
    )  # fmt: skip
    assert silent(world) == {"Castillo": WEEKS}
    days_of(world, "Castillo", [TODAY], "present", minutes_attended=55)
    assert silent(world) == {}


def test_RD42_with_a_least_duration_a_short_talk_is_none(in_own_time: World) -> None:
    world = in_own_time
    LearningPlan.objects.create(starts_on=YEAR_STARTS, least_contact_minutes=20)
    talk(world, "Abara", WEEKS[2], minutes=19)
    talk(world, "Castillo", WEEKS[2], minutes=20)
    assert silent(world) == {"Abara": WEEKS}


def tried(world: World, day: date, result: str, kind: str = "call", hour: int = 9, **more: object) -> Contact:
    return Contact.objects.create(
        submission_id=uuid4(), student=world.students["Abara"], kind=kind, result=result, day=day,
        happened_at=at(hour, day=day), made_by=world.users["osei"], entered_at=NOW, **more,
    )  # fmt: skip


def called(world: World, day: date, outcome: str) -> None:
    AbsenceCall.objects.create(
        submission_id=uuid4(), student=world.students["Abara"], school=world.lincoln, date=day, outcome=outcome,
        called_by=world.users["mayfield"], called_at=at(23, day=day),
    )  # fmt: skip


def failed(world: World) -> list[date]:
    pk = world.students["Abara"].pk
    found = failed_contact_days(world.installation, [pk], from_date=YEAR_STARTS, on=TODAY)
    return list(found.get(pk, []))


DAYS = [date(2020, 10, 20), date(2020, 10, 21), date(2020, 10, 22), date(2020, 10, 23)]


def test_RD42_failed_contacts_count_by_days_since_somebody_was_reached(world: World) -> None:
    tried(world, DAYS[0], "no_answer")
    tried(world, DAYS[0], "not_home", kind="visit")
    tried(world, DAYS[1], "left_message")
    called(world, DAYS[1], "no_answer")
    called(world, DAYS[2], "left_message")
    taken_back = {"withdrawn_at": NOW, "withdrawn_by": world.users["osei"], "withdrawn_reason": "Another student"}
    tried(world, DAYS[3], "wrong_number", **taken_back)
    assert failed(world) == DAYS[:2]
    tried(world, DAYS[3], "wrong_number")
    assert failed(world) == [*DAYS[:2], DAYS[3]]
    tried(world, DAYS[1], "refused", hour=10)
    # The office rang that night, after somebody had been spoken to in the morning.
    assert failed(world) == [DAYS[1], DAYS[3]]
    talk(world, "Abara", DAYS[2])
    assert failed(world) == [DAYS[3]]


def test_RD42_the_offices_calls_are_over_once_the_student_is_back_but_a_visit_is_not(world: World) -> None:
    called(world, DAYS[0], "wrong_number")
    tried(world, DAYS[1], "not_home", kind="visit")
    days_of(world, "Abara", [DAYS[2]], "present")
    assert failed(world) == [DAYS[1]]


@pytest.mark.parametrize(("number", "criteria"), [(2, []), (3, ["failed_contacts"])])
def test_RD42_three_failed_contacts_or_two_silent_weeks_are_a_criterion_of_the_standing(
    in_own_time: World, number: int, criteria: list[str]
) -> None:
    world = in_own_time
    talk(world, "Abara", WEEKS[1])
    for day in DAYS[:number]:
        tried(world, day, "no_answer", hour=20)
    evaluate(world.installation, [student.pk for student in world.students.values()])
    assert [each["sign"] for each in standing(world, "Abara").criteria] == criteria
    assert standing(world, "Castillo").criteria == [
        {"sign": "weeks", "since": "2020-10-12", "days": [str(each) for each in WEEKS], "among": 3}
    ]
    assert standing(world, "Castillo").tier == 3
