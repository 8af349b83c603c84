"""The figures of schools, read from the ledger: what pages show is what the month's files say."""

import io
import zipfile
from collections import defaultdict
from datetime import date, timedelta
from uuid import uuid4

import pytest

from attendance.models import STANDINGS, CalendarDay, DailyAttendance, EventType, GradeDay, Mode, WeekTally
from attendance.rules.plots import Look
from attendance.selectors.school_years import reporting_months
from interventions.rules.attendance_weeks import WEEK, monday_of
from reporting.models import Approval, Certification, ChronicCount, MonthRun
from reporting.rules.figure_tables import Cell, amount_in, chronic_in
from reporting.rules.figures import Tally
from reporting.rules.package import build_package
from reporting.selectors.calendar import days_held
from reporting.selectors.figure_days import chronically_absent, figure_days
from reporting.selectors.figures import read_figures
from reporting.selectors.figures_page import Asked, Shown, district_figures, school_figures
from reporting.selectors.layouts import layout_in_use
from reporting.selectors.month_facts import month_facts
from reporting.selectors.session_days import opened_days
from reporting.services.chronic import count_news, count_school
from reporting.tasks import count_one_school
from students.refusals import NotInScope, Refused
from students.rules.csv_text import read_csv
from tests.reporting.months import AFTER, FIRST, LAST, MONTH, after_the_month, take_month
from tests.world import World, at

FRIDAY = date(2020, 10, 23)
ASKED = Asked(month=MONTH)
MODES = {"InPerson": Mode.IN_PERSON, "SynchronousOnline": Mode.SYNC_ONLINE}


@pytest.fixture
def taken(world: World) -> World:
    """Both schools' month is taken: nine students of 15 days and one; Abara missed two days, Castillo one."""
    take_month(world, world.lincoln, absent=[("Abara", FIRST), ("Abara", FRIDAY), ("Castillo", FRIDAY)])
    take_month(world, world.washington)
    count_news(after_the_month())
    return world


def test_figures_are_those_of_the_months_files_line_by_line(taken: World) -> None:
    abara = DailyAttendance.objects.filter(school=taken.lincoln, student=taken.students["Abara"])
    abara.filter(date__gte=FRIDAY).update(grade="12", mode=Mode.SYNC_ONLINE)
    scope = after_the_month()
    facts = month_facts(scope, taken.lincoln, taken.year, MONTH, FIRST, LAST)
    lines = _filed(build_package(facts, layout_in_use(), as_of=scope.now, warnings=0).content)
    books = read_figures(scope, [taken.lincoln]).books
    assert {line["SummaryLevel"] for line in lines} == {"School", "Grade", "Mode", "GradeMode"}
    for line in lines:
        place = {"grade": line["GradeLevel"]} if "Grade" in line["SummaryLevel"] else {}
        if "Mode" in line["SummaryLevel"]:
            place["mode"] = MODES[line["InstructionMode"]]
        amount = amount_in(books, Cell(str(taken.lincoln.pk), **place), MONTH)
        assert amount is not None
        assert [
            str(amount.session_days),
            str(amount.tally.enrolled),
            str(amount.tally.present),
            str(amount.tally.excused),
            str(amount.tally.unexcused),
            amount.printed_ada,
            amount.printed_adm,
        ] == list(line.values())[6:]


def test_ST05_chronic_absence_is_that_of_the_days_in_the_months_files(taken: World) -> None:
    scope = after_the_month()
    facts = month_facts(scope, taken.lincoln, taken.year, MONTH, FIRST, LAST)
    content = build_package(facts, layout_in_use(), as_of=scope.now, warnings=0).content
    days: dict[str, list[bool]] = defaultdict(list)
    for line in _filed(content, "Attendance.csv"):
        days[line["StudentIdentifier"]].append(line["AttendanceStatus"] != "Present")
    # No day was lived before this month, so that its file alone decides.
    counted = [absent for absent in days.values() if len(absent) >= 10]
    chronic = sum(sum(absent) * 10 >= len(absent) for absent in counted)
    books = read_figures(scope, [taken.lincoln]).books
    for cell in (Cell(), Cell(str(taken.lincoln.pk)), Cell(grade="09"), Cell(mode=Mode.IN_PERSON)):
        assert chronic_in(books, cell, MONTH) == (chronic, len(counted)) == (1, 9)


def _filed(package: bytes, ends: str = "ADA_ADM_Summary.csv") -> list[dict[str, str]]:
    files = zipfile.ZipFile(io.BytesIO(package))
    (name,) = [each for each in files.namelist() if each.endswith(ends)]
    header, *rows = read_csv(files.read(name))
    return [dict(zip(header, row, strict=True)) for row in rows]


