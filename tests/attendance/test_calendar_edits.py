"""Changing days of the calendar: what the preview says, what saving does, and what is never lost."""

from datetime import date, time
from uuid import uuid4

import pytest

from attendance.models import (
    BellSchedule,
    CalendarDay,
    CalendarEdit,
    ClassMeeting,
    DailyAttendance,
    GradeDay,
    MeetingState,
)
from attendance.selectors.calendar_effects import MeetingChanges, VerdictChange
from attendance.services.calendar_edits import Effects, edit_days, preview_edit
from attendance.services.calendar_rows import DaysEdit
from attendance.services.days import open_day
from attendance.services.ledger import check
from students.refusals import Forbidden, NotInScope, Refused, Stale
from tests.attendance.acts import take
from tests.world import PERIODS, TODAY, YESTERDAY, World

TO_COME = date(2020, 10, 29)
CALLED_OFF = {"event_type": "ED", "name": "Ice storm"}


@pytest.fixture
def opened(opened_world: World) -> World:
    return opened_world


def days(world: World, first: date = YESTERDAY, last: date | None = None, schools=("lincoln",), **changes) -> DaysEdit:
    ids = tuple(getattr(world, name).pk for name in schools)
    return DaysEdit(ids, first, last or first, changes or CALLED_OFF)


def looked_at(world: World, edit: DaysEdit, by: str = "reyes") -> Effects:
    return preview_edit(world.scope(by), edit)


def saved(world: World, edit: DaysEdit, **given) -> CalendarEdit:
    agreed = given.pop("agreed", None) or str(looked_at(world, edit).agreement)
    terms = {"submission_id": uuid4(), "reason": "Roads are iced over", "agreed": agreed} | given
    return edit_days(world.scope("reyes"), edit, **terms)


def day(world: World, on: date = YESTERDAY) -> CalendarDay:
    return CalendarDay.objects.get(school=world.lincoln, date=on)


def test_a_preview_says_what_a_save_does_and_writes_nothing(opened: World) -> None:
    before = list(CalendarDay.objects.values()), list(DailyAttendance.objects.values())
    effects = looked_at(opened, days(opened))
    assert (list(CalendarDay.objects.values()), list(DailyAttendance.objects.values())) == before
    assert not CalendarEdit.objects.exists()
    assert ClassMeeting.objects.filter(school=opened.lincoln, date=YESTERDAY).count() == 6
    assert effects.meetings == MeetingChanges(added=0, removed=6, moved=0)
    assert effects.verdicts == (VerdictChange("undetermined", "no_day", 9),)
    [change] = effects.days
    assert (change.before.event_type, change.after.event_type) == ("IN", "ED")
    assert (change.before.minutes, change.after.minutes) == (330, 0)
    pk = opened.lincoln.pk
    assert effects.figures_before[pk].instructional_days - effects.figures_after[pk].instructional_days == 1


def test_a_day_called_off_has_no_meetings_and_no_verdicts_and_says_who_and_why(opened: World) -> None:
    signed = saved(opened, days(opened))
    assert not ClassMeeting.objects.filter(school=opened.lincoln, date=YESTERDAY).exists()
    assert not DailyAttendance.objects.filter(school=opened.lincoln, date=YESTERDAY).exists()
    assert DailyAttendance.objects.filter(school=opened.washington, date=YESTERDAY).exists()
    found = day(opened)
    assert (found.event_type, found.name, found.day_kind, found.bell_schedule) == ("ED", "Ice storm", "", None)
    assert found.edit == signed
    assert (signed.edited_by, signed.reason, signed.days) == (opened.users["reyes"], "Roads are iced over", 1)
    assert check(opened.installation) == []


def test_what_the_day_was_is_kept(opened: World) -> None:
    saved(opened, days(opened))
    saved(opened, days(opened, event_type="H"))
    history = day(opened).events.order_by("pgh_id")
    assert [(each.event_type, each.edit_id is None) for each in history] == [("IN", True), ("ED", False)]


def test_a_class_that_was_taken_is_named_kept_and_left_out_only_when_that_is_meant(opened: World) -> None:
    for period in PERIODS:
        take(opened, period)
    effects = looked_at(opened, days(opened))
    assert [each.title for each in effects.left_out] == [f"Algebra I, period {each}" for each in PERIODS]
    assert {each.taken_by for each in effects.left_out} == {opened.users["whitfield"].full_name}
    assert effects.verdicts == (VerdictChange("present", "no_day", 9),)
    with pytest.raises(Refused, match="Confirm that the classes taken"):
        saved(opened, days(opened))
    assert day(opened).event_type == "IN"
    saved(opened, days(opened), leave_out_taken=True)
    assert ClassMeeting.objects.filter(date=YESTERDAY, state=MeetingState.TAKEN).count() == 6
    assert not DailyAttendance.objects.filter(school=opened.lincoln, date=YESTERDAY).exists()


