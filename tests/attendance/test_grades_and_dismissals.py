"""Days that are otherwise for some grades, bells by grade and by date, and days that end early: meetings and ledger."""

from datetime import date, time

import pytest

from attendance.models import CalendarDay, ClassMeeting, DailyAttendance, GradeDay, Period
from attendance.selectors.explanation import explain_day
from attendance.selectors.roster import roster_on
from attendance.selectors.today import today_page
from attendance.services.ledger import check, rebuild
from attendance.services.roster_changes import follow_roster
from students.models import Section
from tests.attendance.acts import meeting_of, open_both_schools, take
from tests.world import PERIODS, TODAY, YESTERDAY, World, at

ABARA = "Abara"


@pytest.fixture
def opened(world: World) -> World:
    """Abara is a senior; everybody else of Lincoln is in grade 9."""
    world.students[ABARA].enrollments.update(grade="12")
    return open_both_schools(world)


def change(world: World, day: date = YESTERDAY, **fields: object) -> None:
    """The calendar's day is otherwise, and the ledger follows."""
    CalendarDay.objects.filter(school=world.lincoln, date=day).update(**fields)
    follow(world, day)


def seniors(world: World, day: date = YESTERDAY, **fields: object) -> GradeDay:
    """The day is otherwise for grade 12, and the ledger follows."""
    of = CalendarDay.objects.get(school=world.lincoln, date=day)
    given = {"event_type": "O", "name": "Seniors are done"}
    own = GradeDay.objects.create(calendar_day=of, grade="12", **{**given, **fields})
    follow(world, day)
    return own


def follow(world: World, day: date) -> None:
    follow_roster(world.installation, None, {world.lincoln.pk}, day)
    assert check(world.installation) == []


def day_of(world: World, name: str, day: date = YESTERDAY) -> DailyAttendance | None:
    return DailyAttendance.objects.filter(student=world.students[name], date=day).first()


def test_who_has_no_school_has_no_day_and_is_on_no_roster_while_the_class_goes_on(opened: World) -> None:
    seniors(opened)
    assert day_of(opened, ABARA) is None
    told = explain_day(opened.installation, opened.students[ABARA].pk, YESTERDAY)
    assert told.sentence == "Not in session: Lincoln High School had no school on this day (Seniors are done)."
    assert day_of(opened, "Hollis").meetings_expected == 6
    section = opened.sections["1"].pk
    assert opened.students[ABARA] not in roster_on(opened.installation, section, YESTERDAY)
    assert opened.students[ABARA] in roster_on(opened.installation, section, TODAY)


def test_a_class_of_seniors_alone_is_not_expected_when_they_have_no_school(opened: World) -> None:
    Section.objects.filter(pk=opened.sections["2"].pk).update(grades=["12"])
    Section.objects.filter(pk=opened.sections["3"].pk).update(grades=["09", "12"])
    seniors(opened)
    held = ClassMeeting.objects.filter(date=YESTERDAY, school=opened.lincoln)
    assert sorted(held.values_list("period", flat=True)) == ["1", "3", "4", "5", "6"]


def test_a_class_taken_before_the_seniors_were_let_off_counts_for_them_no_more(opened: World) -> None:
    take(opened, "1")
    assert day_of(opened, ABARA).minutes_attended == 55
    seniors(opened)
    assert day_of(opened, ABARA) is None
    opened_page = today_page(opened.scope("whitfield", at(17)), YESTERDAY)
    assert [each.unmarked for each in opened_page.meetings] == [0] * 6


def test_a_grade_may_have_school_alone(opened: World) -> None:
    of = CalendarDay.objects.get(school=opened.lincoln, date=YESTERDAY)
    Section.objects.filter(pk=opened.sections["1"].pk).update(grades=["12"])
    CalendarDay.objects.filter(pk=of.pk).update(event_type="TD", bell_schedule=None, day_kind="")
    bells = opened.lincoln.bell_schedules.get()
    seniors(opened, event_type="IN", day_kind="virtual", bell_schedule=bells)
    abara = day_of(opened, ABARA)
    assert (abara.minutes_required, abara.mode) == (55, "sync_online")
    assert day_of(opened, "Hollis") is None


def test_RD01_a_grade_dismissed_early_is_asked_for_the_minutes_up_to_then(opened: World) -> None:
    bells = opened.lincoln.bell_schedules.get()
    seniors(opened, event_type="LAED", day_kind="traditional", bell_schedule=bells, dismissal_time=time(9, 30))
    assert (day_of(opened, ABARA).minutes_required, day_of(opened, "Hollis").minutes_required) == (85, 330)
    explanation = explain_day(opened.installation, opened.students[ABARA].pk, YESTERDAY)
    assert [each.offered for each in explanation.working.meetings] == [55, 30]


@pytest.mark.parametrize(
    ("dismissal", "required"),
    [(time(9), 55), (time(9, 1), 56), (time(9, 55), 110), (time(10), 110), (time(10, 1), 111)],
)
def test_RD01_untaken_classes_follow_a_dismissal(opened: World, dismissal: time, required: int) -> None:
    change(opened, event_type="LAED", dismissal_time=dismissal)
    assert day_of(opened, "Hollis").minutes_required == required


def test_RD01_a_class_taken_by_the_bells_of_a_whole_day_counts_no_minute_after_the_dismissal(opened: World) -> None:
    for period in ("1", "2", "3"):
        take(opened, period, Hollis="absent")
    change(opened, event_type="LAED", dismissal_time=time(9, 30))
    day = day_of(opened, "Abara")
    assert (day.status, day.minutes_required, day.minutes_attended, day.meetings_expected) == ("present", 85, 85, 2)
    assert (day_of(opened, "Hollis").minutes_required, day_of(opened, "Hollis").status) == (85, "absent")
    taken = meeting_of(opened, "3")
    assert (taken.state, taken.instructional_minutes) == ("taken", 55), "it stays as it was taken"
    change(opened, event_type="IN", dismissal_time=None)
    assert day_of(opened, "Abara").minutes_attended == 165


def test_a_past_day_keeps_the_bells_that_rang_on_it(opened: World) -> None:
    Period.objects.filter(bell_schedule__school=opened.lincoln, name="6").update(ends_on=YESTERDAY)
    Period.objects.create(
        bell_schedule=opened.lincoln.bell_schedules.get(),
        name="6",
        kind="class",
        starts_at=time(13, 35),
        ends_at=time(14),
        starts_on=TODAY,
    )
    rebuild(opened.installation)
    minutes = [meeting_of(opened, "6", day).instructional_minutes for day in (YESTERDAY, TODAY)]
    assert minutes == [55, 25]


def test_a_class_rings_by_the_row_of_its_grades(opened: World) -> None:
    Section.objects.filter(pk=opened.sections["6"].pk).update(grades=["12"])
    Period.objects.create(
        bell_schedule=opened.lincoln.bell_schedules.get(),
        name="6",
        kind="class",
        grades=["11", "12"],
        starts_at=time(15),
        ends_at=time(15, 40),
    )
    follow(opened, YESTERDAY)
    assert [meeting_of(opened, period).starts_at for period in PERIODS[4:]] == [time(12, 35), time(15)]
    assert day_of(opened, ABARA).minutes_required == 315