def test_RD10_the_districts_line_sums_its_schools_and_the_list_names_each(taken: World) -> None:
    page = district_figures(after_the_month(), ASKED)
    assert [(each.name, each.line.amount.tally.enrolled) for each in page.within if each.line.amount] == [
        ("Lincoln High School", 135),
        ("Washington High School", 15),
    ]
    assert page.head is not None
    assert page.head.line.amount is not None
    assert (page.head.line.amount.printed_ada, page.head.line.amount.printed_adm) == ("9.80", "10.00")
    assert (page.head.line.amount.rate, page.head.is_certified, page.months) == ("98.0%", False, [MONTH])
    assert page.mean is not None
    assert not page.mean.is_data


def test_pages_cost_the_same_number_of_statements_for_any_number_of_schools(
    taken: World, django_assert_max_num_queries
) -> None:
    scope = after_the_month()
    with django_assert_max_num_queries(13):
        district_figures(scope, ASKED)
    with django_assert_max_num_queries(13):
        school_figures(scope, taken.lincoln.pk, ASKED)
    with django_assert_max_num_queries(7):
        figure_days(scope, taken.lincoln.pk, ASKED)
    with django_assert_max_num_queries(6):
        chronically_absent(scope, taken.lincoln.pk, ASKED)


def test_a_schools_page_splits_by_grade_and_mode_and_narrows_to_them(taken: World) -> None:
    page = school_figures(taken.scope("okafor", AFTER), taken.lincoln.pk, ASKED)
    assert [(each.kind, each.name) for each in page.within] == [
        ("grade", "09"),
        ("within", "In person"),
        ("mode", "In person"),
    ]
    narrowed = school_figures(taken.scope("okafor", AFTER), taken.lincoln.pk, Asked(grade="12"))
    assert (narrowed.month, narrowed.head, narrowed.by_month, narrowed.within) == (MONTH, None, [], [])


@pytest.mark.parametrize("person", ["whitfield", "lindqvist"])
def test_another_schools_figures_are_not_there(taken: World, person: str) -> None:
    scope = taken.scope(person, AFTER)
    for look in (school_figures, figure_days, chronically_absent):
        with pytest.raises(NotInScope):
            look(scope, taken.lincoln.pk, ASKED)


def test_a_figure_leads_to_its_very_days(taken: World) -> None:
    scope = after_the_month()
    counts = {status: figure_days(scope, taken.lincoln.pk, ASKED, status=status) for status in ("unexcused", "present")}
    assert {status: days.page.paginator.count for status, days in counts.items()} == {"unexcused": 3, "present": 132}
    assert [(each.name, each.day) for each in counts["unexcused"].lines] == [
        (taken.students["Abara"].listed_name, FIRST),
        (taken.students["Abara"].listed_name, FRIDAY),
        (taken.students["Castillo"].listed_name, FRIDAY),
    ]
    assert len(counts["present"].lines) == 50
    assert len(figure_days(scope, taken.lincoln.pk, ASKED, status="present", page=3).lines) == 32
    assert figure_days(scope, taken.lincoln.pk, ASKED, apart=True).lines == []
    nobodys = Asked(month=MONTH, grade="12", mode=Mode.IN_PERSON)
    assert figure_days(scope, taken.lincoln.pk, nobodys).page.paginator.count == 0
    with pytest.raises(NotInScope):
        figure_days(scope, taken.lincoln.pk, Asked(month=7))


def test_ST05_the_chronically_absent_are_listed_as_they_were_counted(taken: World) -> None:
    found = chronically_absent(after_the_month(), taken.lincoln.pk, ASKED)
    assert [(each.name, each.absent, each.determined, each.rate) for each in found.lines] == [
        (taken.students["Abara"].listed_name, 2, 15, "13.3%")
    ]
    assert (found.students, found.counted_at) == (9, AFTER)
    line = school_figures(after_the_month(), taken.lincoln.pk, ASKED).by_month[0].line
    assert line.chronic is not None
    assert (line.chronic.chronic, line.chronic.students) == (1, 9)


def test_a_ledger_that_moves_is_counted_anew_and_twice_counts_once(taken: World) -> None:
    absent = DailyAttendance.objects.filter(school=taken.lincoln, status="absent")
    absent.update(status="present", absence_kind="")
    assert count_news(after_the_month()) == 1
    assert chronically_absent(after_the_month(), taken.lincoln.pk, ASKED).lines == []
    assert count_news(after_the_month()) == 0
    count_school(after_the_month(), taken.lincoln.pk)
    count_one_school(taken.lincoln.pk)
    assert ChronicCount.objects.filter(school=taken.lincoln).count() == 1


