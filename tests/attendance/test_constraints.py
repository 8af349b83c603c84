"""Every constraint of calendars, meetings, marks, excuses and the ledger, broken once."""

from collections.abc import Callable
from datetime import date, time
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, models, transaction

from attendance.models import (
    AdoptedCalendar,
    AttendancePolicy,
    BellSchedule,
    CalendarDay,
    CalendarEdit,
    ClassMeeting,
    DailyAttendance,
    Document,
    Excuse,
    GradeDay,
    Mark,
    ModeAssignment,
    Period,
    SectionMeetingTime,
    StaffHours,
    WaivedDay,
    WaiverDocument,
)
from tests.broken_constraints import assert_refused_by, refused_by_the_database
from tests.world import NOW, TODAY, YEAR_STARTS, YESTERDAY, World

SUNDAY = date(2020, 10, 25)


def bells(world: World) -> BellSchedule:
    return world.lincoln.bell_schedules.get(name="Regular")


def period(world: World, starts: time, ends: time, **fields: object) -> Period:
    given = {"bell_schedule": bells(world), "name": "9", "kind": "class"}
    return Period(**{**given, "starts_at": starts, "ends_at": ends, **fields})


def lunch(world: World, starts: time | None, ends: time | None) -> Period:
    """A period from 16:00 to 17:00 with a meal inside."""
    return period(world, time(16), time(17), deduction_starts_at=starts, deduction_ends_at=ends)


def calendar_day(world: World, **fields: object) -> CalendarDay:
    given = {"school": world.lincoln, "date": SUNDAY, "event_type": "IN", "day_kind": "traditional"}
    return CalendarDay(**{**given, "bell_schedule": bells(world), **fields})


def grade_day(world: World, **fields: object) -> GradeDay:
    """The last day of the seniors was before today."""
    day = CalendarDay.objects.get(school=world.lincoln, date=TODAY)
    return GradeDay(**{"calendar_day": day, "grade": "12", "event_type": "O", **fields})


def meeting(world: World, **fields: object) -> ClassMeeting:
    given = {"section": world.sections["1"], "school": world.lincoln, "date": TODAY, "period": "1"}
    times = {"starts_at": time(8), "ends_at": time(8, 55), "instructional_minutes": 55}
    return ClassMeeting(**{**given, **times, **fields})


def mark(world: World, **fields: object) -> Mark:
    """A mark of Abara's in the first period, which is saved with it."""
    held = ClassMeeting.objects.filter(section=world.sections["1"], date=TODAY).first() or meeting(world)
    held.save()
    given = {"meeting": held, "student": world.students["Abara"], "status": "present", "minutes_attended": 55}
    return Mark(**{**given, "marked_by": world.users["whitfield"], "marked_at": NOW, **fields})


def saved(row: models.Model) -> models.Model:
    row.save()
    return row


def excuse(world: World, **fields: object) -> Excuse:
    given = {"submission_id": uuid4(), "student": world.students["Abara"], "starts_on": TODAY, "ends_on": TODAY}
    entered = {"reason": "illness", "entered_by": world.users["okafor"], "entered_at": NOW}
    return Excuse(**{**given, **entered, **fields})


def document(world: World, **fields: object) -> Document:
    """A second document of an excuse that has one."""
    held, submission = excuse(world), uuid4()
    held.save()
    file = {"file_name": "letter.pdf", "content_type": "application/pdf", "size_bytes": 9, "kind": "medical"}
    sent = {"excuse": held, "submission_id": submission, "sha256": "0" * 64, "storage_name": "0"}
    by = {"uploaded_by": world.users["okafor"], "uploaded_at": NOW}
    Document.objects.create(**{**file, **sent, **by})
    return Document(**{**file, **sent, **by, **fields})


def ledger_row(world: World, **fields: object) -> DailyAttendance:
    abara = world.students["Abara"]
    given = {"student": abara, "date": TODAY, "school": world.lincoln, "enrollment": abara.enrollments.get()}
    return DailyAttendance(**{**given, **fields})


FORM = uuid4()


def adopted(world: World, **fields: object) -> AdoptedCalendar:
    """One form's adoption of a calendar of one day."""
    given = {"submission_id": FORM, "school": world.lincoln, "first_year": 2020, "session_days": [TODAY]}
    said = {"adopted_on": YEAR_STARTS, "document": "Minutes", "recorded_by": world.users["reyes"], "recorded_at": NOW}
    return AdoptedCalendar(**{**given, **said, **fields})