def test_a_day_restored_brings_the_taken_classes_back(opened: World) -> None:
    for period in PERIODS:
        take(opened, period, Abara="absent")
    saved(opened, days(opened), leave_out_taken=True)
    back = days(opened, event_type="IN", name="", day_kind="traditional", bell_schedule="Regular")
    effects = looked_at(opened, back)
    assert effects.verdicts == (VerdictChange("no_day", "present", 8), VerdictChange("no_day", "absent unexcused", 1))
    saved(opened, back)
    statuses = DailyAttendance.objects.filter(school=opened.lincoln, date=YESTERDAY).values_list("status", flat=True)
    assert sorted(statuses) == ["absent"] + ["present"] * 8
    assert check(opened.installation) == []


def test_MS02_an_early_dismissal_says_what_the_day_offers_before_and_after(opened: World) -> None:
    effects = looked_at(opened, days(opened, event_type="LAED", dismissal_time=time(11)))
    [change] = effects.days
    assert (change.before.minutes, change.after.minutes, change.after.is_under) == (330, 165, True)
    assert effects.meetings == MeetingChanges(added=0, removed=3, moved=0)
    assert effects.figures_after[opened.lincoln.pk].under_minimum == [YESTERDAY]
    assert effects.figures_after[opened.lincoln.pk].shortened.days == (YESTERDAY,)


def test_verdicts_that_turn_are_counted(opened: World) -> None:
    for period in PERIODS[:3]:
        take(opened, period)
    effects = looked_at(opened, days(opened, event_type="LAED", dismissal_time=time(11)))
    assert effects.verdicts == (VerdictChange("undetermined", "present", 9),)


def test_a_run_of_days_in_all_schools_changes_only_what_is_asked_for(opened: World) -> None:
    CalendarDay.objects.filter(school=opened.lincoln, date=TO_COME).update(rotation_day="B", name="Picture day")
    edit = days(opened, TODAY, TO_COME, ("lincoln", "washington"), day_kind="virtual")
    assert saved(opened, edit).days == 6
    assert CalendarDay.objects.filter(date__range=(TODAY, TO_COME), day_kind="virtual").count() == 6
    assert (day(opened, TO_COME).rotation_day, day(opened, TO_COME).name) == ("B", "Picture day")
    assert set(DailyAttendance.objects.filter(date=TODAY).values_list("mode", flat=True)) == {"sync_online"}
    assert check(opened.installation) == []


def test_a_single_day_that_the_calendar_lacks_is_added_with_its_month(opened: World) -> None:
    saturday = date(2020, 10, 24)
    with pytest.raises(Refused, match="Choose what it is"):
        looked_at(opened, days(opened, saturday, name="Make-up day"))
    new = {"event_type": "IN", "name": "Make-up day", "day_kind": "traditional", "bell_schedule": "Regular"}
    effects = looked_at(opened, days(opened, saturday, **new))
    assert (effects.days[0].before, effects.meetings.added, effects.student_days) == (None, 6, 9)
    saved(opened, days(opened, saturday, **new))
    assert day(opened, saturday).reporting_month == 3
    assert DailyAttendance.objects.filter(school=opened.lincoln, date=saturday).count() == 9


def test_a_day_to_come_is_changed_without_judging_anybody(opened: World) -> None:
    effects = looked_at(opened, days(opened, TO_COME))
    assert (effects.student_days, effects.verdicts, effects.meetings) == (0, (), MeetingChanges(0, 0, 0))
    saved(opened, days(opened, TO_COME))
    open_day(opened.installation, opened.lincoln.pk, TODAY)
    assert not ClassMeeting.objects.filter(school=opened.lincoln, date=TO_COME).exists()


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"event_type": "IN"}, "Nothing would change"),
        ({"bell_schedule": "Late"}, "has no bell schedule “Late”"),
        ({"day_kind": ""}, "needs its kind"),
        ({"bell_schedule": ""}, "needs its bell schedule"),
        ({"name": "x" * 31}, "at most 30 characters"),
        ({"day_kind": "sometimes"}, "not a valid choice"),
    ],
)
def test_what_a_day_cannot_be_is_refused_in_words(opened: World, changes: dict, says: str) -> None:
    with pytest.raises(Refused, match=says):
        looked_at(opened, days(opened, **changes))


def test_days_are_in_order_of_one_year_and_on_the_calendar(opened: World) -> None:
    for first, last, says in [
        (TODAY, YESTERDAY, "lies before the first"),
        (TODAY, date(2021, 7, 1), "one school year"),
        (date(2020, 12, 1), date(2020, 12, 4), "no day between"),
    ]:
        with pytest.raises(Refused, match=says):
            looked_at(opened, days(opened, first, last))


