"""A class that moves on a day it was taken already, and a day that leaves the calendar after it was opened."""

from datetime import date
from uuid import uuid4

import pytest

from attendance.models import CalendarDay, ClassMeeting, DailyAttendance
from attendance.selectors.roster import roster_on
from attendance.services.days import open_day
from attendance.services.ledger import check, rebuild
from attendance.services.marking import MarkEntry, save_marks
from attendance.services.voiding import void_meeting
from students import clock
from students.access import Scope, installation_scope, scope_of
from students.models import School, User
from tests.students.oneroster.sets import RosterFiles

pytestmark = pytest.mark.django_db
TODAY, YESTERDAY = date(2020, 10, 27), date(2020, 10, 26)


def installation() -> Scope:
    return installation_scope(clock.now())


def scope_of_person(who: str) -> Scope:
    return scope_of(User.objects.get(source_id=who), clock.now())


@pytest.fixture
def files(bring_in) -> RosterFiles:
    """Algebra in the first period of Lincoln, its days opened through today; a1 administers the school."""
    files = RosterFiles().with_days()
    files.add_staff("a1", "principal", "lincoln")
    bring_in(files)
    for school in School.objects.order_by("pk"):
        open_day(installation(), school.pk, TODAY)
    return files


def take_algebra(day: date = TODAY, period: str = "1") -> ClassMeeting:
    """The teacher takes the class, everybody present."""
    meeting = ClassMeeting.objects.get(date=day, period=period)
    roster = roster_on(installation(), meeting.section_id, day)
    save_marks(
        scope_of_person("t1"),
        meeting.pk,
        submission_id=uuid4(),
        version=meeting.version,
        entries=[MarkEntry(student.pk, "present") for student in roster],
    )
    return meeting


def required_today() -> set[tuple[int, int, int]]:
    rows = DailyAttendance.objects.filter(date=TODAY, school__source_id="lincoln")
    return set(rows.values_list("minutes_required", "meetings_expected", "meetings_untaken"))


def periods_of(day: date) -> list[str]:
    return list(ClassMeeting.objects.filter(date=day).order_by("period").values_list("period", flat=True))


def test_a_class_that_moves_on_a_day_it_was_taken_is_not_required_twice(files, bring_in):
    take_algebra()
    files.row("classes", "algebra")["periods"] = "2"
    bring_in(files)
    assert required_today() == {(55, 1, 0)}
    assert periods_of(TODAY) == ["1"]


def test_it_is_not_required_twice_after_a_rebuild_either(files, bring_in):
    take_algebra()
    files.row("classes", "algebra")["periods"] = "2"
    bring_in(files)
    rebuild(installation())
    assert required_today() == {(55, 1, 0)}


def test_a_class_not_yet_taken_moves_with_its_schedule(files, bring_in):
    files.row("classes", "algebra")["periods"] = "2"
    bring_in(files)
    assert required_today() == {(55, 1, 1)}
    assert (periods_of(YESTERDAY), periods_of(TODAY)) == (["1"], ["2"])


def test_a_class_that_was_taken_and_gets_a_second_period_meets_in_both(files, bring_in):
    take_algebra()
    files.row("classes", "algebra")["periods"] = "1,2"
    bring_in(files)
    assert required_today() == {(110, 2, 1)}


def test_a_class_that_was_voided_before_it_moved_meets_in_its_new_period(files, bring_in):
    void_meeting(scope_of_person("a1"), ClassMeeting.objects.get(date=TODAY).pk, reason="Fire drill")
    files.row("classes", "algebra")["periods"] = "2"
    bring_in(files)
    assert required_today() == {(55, 1, 1)}


def drop(files: RosterFiles, *days: int) -> None:
    for day in days:
        files.drop("calendar", f"2020-10-{day}", "date")


def test_today_dropped_from_the_calendar_takes_its_meetings_and_days_along(files, bring_in):
    drop(files, 27, 28, 29, 30)
    bring_in(files)
    assert not CalendarDay.objects.filter(date__gte=TODAY).exists()
    assert not ClassMeeting.objects.filter(date=TODAY).exists()
    assert not DailyAttendance.objects.filter(date=TODAY).exists()
    assert DailyAttendance.objects.filter(date=YESTERDAY, school__source_id="lincoln").count() == 3


def test_a_check_sees_days_that_the_calendar_no_longer_has_and_a_rebuild_removes_them(files):
    CalendarDay.objects.filter(date=TODAY).delete()
    differences = check(installation())
    assert {(each.date, each.judged) for each in differences} == {(TODAY, None)}
    assert len(differences) == 3
    rebuild(installation())
    assert check(installation()) == []
    assert not DailyAttendance.objects.filter(date=TODAY).exists()


def test_a_day_dropped_at_the_beginning_is_seen_too(files):
    first = date(2020, 10, 19)
    CalendarDay.objects.filter(date=first).delete()
    assert {each.date for each in check(installation())} == {first}
    rebuild(installation())
    assert not DailyAttendance.objects.filter(date=first).exists()


def test_today_dropped_after_its_class_was_taken_leaves_the_marks_and_no_day(files, bring_in):
    meeting = take_algebra()
    drop(files, 27, 28, 29, 30)
    bring_in(files)
    assert meeting.marks.count() == 3
    assert not DailyAttendance.objects.filter(date=TODAY).exists()


def test_a_day_that_comes_back_is_judged_by_the_marks_it_had(files, bring_in):
    take_algebra()
    kept = list(files.files["calendar"])
    drop(files, 27, 28, 29, 30)
    bring_in(files)
    files.files["calendar"] = kept
    bring_in(files)
    assert required_today() == {(55, 1, 0)}
