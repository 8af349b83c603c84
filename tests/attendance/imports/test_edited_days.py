"""What somebody changed on the calendar's page stands, whatever later files say of it."""

from datetime import date
from uuid import uuid4

import pytest

from attendance.models import CalendarDay, DailyAttendance
from attendance.selectors.school_years import months_seen
from attendance.services.calendar_edits import edit_days, preview_edit
from attendance.services.calendar_rows import DaysEdit
from attendance.services.days import open_day
from attendance.services.ledger import check
from attendance.services.month_boundaries import set_reporting_months
from students import clock
from students.access import Scope, installation_scope, scope_of
from students.models import Role, RoleAssignment, School, SchoolYear, User
from students.services.roster_import import run_import
from tests.students.oneroster.sets import RosterFiles

pytestmark = pytest.mark.django_db
DAY, NEXT, TODAY = date(2020, 10, 21), date(2020, 10, 29), date(2020, 10, 27)


@pytest.fixture
def run(tmp_path):
    def bring_in(files: RosterFiles):
        report = run_import(installation_scope(clock.now()), files.folder(tmp_path / "set"))
        assert [str(fault) for fault in report.faults] == []
        assert check(installation_scope(clock.now())) == []
        return report

    return bring_in


@pytest.fixture
def files(run) -> RosterFiles:
    files = RosterFiles().with_days()
    run(files)
    for school in School.objects.all():
        open_day(installation_scope(clock.now()), school.pk, TODAY)
    return files


def reyes() -> Scope:
    user, _ = User.objects.get_or_create(username="reyes", defaults={"email": "reyes@magnolia.example"})
    RoleAssignment.objects.get_or_create(user=user, role=Role.DISTRICT_ADMINISTRATOR, starts_on=date(2020, 8, 1))
    return scope_of(user, clock.now())


def change(day: date, **changes) -> None:
    edit = DaysEdit((School.objects.get(source_id="lincoln").pk,), day, day, changes or {"event_type": "ED"})
    agreed = str(preview_edit(reyes(), edit).agreement)
    edit_days(reyes(), edit, submission_id=uuid4(), reason="Ice", agreed=agreed)


def stored(day: date, school: str = "lincoln") -> CalendarDay:
    return CalendarDay.objects.get(school__source_id=school, date=day)


def warned(report) -> list[str]:
    return [str(each) for each in report.warnings]


def test_a_file_that_says_what_it_said_before_changes_no_edited_day(files, run):
    change(DAY)
    report = run(files)
    assert stored(DAY).event_type == "ED"
    assert not DailyAttendance.objects.filter(school__source_id="lincoln", date=DAY).exists()
    assert warned(report) == [
        "A day was changed on the calendar's page and stays as it is there. (once, first in calendar.csv line 4)"
    ]
    assert report.changes_nothing


def test_a_file_that_says_something_else_changes_no_edited_day_and_the_plan_counts_them(files, run):
    change(DAY)
    change(NEXT, name="Fair")
    for row in files.files["calendar"]:
        row["dayKind"] = "virtual"
    report = run(files)
    assert (stored(DAY).event_type, stored(NEXT).name, stored(NEXT).day_kind) == ("ED", "Fair", "traditional")
    assert stored(DAY, "washington").day_kind == stored(TODAY).day_kind == "virtual"
    assert len(warned(report)) == 1
    assert "(2 times" in warned(report)[0]


def test_a_file_that_agrees_with_the_page_is_not_warned_of(files, run):
    change(DAY)
    files.add("calendar", date="2020-10-21", schoolSourcedId="lincoln", eventType="ED", reportingMonth="3")
    assert warned(run(files)) == []


def test_an_edited_day_to_come_stays_though_the_file_no_longer_lists_it(files, run):
    change(NEXT)
    files.drop("calendar", NEXT.isoformat(), "date")
    report = run(files)
    assert stored(NEXT).event_type == "ED"
    assert not CalendarDay.objects.filter(school__source_id="washington", date=NEXT).exists()
    assert "no longer lists it. (once, first in calendar.csv)" in warned(report)[0]


def test_a_day_added_on_the_page_stays(files, run):
    saturday = date(2020, 10, 31)
    change(saturday, event_type="IN", day_kind="traditional", bell_schedule="Regular")
    run(files)
    assert stored(saturday).in_session


def set_months(starts: dict[int, date]) -> None:
    year = SchoolYear.objects.get()
    set_reporting_months(reyes(), year, starts, submission_id=uuid4(), reason="Moved", seen=months_seen(reyes(), year))


def test_RD70_months_set_on_the_page_stand_for_the_whole_year_and_new_days_lie_in_them(files, run):
    set_months({3: date(2020, 10, 19), 4: date(2020, 10, 26)})
    files.add("calendar", date="2020-10-31", schoolSourcedId="lincoln", eventType="IN", dayKind="traditional",
              bellSchedule="Regular", reportingMonth="3")  # fmt: skip
    report = run(files)
    assert [stored(day).reporting_month for day in (DAY, TODAY, NEXT, date(2020, 10, 31))] == [3, 4, 4, 4]
    assert "Reporting months were set on the calendar's page" in warned(report)[0]
    for row in files.files["calendar"]:
        row["dayKind"] = "virtual"
    run(files)
    assert (stored(DAY).day_kind, stored(NEXT).reporting_month) == ("virtual", 4)