def waived(world: World, **fields: object) -> WaivedDay:
    given = {"submission_id": uuid4(), "school": world.lincoln, "date": TODAY, "reason": "outbreak"}
    return WaivedDay(**{**given, "entered_by": world.users["reyes"], "entered_at": NOW, **fields})


def waivers_document(world: World, **fields: object) -> WaiverDocument:
    """A document of today's waiver, which is saved with it."""
    waiver = WaivedDay.objects.filter(date=TODAY).first() or saved(waived(world))
    file = {"file_name": "order.pdf", "content_type": "application/pdf", "size_bytes": 9, "sha256": "0" * 64}
    by = {"storage_name": "0" * 32, "uploaded_by": world.users["reyes"], "uploaded_at": NOW}
    return WaiverDocument(**{"waiver": waiver, **file, **by, **fields})


def working_day(world: World, **fields: object) -> StaffHours:
    given = {"school": world.lincoln, "starts_on": YEAR_STARTS, "starts_at": time(7, 30), "ends_at": time(15, 30)}
    return StaffHours(**{**given, "entered_by": world.users["reyes"], "entered_at": NOW, **fields})


def second(row: Callable[..., models.Model]) -> Callable[[World], models.Model]:
    """The same row once more."""

    def build(world: World) -> models.Model:
        row(world).save()
        return row(world)

    return build


BROKEN: dict[str, Callable[[World], models.Model]] = {
    "one_bell_schedule_per_name": lambda world: BellSchedule(school=world.lincoln, name="Regular"),
    "one_period_per_name": lambda world: period(world, time(16), time(17), name="1"),
    "period_ends_after_start": lambda world: period(world, time(16), time(16)),
    "deduction_lies_in_its_period": lambda world: lunch(world, time(16, 30), time(17, 1)),
    "period_holds_on_some_day": lambda world: period(world, time(16), time(17), starts_on=TODAY, ends_on=YESTERDAY),
    "bells_made_here_say_who_and_when": lambda world: BellSchedule(
        school=world.lincoln, name="Assembly", made_by=world.users["okafor"]
    ),
    "one_day_per_grade": second(grade_day),
    "grade_day_names_its_grade": lambda world: grade_day(world, grade=""),
    "grades_session_day_has_kind_and_bells": lambda world: grade_day(world, event_type="IN"),
    "one_calendar_day_per_school_and_date": lambda world: calendar_day(world, date=TODAY),
    "session_day_has_kind_and_bells": lambda world: calendar_day(world, bell_schedule=None),
    "reporting_month_is_1_to_9": lambda world: calendar_day(world, reporting_month=10),
    "meeting_time_ends_after_start": lambda world: SectionMeetingTime(
        section=world.sections["1"], period="9", starts_on=TODAY, ends_on=YESTERDAY
    ),
    "one_meeting_time_per_section_period_and_start": lambda world: SectionMeetingTime(
        section=world.sections["1"], period="1", starts_on=YEAR_STARTS
    ),
    "mode_ends_after_start": lambda world: ModeAssignment(
        student=world.students["Abara"], mode="sync_online", starts_on=TODAY, ends_on=YESTERDAY
    ),
    "one_meeting_per_section_date_and_period": second(meeting),
    "meeting_ends_after_start": lambda world: meeting(world, ends_at=time(8)),
    "taken_meeting_says_who_and_when": lambda world: meeting(world, state="taken", taken_at=NOW),
    "void_meeting_says_who_and_why": lambda world: meeting(world, state="void", voided_by=world.users["okafor"]),
    "one_mark_per_meeting_and_student": second(mark),
    "absent_means_no_minutes": lambda world: mark(world, status="absent", minutes_attended=1),
    "excuse_ends_after_start": lambda world: excuse(world, ends_on=YESTERDAY),
    "excuse_times_are_of_one_day": lambda world: excuse(
        world, starts_on=YESTERDAY, starts_at=time(9), ends_at=time(10)
    ),
    "seen_document_says_when": lambda world: excuse(world, document_kind="medical"),
    "decided_excuse_says_who_and_why": lambda world: excuse(
        world, decision="refused", decided_by=world.users["okafor"], decided_at=NOW
    ),
    "document_is_sent_once": lambda world: document(world, sha256="1" * 64, storage_name="1"),
    "document_is_on_file_once": lambda world: document(world, submission_id=uuid4(), storage_name="1"),
    "document_has_content": lambda world: document(world, size_bytes=0),
    "document_is_of_a_kind": lambda world: document(world, kind="none"),
    "withdrawn_excuse_says_who_and_why": lambda world: excuse(
        world, withdrawn_at=NOW, withdrawn_by=world.users["okafor"]
    ),
    "one_ledger_row_per_student_and_date": second(ledger_row),
    "absences_alone_have_a_kind": lambda world: ledger_row(world, status="absent"),
    "calendar_edit_says_why": lambda world: CalendarEdit(
        submission_id=uuid4(), edited_by=world.users["reyes"], edited_at=NOW, reason="", days=1
    ),
    "one_adoption_per_form_and_school": second(adopted),
    "adopted_calendar_has_days": lambda world: adopted(world, session_days=[]),
    "adopted_calendar_names_its_document": lambda world: adopted(world, document=""),
    "one_waiver_per_school_and_date": second(waived),
    "waiver_has_a_covid_reason": lambda world: waived(world, reason="storm"),
    "waivers_document_says_where_it_is": lambda world: waived(world, document="Order 3"),
    "withdrawn_waiver_says_who_and_why": lambda world: waived(world, withdrawn_at=NOW, withdrawn_reason="Held."),
    "waivers_document_is_on_file_once": second(waivers_document),
    "waivers_document_has_content": lambda world: waivers_document(world, size_bytes=0),
    "one_working_day_per_school_and_start": second(working_day),
    "working_day_ends_after_start": lambda world: working_day(world, ends_at=time(7, 30)),
    "presence_percent_is_a_share": lambda world: AttendancePolicy(
        starts_on=date(2021, 7, 1), name="Nobody", presence_percent=101
    ),
}

