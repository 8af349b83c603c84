"""calendar.csv, bells.csv, meetings.csv and modes.csv, in one plan with the roster."""

from datetime import date, time

import pytest

from attendance.models import BellSchedule, CalendarDay, LearningPlan, ModeAssignment, Period, SectionMeetingTime
from students import clock
from students.access import installation_scope
from students.models import Student, User
from students.services.roster_import import run_import
from students.signals import roster_changed
from tests.students.oneroster.sets import RosterFiles

pytestmark = pytest.mark.django_db
TODAY, YESTERDAY, AUGUST, MAY = date(2020, 10, 27), date(2020, 10, 26), date(2020, 8, 10), date(2021, 5, 21)


@pytest.fixture
def files():
    return RosterFiles().with_days()


@pytest.fixture
def run(tmp_path):
    return lambda files: run_import(installation_scope(clock.now()), files.folder(tmp_path / "set"))


@pytest.fixture
def bring_in(run):
    def clean(files):
        report = run(files)
        assert [str(fault) for fault in report.faults] == []
        return report

    return clean


@pytest.fixture
def the_fault(run):
    def only(files):
        report = run(files)
        assert not CalendarDay.objects.exists()
        assert len(report.faults) == 1, [str(fault) for fault in report.faults]
        return str(report.faults[0])

    return only


def day(files, date):
    return files.row("calendar", date, "date")


@pytest.mark.parametrize(
    ("column", "value", "says"),
    [
        ("eventType", "X", "none of"),
        ("dayKind", "", "needs its kind"),
        ("bellSchedule", "", "needs its bell schedule"),
        ("bellSchedule", "Early", "no bell schedule of this name"),
        ("reportingMonth", "10", "from 1 to 9"),
        ("reportingMonth", "", "reporting month (RD-70)"),
        ("dismissalTime", "2pm", "HH:MM"),
        ("grades", "09", "needs a row without grades for the others"),
        ("name", "x" * 31, "more than 30 characters"),
        ("schoolSourcedId", "nowhere", "No record"),
        ("date", "2020-10-32", "no such date"),
    ],
)
def test_a_wrong_day_is_refused(files, the_fault, column, value, says):
    files.files["calendar"] = files.files["calendar"][:1] + files.files["calendar"][1:2]
    row = files.files["calendar"][1]
    row["schoolSourcedId"] = "lincoln"
    row[column] = value
    fault = the_fault(files)
    assert fault.startswith("calendar.csv, line 3")
    assert says in fault


def test_the_same_day_twice_is_refused(files, the_fault):
    files.files["calendar"].append(dict(day(files, "2020-10-20")))
    assert "Line 3 has the same day" in the_fault(files)


def test_RD70_a_month_left_out_is_refused_by_its_line(files, the_fault):
    day(files, "2020-10-30")["reportingMonth"] = "5"
    assert "calendar.csv, line 11, column reportingMonth" in the_fault(files)


def test_RD70_a_month_that_comes_back_is_refused(files, the_fault):
    for later in (21, 22, 23, 26, 27, 28, 29):
        day(files, f"2020-10-{later}")["reportingMonth"] = "4"
    assert "lies in reporting month 3, after 2020-10-21 in month 4" in the_fault(files)


def test_a_schools_own_day_goes_before_the_districts(files, bring_in):
    files.add("calendar", date="2020-10-30", schoolSourcedId="lincoln", eventType="ED", name="Water main")
    bring_in(files)
    held = CalendarDay.objects.filter(date=date(2020, 10, 30)).values_list("school__source_id", "event_type")
    assert set(held) == {("lincoln", "ED"), ("washington", "IN")}


def test_days_to_come_that_are_no_longer_listed_go_and_past_days_stay(files, bring_in):
    bring_in(files)
    for listed in ("2020-10-19", "2020-10-30"):
        files.drop("calendar", listed, "date")
    report = bring_in(files)
    assert report.counts["calendar days"]["ended"] == 2
    assert CalendarDay.objects.filter(date=date(2020, 10, 19)).count() == 2