def test_RD10_session_days_of_many_schools_are_those_of_each(taken: World) -> None:
    scope, months = after_the_month(), reporting_months(after_the_month(), taken.year)
    taken.students["Abara"].enrollments.update(grade="12")
    days = CalendarDay.objects.filter(school=taken.lincoln).order_by("date")
    off, alone = days[2], days[3]
    GradeDay.objects.create(calendar_day=off, grade="12", event_type=EventType.OTHER, name="Seniors are done")
    own = {"day_kind": alone.day_kind, "bell_schedule": alone.bell_schedule}
    GradeDay.objects.create(calendar_day=alone, grade="12", event_type=EventType.INSTRUCTIONAL, **own)
    CalendarDay.objects.filter(pk=alone.pk).update(event_type=EventType.HOLIDAY, name="Fair")
    first, last = months[0].starts_on, months[0].ends_on
    opened = opened_days(scope, [taken.lincoln.pk, taken.washington.pk], first, last)
    held = opened.by_month(months)
    for school in (taken.lincoln, taken.washington):
        assert held[school.pk, MONTH] == days_held(scope, school.pk, first, last)
    assert held[taken.lincoln.pk, MONTH].grades == {"09": 14, "12": 14}
    assert opened.by_month([]) == {}
    monday = monday_of(first)
    for (school_id, week), of_week in opened.by_week(monday).items():
        its = monday + week * WEEK
        assert of_week == days_held(scope, school_id, max(its, first), min(its + timedelta(days=6), last))
    lincoln = [each for (school_id, _), each in opened.by_week(monday).items() if school_id == taken.lincoln.pk]
    assert sum(each.of("12") for each in lincoln) == 14


def test_RD63_for_publication_the_small_schools_are_left_out(taken: World) -> None:
    page = district_figures(after_the_month(), Asked(month=MONTH, leaves_out=True))
    # Nine students and one: both schools are small, and of ten in all nothing tells one from the other.
    assert [each.line.is_left_out for each in page.within] == [True, True]
    assert page.head is not None
    assert not page.head.line.is_left_out
    assert page.apart is None
    # Its own page leaves out no less, though the school is alone on it.
    school = school_figures(taken.scope("okafor", AFTER), taken.lincoln.pk, Asked(month=MONTH, leaves_out=True))
    assert [each.line.is_left_out for each in school.by_month] == [True]


def test_RD63_of_some_schools_alone_no_sum_tells_of_one_that_is_left_out(taken: World) -> None:
    # The district of ten may be published; Lincoln's own nine may not, under no name.
    for asked in (Asked(month=MONTH, leaves_out=True), Asked(month=MONTH, grade="09", leaves_out=True)):
        page = district_figures(taken.scope("okafor", AFTER), asked)
        assert [each.line.is_left_out for each in page.within] == [True]
        assert page.head is not None
        assert page.head.line.is_left_out
        assert page.weeks.is_left_out


def test_a_certified_month_says_so_and_shows_both_figures_once_the_ledger_has_moved(taken: World) -> None:
    _certified(taken, ada="133/15", adm="9")
    lincoln = _of_lincoln(taken)
    assert (lincoln.is_certified, lincoln.moved) == (True, True)
    assert lincoln.certified is not None
    assert (lincoln.certified.printed_ada, lincoln.line.amount and lincoln.line.amount.printed_ada) == ("8.87", "8.80")
    district = district_figures(after_the_month(), ASKED).head
    assert district is not None
    assert (district.certified_schools, district.schools, district.is_certified) == (1, 2, False)
    ledger = DailyAttendance.objects.filter(school=taken.lincoln, date=FIRST, status="absent")
    ledger.update(status="present", absence_kind="")
    assert not _of_lincoln(taken).moved
    # A grade of a school is in no certified figure of its own.
    assert district_figures(after_the_month(), Asked(month=MONTH, grade="09")).within[0].certified is None


def _of_lincoln(world: World) -> Shown:
    return district_figures(world.scope("reyes", AFTER), ASKED).within[0]


def _certified(world: World, *, ada: str, adm: str) -> None:
    place = {"school": world.lincoln, "school_year": world.year, "month": MONTH}
    dates = {"starts_on": FIRST, "ends_on": LAST, "requested_at": AFTER, "finished_at": AFTER}
    run = MonthRun.objects.create(**place, **dates, submission_id=uuid4(), state="done", ada=ada, adm=adm)
    okafor, reyes = world.users["okafor"], world.users["reyes"]
    approval = Approval.objects.create(run=run, approved_by=okafor, approved_by_name="Okafor", approved_at=AFTER)
    Certification.objects.create(
        **place,
        sequence=1,
        run=run,
        approval=approval,
        package_sha256="0" * 64,
        certified_by=reyes,
        certified_by_name="Reyes",
        certified_at=AFTER,
        content="{}",
        hash="1" * 64,
    )


