"""bells.csv and calendar.csv for some grades, and bells that were made on a page."""

from datetime import date

import pytest

from attendance.models import BellSchedule, CalendarDay, ClassMeeting, DailyAttendance, GradeDay, Period
from attendance.services.bells import copy_bells
from attendance.services.days import open_day
from attendance.services.ledger import check
from students import clock
from students.access import installation_scope, scope_of
from students.models import School, Section, User
from students.services.roster_import import run_import
from tests.students.oneroster.sets import RosterFiles

pytestmark = pytest.mark.django_db
TODAY = date(2020, 10, 27)


@pytest.fixture
def files():
    """Algebra of grades 9 and 10 in the first period, English of grade 12 in the second; p3 is a senior."""
    files = RosterFiles().with_days()
    files.add_staff("boss", "districtAdministrator", "district")
    files.row("classes", "algebra")["grades"] = "10,09"
    files.add_class("english", "lincoln", "2")
    files.row("classes", "english")["grades"] = "12"
    files.row("users", "p3")["grades"] = "12"
    for who in ("p1", "p3"):
        files.add("enrollments", sourcedId=f"en-{who}", classSourcedId="english", schoolSourcedId="lincoln",
                  userSourcedId=who, role="student", beginDate="2020-08-10")  # fmt: skip
    return files


@pytest.fixture
def bring_in(tmp_path):
    def run(files):
        report = run_import(installation_scope(clock.now()), files.folder(tmp_path / "set"))
        assert [str(fault) for fault in report.faults] == []
        assert check(installation_scope(clock.now())) == []
        again = run_import(installation_scope(clock.now()), files.folder(tmp_path / "set"))
        assert not again.written, "a set sent twice changes nothing"
        return report

    return run


def open_days():
    for school in School.objects.all():
        open_day(installation_scope(clock.now()), school.pk, TODAY)


def seniors(files, day, **said):
    given = {"schoolSourcedId": "lincoln", "eventType": "O", "name": "Seniors are done", "grades": "12"}
    return files.add("calendar", date=day, **given | said)


def own_bells(files, grades, start, end, period="2"):
    return files.add("bells", bellSchedule="Regular", schoolSourcedId="lincoln", period=period, startTime=start,
                     endTime=end, kind="class", grades=grades)  # fmt: skip


def days_of(who):
    return dict(DailyAttendance.objects.filter(student__source_id=who).values_list("date", "minutes_required"))


def the_fault(files, tmp_path):
    report = run_import(installation_scope(clock.now()), files.folder(tmp_path / "set"))
    [fault] = report.faults
    return str(fault)


def test_a_class_knows_its_grades_and_rings_by_its_own_row(files, bring_in):
    own_bells(files, "12, 11", "10:00", "10:40")
    bring_in(files)
    open_days()
    assert Section.objects.get(source_id="algebra").grades == ["09", "10"]
    assert Period.objects.get(grades=["11", "12"]).name == "2"
    held = ClassMeeting.objects.filter(date=TODAY, section__source_id="english").get()
    assert held.instructional_minutes == 40
    files.row("classes", "english")["grades"] = "09"
    bring_in(files)
    minutes = dict(
        ClassMeeting.objects.filter(section__source_id="english").values_list("date", "instructional_minutes")
    )
    assert (minutes[date(2020, 10, 26)], minutes[TODAY]) == (40, 55), "from today on"


def test_a_class_whose_grades_are_split_over_rows_is_named(files, bring_in):
    own_bells(files, "09", "10:00", "10:40", period="1")
    [warning] = [str(each) for each in bring_in(files).warnings if "different times" in str(each)]
    assert "Grades of class algebra have period 1 of Regular at different times" in warning
    assert "it rings by the row without grades" in warning


def test_MS02_rows_clash_for_the_grade_that_hears_both(files, tmp_path):
    own_bells(files, "12", "08:30", "08:40", period="3")
    assert "overlaps 1 (line 2) in the schedule Regular for grade 12" in the_fault(files, tmp_path)


def test_seniors_last_day_takes_their_days_and_classes_and_gives_them_back(files, bring_in):
    bring_in(files)
    open_days()
    before = days_of("p3")
    row = seniors(files, "2020-10-26")
    bring_in(files)
    assert set(before) - set(days_of("p3")) == {date(2020, 10, 26)}
    assert date(2020, 10, 26) in days_of("p1")
    assert not ClassMeeting.objects.filter(date="2020-10-26", section__source_id="english").exists()
    row.update(eventType="LAED", dayKind="traditional", bellSchedule="Regular", dismissalTime="08:30")
    bring_in(files)
    assert (days_of("p3")[date(2020, 10, 26)], days_of("p1")[date(2020, 10, 26)]) == (30, 55)
    files.files["calendar"].remove(row)
    bring_in(files)
    assert days_of("p3") == before
    assert not GradeDay.objects.exists()


@pytest.mark.parametrize(
    ("day", "said", "says"),
    [
        ("2020-10-24", {}, "needs a row without grades for the others"),
        ("2020-10-26", {"reportingMonth": "4"}, "another reporting month"),
        ("2020-10-26", {"eventType": "IN"}, "A day in session needs its kind"),
        ("2020-10-26", {"bellSchedule": "Fog"}, "no bell schedule of this name"),
    ],
)
def test_a_day_of_some_grades_that_does_not_fit_is_refused(files, tmp_path, day, said, says):
    seniors(files, day, **said)
    assert says in run_import(installation_scope(clock.now()), files.folder(tmp_path / "set")).faults[0].message


def test_a_grade_has_one_day_and_the_schools_row_goes_before_the_districts(files, bring_in, tmp_path):
    seniors(files, "2020-10-26", schoolSourcedId="", name="Of all schools")
    seniors(files, "2020-10-26")
    bring_in(files)
    names = GradeDay.objects.values_list("calendar_day__school__source_id", "name")
    assert dict(names) == {"lincoln": "Seniors are done", "washington": "Of all schools"}
    seniors(files, "2020-10-26")
    assert "has the same day for grade 12" in the_fault(files, tmp_path)


def test_bells_made_on_a_page_are_left_alone_by_imports_and_may_be_named_by_the_calendar(files, bring_in):
    bring_in(files)
    regular = BellSchedule.objects.get(school__source_id="lincoln", name="Regular")
    boss = scope_of(User.objects.get(source_id="boss"), clock.now())
    made = copy_bells(boss, regular.pk, name="Assembly")
    stood = list(made.periods.values_list("pk", "starts_at", "ends_on"))
    files.add("bells", bellSchedule="Assembly", schoolSourcedId="lincoln", period="9", startTime="15:00",
              endTime="15:30", kind="class")  # fmt: skip
    files.add("calendar", date="2020-10-30", schoolSourcedId="lincoln", eventType="IN", dayKind="traditional",
              bellSchedule="Assembly", reportingMonth="3")  # fmt: skip
    report = bring_in(files)
    assert any("was made on a page" in str(each) for each in report.warnings)
    assert list(made.periods.values_list("pk", "starts_at", "ends_on")) == stood
    assert CalendarDay.objects.get(school__source_id="lincoln", date="2020-10-30").bell_schedule == made