def test_only_the_district_changes_calendars(opened: World) -> None:
    edit = days(opened)
    for who, refusal in [("okafor", Forbidden), ("whitfield", Forbidden), ("lindqvist", NotInScope)]:
        with pytest.raises(refusal):
            looked_at(opened, edit, by=who)
        with pytest.raises(refusal):
            edit_days(opened.scope(who), edit, submission_id=uuid4(), reason="Ice", agreed="")
    with pytest.raises(NotInScope):
        looked_at(opened, DaysEdit((0,), TODAY, TODAY, CALLED_OFF))
    assert day(opened).event_type == "IN"


@pytest.mark.parametrize("reason", ["", "  "])
def test_a_change_says_why(opened: World, reason: str) -> None:
    with pytest.raises(Refused, match="Say why"):
        saved(opened, days(opened), reason=reason)


def test_the_same_form_sent_twice_is_one_change(opened: World) -> None:
    edit, submission = days(opened), uuid4()
    agreed = str(looked_at(opened, edit).agreement)
    first = saved(opened, edit, submission_id=submission, agreed=agreed)
    assert saved(opened, edit, submission_id=submission, agreed=agreed) == first
    assert day(opened).events.count() == 1


def test_what_was_not_looked_at_is_not_saved(opened: World) -> None:
    agreed = str(looked_at(opened, days(opened)).agreement)
    with pytest.raises(Refused, match="another change than the one you looked at"):
        saved(opened, days(opened, event_type="H"), agreed=agreed)
    with pytest.raises(Refused, match="another change"):
        saved(opened, days(opened), agreed="-")
    assert day(opened).event_type == "IN"


def test_a_stale_preview_is_refused_and_nothing_is_written(opened: World) -> None:
    agreed = str(looked_at(opened, days(opened)).agreement)
    saved(opened, days(opened, name="Fair"))
    with pytest.raises(Stale):
        saved(opened, days(opened), agreed=agreed)
    agreed = str(looked_at(opened, days(opened)).agreement)
    take(opened, "1")
    with pytest.raises(Stale):
        saved(opened, days(opened), agreed=agreed, leave_out_taken=True)
    assert day(opened).event_type == "IN"


def test_RD70_a_change_that_leaves_a_month_without_days_is_refused(opened: World) -> None:
    CalendarDay.objects.filter(date__lt=date(2020, 10, 22)).update(reporting_month=1)
    CalendarDay.objects.filter(date=date(2020, 10, 22)).update(reporting_month=2)
    edit = days(opened, date(2020, 10, 22), None, ("lincoln", "washington"))
    with pytest.raises(Refused, match="month 2 is left out"):
        looked_at(opened, edit)


def test_a_change_of_more_days_of_students_than_one_request_bears_is_refused(opened: World, monkeypatch) -> None:
    monkeypatch.setattr("attendance.services.calendar_edits.MOST_STUDENT_DAYS", 17)
    assert looked_at(opened, days(opened)).student_days == 9
    with pytest.raises(Refused, match="18 days of students would be judged anew, more than 17"):
        looked_at(opened, days(opened, YESTERDAY, TODAY))
    # Nobody was judged yet by the days to come, so they are none of those.
    assert looked_at(opened, days(opened, TODAY, date(2020, 11, 6))).student_days == 9


def test_the_bells_of_each_school_are_found_by_their_name(opened: World) -> None:
    BellSchedule.objects.create(school=opened.lincoln, name="Late")
    with pytest.raises(Refused, match="Washington High School has no bell schedule"):
        looked_at(opened, days(opened, TO_COME, None, ("lincoln", "washington"), bell_schedule="Late"))


def test_a_day_called_off_is_called_off_for_the_grades_that_had_it_otherwise(opened: World) -> None:
    """Only the ninth grade has school; its classes were taken, and are not lost in silence."""
    held = day(opened)
    own = {"event_type": "IN", "day_kind": "traditional", "bell_schedule": held.bell_schedule}
    GradeDay.objects.create(calendar_day=held, grade="09", **own)
    take(opened, "1")
    CalendarDay.objects.filter(pk=held.pk).update(event_type="TD", day_kind="", bell_schedule=None)
    effects = looked_at(opened, days(opened))
    assert effects.days[0].grades == ("09",)
    assert [each.title for each in effects.left_out] == ["Algebra I, period 1"]
    saved(opened, days(opened), leave_out_taken=True)
    assert not GradeDay.objects.exists()
    assert not DailyAttendance.objects.filter(school=opened.lincoln, date=YESTERDAY).exists()
    assert check(opened.installation) == []