def test_RD10_the_weeks_of_a_month_sum_to_it_and_each_leads_to_its_days(taken: World) -> None:
    for look in (
        district_figures(after_the_month(), ASKED),
        school_figures(after_the_month(), taken.lincoln.pk, ASKED),
    ):
        # Month 3 begins on a Monday and ends on a Friday; the Monday on which this is asked opens no week yet.
        held = [line.week.amount for line in look.weeks.lines if FIRST <= line.week.starts_on <= LAST]
        assert look.head is not None
        assert look.head.line.amount is not None
        assert sum((each.tally for each in held if each), Tally()) == look.head.line.amount.tally
        assert sum(each.absent for each in look.weeks.weekdays) == 3
    weeks = {line.week.starts_on: line for line in look.weeks.lines}
    first = weeks[FIRST]
    assert first.week.amount is not None
    assert (first.week.amount.session_days, first.week.amount.rate, first.week.trend) == (5, "93.3%", "")
    asked = Asked(dates=(first.week.starts_on, first.week.ends_on))
    days = figure_days(after_the_month(), taken.lincoln.pk, asked, status="absent")
    assert days.page.paginator.count == len(days.lines) == first.week.amount.tally.unexcused == 3
    on_friday = Asked(dates=asked.dates, weekday=5)
    assert figure_days(after_the_month(), taken.lincoln.pk, on_friday, status="absent").page.paginator.count == 2


def test_a_day_counts_in_figures_and_their_lists_once_it_is_over(taken: World) -> None:
    in_session = {}
    for day in (FRIDAY, FRIDAY + timedelta(days=1)):
        scope = taken.scope("okafor", at(10, day=day))
        page = school_figures(scope, taken.lincoln.pk, Asked())
        assert page.head is not None
        amount, newest = page.head.line.amount, page.weeks.lines[-1].week.amount
        assert amount is not None
        assert newest == amount
        assert figure_days(scope, taken.lincoln.pk, Asked()).page.paginator.count == amount.tally.enrolled
        week = Asked(dates=(FIRST, FIRST + timedelta(days=6)))
        assert figure_days(scope, taken.lincoln.pk, week).page.paginator.count == amount.tally.enrolled
        assert page.ends_on == day - timedelta(days=1)
        in_session[day] = amount.session_days
    assert list(in_session.values()) == [4, 5]


def test_on_the_years_first_day_no_day_is_over_and_none_is_listed(taken: World) -> None:
    scope = taken.scope("okafor", at(10, day=FIRST))
    with pytest.raises(Refused, match="the morning after the first"):
        school_figures(scope, taken.lincoln.pk, Asked())
    today = Asked(dates=(FIRST, FIRST))
    assert figure_days(scope, taken.lincoln.pk, today).page.paginator.count == 0


def test_last_years_same_weeks_stand_beside_and_a_week_of_holidays_without_figures(taken: World) -> None:
    week = timedelta(days=7)
    _last_year(taken, FIRST - 52 * week)
    CalendarDay.objects.filter(date__range=(FIRST + week, FIRST + week + timedelta(days=6))).update(
        event_type=EventType.HOLIDAY, name="Fair"
    )
    found = school_figures(after_the_month(), taken.lincoln.pk, ASKED).weeks
    first, second, third = [line.week for line in found.lines if FIRST <= line.week.starts_on <= LAST]
    assert first.last_year is not None
    assert (first.last_year.rate, first.last_year.session_days) == ("88.9%", 1)
    assert (second.amount, third.last_year) == (None, None)
    assert found.plot is not None
    assert [(line.look, [len(piece) for piece in line.pieces]) for line in found.plot.lines] == [
        (Look.SOLID, [1, 1]),
        (Look.DASHED, [1]),
    ]


def _last_year(world: World, day: date) -> None:
    """Last year on one day all came but one."""
    like = CalendarDay.objects.in_session().filter(school=world.lincoln).earliest("date")
    CalendarDay.objects.create(
        school=world.lincoln,
        date=day,
        event_type=EventType.INSTRUCTIONAL,
        day_kind=like.day_kind,
        bell_schedule=like.bell_schedule,
    )
    kind = {"school": world.lincoln, "week": day, "grade": "09", "ada_included": True, "mode": Mode.IN_PERSON}
    every = [f"{standing}_{weekday}" for standing in STANDINGS for weekday in range(1, 8)]
    WeekTally.objects.create(**kind, **{**dict.fromkeys(every, 0), "present_1": 8, "excused_1": 1})


def test_RD63_weeks_are_left_out_with_the_group_for_publication(taken: World) -> None:
    asked = Asked(month=MONTH, leaves_out=True)
    assert school_figures(after_the_month(), taken.lincoln.pk, asked).weeks.is_left_out
    district = district_figures(after_the_month(), asked).weeks
    assert not district.is_left_out
    assert district.plot is not None