def test_a_past_day_may_be_mended_and_the_news_says_since_when(files, bring_in):
    bring_in(files)
    heard = []

    def listen(sender, **said):
        heard.append(said)

    roster_changed.connect(listen)
    day(files, "2020-10-21").update(eventType="ED", dayKind="", bellSchedule="", reportingMonth="")
    bring_in(files)
    roster_changed.disconnect(listen)
    assert (heard[0]["student_ids"], heard[0]["from_date"]) == (None, date(2020, 10, 21))
    assert len(heard[0]["school_ids"]) == 2


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"endTime": "09:00"}, "before it starts"),
        ({"startTime": "08:54"}, "overlaps 1 (line 2)"),
        ({"deductionStart": "09:10"}, "needs its start and its end"),
        ({"deductionStart": "08:59", "deductionEnd": "09:20"}, "inside the period"),
        ({"deductionStart": "09:40", "deductionEnd": "09:56"}, "inside the period"),
        ({"kind": "nap"}, "none of"),
        ({"period": "1"}, "Line 2 gives this period of the schedule Regular already"),
    ],
)
def test_a_wrong_period_is_refused(files, the_fault, changes, says):
    files.files["bells"][1].update(changes)
    fault = the_fault(files)
    assert fault.startswith("bells.csv, line 3")
    assert says in fault


def test_a_period_may_begin_as_another_ends_and_carry_a_meal(files, bring_in):
    files.files["bells"][1].update(startTime="08:55", deductionStart="08:55", deductionEnd="09:25")
    bring_in(files)
    period = Period.objects.get(bell_schedule__school__source_id="lincoln", name="2")
    assert (period.starts_at, period.deduction_ends_at) == (time(8, 55), time(9, 25))


def test_periods_may_trade_their_minutes_from_today_on(files, bring_in):
    bring_in(files)
    one, two = files.files["bells"][:2]
    one["startTime"], two["startTime"] = two["startTime"], one["startTime"]
    one["endTime"], two["endTime"] = two["endTime"], one["endTime"]
    counts = bring_in(files).counts["periods"]
    assert (counts["ended"], counts["created"]) == (2, 2)
    rung = Period.objects.filter(bell_schedule__school__source_id="lincoln", name="1").order_by("starts_on")
    assert [(each.starts_at.hour, each.starts_on.day, each.ends_on and each.ends_on.day) for each in rung] == [
        (8, 1, 26),
        (9, 27, None),
    ]
    one["endTime"] = "09:50"
    assert bring_in(files).counts["periods"]["changed"] == 1, "the second change of a day is no history"


def test_a_bell_schedule_that_days_use_is_kept_when_it_is_no_longer_listed(files, bring_in):
    bring_in(files)
    for row in files.files["bells"]:
        row["bellSchedule"] = "New"
    for row in files.files["calendar"]:
        if row["date"] >= "2020-10-27":
            row["bellSchedule"] = "New"
    for past in ("19", "20", "21", "22", "23", "26"):
        files.drop("calendar", f"2020-10-{past}", "date")
    report = bring_in(files)
    assert BellSchedule.objects.count() == 4
    assert any("kept for the days" in str(warning) for warning in report.warnings)


def meeting_times():
    held = SectionMeetingTime.objects.order_by("period", "starts_on")
    return [(fact.period, fact.rotation_days, fact.starts_on, fact.ends_on) for fact in held]


def test_without_meetings_a_class_meets_in_its_periods_every_day_of_its_terms(files, bring_in):
    files.row("classes", "algebra")["periods"] = "1,2"
    bring_in(files)
    assert meeting_times() == [("1", [], AUGUST, MAY), ("2", [], AUGUST, MAY)]


def test_a_period_without_bells_is_named(files, bring_in):
    files.row("classes", "algebra")["periods"] = "1,7"
    report = bring_in(files)
    assert any("no bell schedule of its school" in str(warning) for warning in report.warnings)


def test_a_class_that_moves_to_another_period_does_so_from_today(files, bring_in):
    bring_in(files)
    files.row("classes", "algebra")["periods"] = "2"
    bring_in(files)
    assert meeting_times() == [("1", [], AUGUST, YESTERDAY), ("2", [], TODAY, MAY)]
    assert not bring_in(files).written


def test_rotation_days_come_from_meetings_and_change_from_today(files, bring_in):
    row = files.add("meetings", classSourcedId="algebra", period="1", rotationDays="A,C")
    bring_in(files)
    assert meeting_times() == [("1", ["A", "C"], AUGUST, MAY)]
    row["rotationDays"] = "B"
    bring_in(files)
    assert meeting_times() == [("1", ["A", "C"], AUGUST, YESTERDAY), ("1", ["B"], TODAY, MAY)]
    assert not bring_in(files).written