# Other ways to break those that forbid several things at once.
BROKEN_TOO: list[tuple[str, Callable[[World], models.Model]]] = [
    ("period_ends_after_start", lambda world: period(world, time(17), time(16))),
    ("deduction_lies_in_its_period", lambda world: lunch(world, time(16, 30), None)),
    ("deduction_lies_in_its_period", lambda world: lunch(world, None, time(16, 30))),
    ("deduction_lies_in_its_period", lambda world: lunch(world, time(15, 59), time(16, 30))),
    ("deduction_lies_in_its_period", lambda world: lunch(world, time(16, 30), time(16, 30))),
    ("session_day_has_kind_and_bells", lambda world: calendar_day(world, day_kind="")),
    ("session_day_has_kind_and_bells", lambda world: calendar_day(world, event_type="LAED", day_kind="")),
    ("reporting_month_is_1_to_9", lambda world: calendar_day(world, reporting_month=0)),
    ("taken_meeting_says_who_and_when", lambda world: meeting(world, state="taken", taken_by=world.users["park"])),
    ("void_meeting_says_who_and_why", lambda world: meeting(world, state="void", void_reason="Fire drill")),
    ("excuse_times_are_of_one_day", lambda world: excuse(world, starts_at=time(9))),
    ("excuse_times_are_of_one_day", lambda world: excuse(world, ends_at=time(9))),
    ("excuse_times_are_of_one_day", lambda world: excuse(world, starts_at=time(9), ends_at=time(9))),
    ("seen_document_says_when", lambda world: excuse(world, document_seen_on=TODAY)),
    ("decided_excuse_says_who_and_why", lambda world: excuse(world, decision_reason="The paper is forged.")),
    ("decided_excuse_says_who_and_why", lambda world: excuse(world, decision="accepted", decision_reason="Seen.")),
    ("withdrawn_excuse_says_who_and_why", lambda world: excuse(world, withdrawn_at=NOW, withdrawn_reason="Wrong.")),
    ("absences_alone_have_a_kind", lambda world: ledger_row(world, status="present", absence_kind="excused")),
    ("absences_alone_have_a_kind", lambda world: ledger_row(world, absence_kind="unexcused")),
    (
        "presence_percent_is_a_share",
        lambda world: AttendancePolicy(starts_on=date(2021, 7, 1), name="All", presence_percent=0),
    ),
]