def test_rows_of_one_period_join_their_rotation_days(files, bring_in):
    for rotation in ("A", "B"):
        files.add("meetings", classSourcedId="algebra", period="1", rotationDays=rotation, startDate="2020-09-01")
    bring_in(files)
    assert meeting_times() == [("1", ["A", "B"], date(2020, 9, 1), MAY)]


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ({"classSourcedId": "geometry", "period": "1"}, "No record"),
        ({"classSourcedId": "algebra", "period": ""}, "may not be empty"),
        ({"classSourcedId": "algebra", "period": "1", "startDate": "2020-09-02", "endDate": "2020-09-01"}, "before"),
    ],
)
def test_a_wrong_meeting_is_refused(files, the_fault, row, says):
    files.add("meetings", **row)
    assert says in the_fault(files)


def mode(files, **row):
    return files.add("modes", **{"studentSourcedId": "p1", "startDate": "2020-08-10", "mode": "sync_online", **row})


def test_several_rows_make_a_hybrid_plan(files, bring_in):
    mode(files, weekdays="tue,mon", reason="plan")
    mode(files, mode="in_person", weekdays="wed,thu,fri")
    bring_in(files)
    held = ModeAssignment.objects.order_by("mode").values_list("mode", "weekdays", "reason")
    assert list(held) == [("in_person", [2, 3, 4], ""), ("sync_online", [0, 1], "plan")]


def test_MS17_all_five_modes_come_in_and_one_may_hold_in_one_class_alone(files, bring_in):
    section = files.files["classes"][0]["sourcedId"]
    mode(files, mode="offline_packets")
    mode(files, mode="async_online", classSourcedId=section)
    mode(files, mode="async_online", reason="quarantine", startDate="2020-10-19", endDate="2020-10-30")
    mode(files, studentSourcedId="p2", mode="offline_digital")
    bring_in(files)
    held = ModeAssignment.objects.order_by("mode", "reason").values_list("mode", "section__source_id", "reason")
    assert list(held) == [
        ("async_online", section, ""),
        ("async_online", None, "quarantine"),
        ("offline_digital", None, ""),
        ("offline_packets", None, ""),
    ]
    report = bring_in(files)
    assert report.counts["modes of instruction"]["unchanged"] == 4


def test_what_was_entered_on_a_page_is_left_alone_and_warned_of(files, bring_in):
    bring_in(files)
    student = Student.objects.get(source_id="p1")
    LearningPlan.objects.create(starts_on=AUGUST, modes=["in_person", "async_online"])
    entered = ModeAssignment.objects.create(
        student=student,
        mode="async_online",
        starts_on=TODAY,
        source="here",
        entered_by=User.objects.first(),
        entered_at=clock.now(),
    )
    mode(files, startDate="2020-10-27")
    report = bring_in(files)
    said = " ".join(str(each) for each in report.warnings)
    assert "entered on a page" in said
    assert "not offered by the learning plan" in said
    files.drop("modes", "p1", "studentSourcedId")
    mode(files, studentSourcedId="p2", mode="async_online")
    bring_in(files)
    entered.refresh_from_db()
    assert entered.ends_on is None


def test_two_modes_on_one_day_are_refused_by_both_lines(files, the_fault):
    mode(files, weekdays="mon,tue")
    mode(files, mode="in_person", weekdays="tue,wed")
    fault = the_fault(files)
    assert "modes.csv, line 3" in fault
    assert "Line 2" in fault


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"studentSourcedId": "t1"}, "no student"),
        ({"weekdays": "monday"}, "none of"),
        ({"endDate": "2020-08-09"}, "before the start"),
        ({"reason": "because"}, "none of"),
        ({"mode": "by_post"}, "none of"),
        ({"classSourcedId": "nowhere"}, "No record"),
        ({"reason": "quarantine"}, "A quarantine has a last day"),
        ({"reason": "quarantine", "endDate": "2020-08-21", "weekdays": "mon"}, "holds on all days"),
        ({"reason": "quarantine", "endDate": "2020-08-21", "mode": "in_person"}, "another mode than in person"),
    ],
)
def test_a_wrong_mode_is_refused(files, the_fault, changes, says):
    mode(files, **changes)
    assert says in the_fault(files)


def test_a_mode_no_longer_listed_ends_on_the_session_day_before(files, bring_in):
    mode(files)
    mode(files, studentSourcedId="p2")
    bring_in(files)
    files.drop("modes", "p1", "studentSourcedId")
    bring_in(files)
    assert ModeAssignment.objects.get(student__source_id="p1").ends_on == YESTERDAY