FITTING: dict[str, Callable[[World], models.Model]] = {
    "a period that starts where another ends": lambda world: period(world, time(7), time(8)),
    "the same minutes in another bell schedule": lambda world: period(
        world, time(8), time(9), bell_schedule=saved(BellSchedule(school=world.lincoln, name="Early release"))
    ),
    "a meal that fills its period": lambda world: lunch(world, time(16), time(17)),
    "a holiday without kind and bells": lambda world: calendar_day(
        world, event_type="H", day_kind="", bell_schedule=None
    ),
    "month one": lambda world: calendar_day(world, reporting_month=1),
    "month nine": lambda world: calendar_day(world, reporting_month=9),
    "absent with no minutes": lambda world: mark(world, status="absent", minutes_attended=0),
    "tardy with no minutes": lambda world: mark(world, status="tardy", minutes_attended=0),
    "an excuse of one minute": lambda world: excuse(world, starts_at=time(9), ends_at=time(9, 1)),
    "an excuse of several whole days": lambda world: excuse(world, starts_on=YESTERDAY),
    "an unexcused absence": lambda world: ledger_row(world, status="absent", absence_kind="unexcused"),
    "a waiver whose document is to come": waived,
    "a day waived again after it was withdrawn": lambda world: (
        saved(waived(world, withdrawn_at=NOW, withdrawn_by=world.users["reyes"], withdrawn_reason="Held."))
        and waived(world)
    ),
    "one percent": lambda world: AttendancePolicy(starts_on=date(2021, 7, 1), name="One", presence_percent=1),
    "a hundred percent": lambda world: AttendancePolicy(starts_on=date(2021, 7, 1), name="All", presence_percent=100),
}


@pytest.mark.parametrize("name", BROKEN)
def test_the_database_refuses_what_the_constraint_forbids(world: World, name: str) -> None:
    assert_refused_by(name, BROKEN[name](world))


@pytest.mark.parametrize(("name", "build"), BROKEN_TOO)
def test_the_database_refuses_each_way_of_breaking_it(
    world: World, name: str, build: Callable[[World], models.Model]
) -> None:
    assert_refused_by(name, build(world))


@pytest.mark.parametrize("what", FITTING)
def test_the_database_takes_what_lies_just_beside(world: World, what: str) -> None:
    row = FITTING[what](world)
    row.validate_constraints()
    row.save(force_insert=True)
    connection.check_constraints()


def lunches(world: World) -> None:
    """Lunch is at 11:00 for all, and at 11:30 for grades 11 and 12, whose fourth period lies before it."""
    two = saved(BellSchedule(school=world.lincoln, name="Two lunches"))
    for name, starts, ends, grades in [
        ("Lunch", time(11), time(11, 30), []),
        ("4", time(11, 30), time(12), []),
        ("4", time(11), time(11, 30), ["11", "12"]),
        ("Lunch", time(11, 30), time(12), ["11", "12"]),
    ]:
        period(world, starts, ends, bell_schedule=two, name=name, grades=grades).save()
    connection.check_constraints()


OVERLAPS: dict[str, Callable[[World], Period]] = {
    "another period on a minute of all": lambda world: period(world, time(7), time(8, 1)),
    "for one grade on a minute of all": lambda world: period(world, time(7), time(8, 1), grades=["09"]),
    "on a minute from a later day on": lambda world: period(world, time(7), time(8, 1), starts_on=TODAY),
    "the same period twice for one grade": lambda world: two_lunches(world, time(7), time(8), "4", ["12"]),
    "beside two lunches for all": lambda world: two_lunches(world, time(11), time(11, 10), "5", []),
    "beside two lunches for a grade of the second": lambda world: two_lunches(
        world, time(11), time(11, 10), "5", ["12"]
    ),
}


def two_lunches(world: World, starts: time, ends: time, name: str, grades: list[str]) -> Period:
    lunches(world)
    schedule = BellSchedule.objects.get(name="Two lunches")
    return period(world, starts, ends, bell_schedule=schedule, name=name, grades=grades)


@pytest.mark.parametrize("what", OVERLAPS)
def test_MS02_for_no_grade_a_minute_lies_in_two_periods(world: World, what: str) -> None:
    refused_by_the_database("periods_do_not_overlap", OVERLAPS[what](world))


def test_MS02_a_row_that_goes_may_not_leave_a_grade_with_two_periods_at_once(world: World) -> None:
    lunches(world)
    Period.objects.filter(name="4", grades=["11", "12"]).delete()
    with pytest.raises(IntegrityError, match="same minutes"), transaction.atomic():
        connection.check_constraints()
    Period.objects.filter(name="Lunch", grades=["11", "12"]).delete()
    connection.check_constraints()


def test_the_same_minutes_may_ring_before_a_day_and_after_it(world: World) -> None:
    Period.objects.filter(bell_schedule=bells(world), name="1").update(ends_on=YESTERDAY)
    period(world, time(7), time(8, 30), starts_on=TODAY).save()
    connection.check_constraints()
