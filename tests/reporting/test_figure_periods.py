"""Figures of classes: what pages show is a plain count of the marks, and no small group is found by subtracting."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from django.db.models import F

from attendance.models import CalendarDay, ClassMeeting, Mark, MarkStatus, MeetingState
from attendance.rules.mark_counts import Marked
from attendance.rules.plots import Look
from reporting.rules.period_figures import Narrowed
from reporting.selectors.figure_marks import figure_marks
from reporting.selectors.figure_period_plots import period_plot
from reporting.selectors.figure_periods import PeriodsPage, district_periods, school_periods
from reporting.selectors.figures_page import Asked
from reporting.views.period_files import periods_file
from students.refusals import Forbidden, NotInScope, Refused
from students.rules.csv_text import read_csv
from students.rules.rights import RIGHTS, Right
from tests.reporting.months import FIRST, LAST, after_the_month, take_month
from tests.world import PERIODS, World, add_student, put_on_roster

FRIDAY = date(2020, 10, 23)
YEAR = Narrowed()


@pytest.fixture
def taken(world: World) -> World:
    """Both schools' month: Abara misses the first day and a Friday; Castillo is tardy in 1st period on Mondays."""
    take_month(world, world.lincoln, absent=[("Abara", FIRST), ("Abara", FRIDAY), ("Castillo", FRIDAY)])
    take_month(world, world.washington)
    mondays = Mark.objects.filter(meeting__date__iso_week_day=1, meeting__period="1", status=MarkStatus.PRESENT)
    mondays.filter(student=world.students["Castillo"]).update(status=MarkStatus.TARDY)
    return world


def _share(school, status: str, **which) -> tuple[int, int]:
    marks = Mark.objects.filter(meeting__school=school, meeting__state=MeetingState.TAKEN, **which)
    return marks.filter(status=status).count(), marks.count()


def test_every_figure_is_a_plain_count_of_the_marks(taken: World) -> None:
    ClassMeeting.objects.filter(school=taken.lincoln, date=LAST, period="2").update(
        state=MeetingState.VOID, void_reason="Fire drill", voided_by=taken.users["okafor"]
    )
    page = school_periods(after_the_month(), taken.lincoln.pk, YEAR)
    assert page.head is not None
    assert (page.head.marked.absent, page.head.marked.marks) == _share(taken.lincoln, "absent")
    assert (page.head.marked.tardy, page.head.marked.marks) == _share(taken.lincoln, "tardy")
    assert [line.name for line in page.periods] == ["1", "2", "3", "4", "5", "6"]
    for line in page.periods:
        assert (line.marked.absent, line.marked.marks) == _share(taken.lincoln, "absent", meeting__period=line.name)
    for row in page.rows:
        for (day, _, _), cell in zip(page.weekdays, row.cells, strict=True):
            which = {"meeting__period": row.name, "meeting__date__iso_week_day": day}
            assert cell is not None
            assert (cell.marked.absent, cell.marked.marks) == _share(taken.lincoln, "absent", **which)
    for each in page.weeks:
        which = {"meeting__date__range": (each.week.starts_on, each.week.ends_on)}
        assert each.week.marked is not None
        assert (each.week.marked.tardy, each.week.marked.marks) == _share(taken.lincoln, "tardy", **which)
    friday = page.rows[0].cells[4]
    assert friday is not None
    assert (friday.marked.absence, friday.shade) == (Fraction(2, 27), 3)


def test_the_district_is_the_sum_of_its_schools_and_narrows_by_period_day_and_month(taken: World) -> None:
    scope = after_the_month()
    page = district_periods(scope, Narrowed(month=3, weekday=1, period="1"))
    assert page.head is not None
    assert sum(line.marked.marks for line in page.schools if line.marked) == page.head.marked.marks
    (lincoln,) = [line for line in page.schools if line.school == taken.lincoln]
    assert lincoln.marked is not None
    assert (lincoln.marked.tardy, lincoln.marked.marks) == (3, 27)
    assert lincoln.asks == "period=1&weekday=1&month=3"
    assert [len(row.cells) for row in page.rows] == [1]
    assert page.all_periods == ["1", "2", "3", "4", "5", "6"]
    # A month that has not begun is as if it were not asked.
    assert district_periods(scope, Narrowed(month=7)).asked == YEAR


def test_the_trend_is_against_the_month_before(taken: World) -> None:
    CalendarDay.objects.filter(date__gt=LAST - timedelta(days=7)).update(reporting_month=4)
    page = school_periods(after_the_month(), taken.lincoln.pk, YEAR)
    assert page.trend is not None
    assert (page.trend.month, page.trend.absence[0]) == (4, "-")
    assert school_periods(after_the_month(), taken.lincoln.pk, Narrowed(month=3)).trend is None
    district = district_periods(after_the_month(), YEAR)
    response = periods_file(district, after_the_month(), "csv")
    assert response is not None
    assert district.trend is not None
    header, whole, lincoln, _, *periods = read_csv(response.content.removeprefix(b"\xef\xbb\xbf"))
    first = header.index("Month")
    assert whole[first : first + 3] == ["4", district.trend.absence, district.trend.tardiness]
    assert lincoln[first : first + 3] == ["4", page.trend.absence, page.trend.tardiness]
    assert {tuple(row[first : first + 3]) for row in periods} == {("", "", "")}


def test_last_years_same_weeks_are_a_dashed_line(taken: World) -> None:
    second = FIRST + timedelta(days=7)
    held = ClassMeeting.objects.filter(school=taken.lincoln, date__range=(second, second + timedelta(days=4)))
    held.update(date=F("date") - timedelta(weeks=52))
    page = school_periods(after_the_month(), taken.lincoln.pk, YEAR)
    assert page.week_plot is not None
    assert [(line.look, len(line.points)) for line in page.week_plot.lines] == [(Look.SOLID, 2), (Look.DASHED, 1)]
    first, week, _ = page.weeks
    assert (week.week.starts_on, week.week.marked, first.week.last_year) == (second, None, None)
    assert week.week.last_year is not None
    assert (week.week.last_year.tardy, week.week.last_year.marks) == (1, 9 * 30)


def test_many_periods_with_long_names_do_not_run_into_each_other() -> None:
    plot = period_plot([(f"Intervention {number}", Marked(present=9, absent=1), "") for number in range(12)])
    assert plot is not None
    assert {label.text for label in plot.labels} == {"Interv…"}
    assert plot.bars[3].words == "Period Intervention 3: 10.0% absent, 1 of 10 marks"


def test_a_name_that_has_room_below_its_bar_is_written_out() -> None:
    plot = period_plot([(name, Marked(present=9, absent=1), "") for name in ("Advisory", *map(str, range(10)))])
    assert plot is not None
    assert plot.labels[0].text == "Advisory"


def test_the_list_behind_a_figure_has_as_many_marks_as_the_figure(taken: World) -> None:
    scope, school = after_the_month(), taken.lincoln.pk
    page = school_periods(scope, school, YEAR)
    for line in page.periods:
        found = figure_marks(scope, school, Asked(dates=(FIRST, LAST)), period=line.name, status="absent")
        assert found.page.paginator.count == line.marked.absent == len(found.lines)
    everything = Asked(dates=(FIRST, LAST))
    marks = Mark.objects.filter(meeting__school=school).count()
    seen = []
    pages = figure_marks(scope, school, everything).page.paginator.num_pages
    for number in range(1, pages + 1):
        seen += figure_marks(scope, school, everything, page=number).lines
    assert len(seen) == marks == len(set(seen))
    assert [line.day for line in seen] == sorted(line.day for line in seen)
    fridays = figure_marks(scope, school, Asked(dates=(FIRST, LAST), weekday=5), status="tardy")
    assert (fridays.lines, fridays.page.paginator.count) == ([], 0)


def test_the_pages_and_the_list_take_a_constant_number_of_statements(taken: World, django_assert_num_queries) -> None:
    scope = taken.scope("reyes")
    with django_assert_num_queries(5):
        district_periods(scope, YEAR)
    with django_assert_num_queries(5):
        school_periods(scope, taken.lincoln.pk, YEAR)
    with django_assert_num_queries(3):
        figure_marks(scope, taken.lincoln.pk, Asked(dates=(FIRST, LAST)), status="absent")


def test_classes_are_of_the_own_schools_and_marks_for_those_who_know_the_students(
    taken: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(NotInScope):
        school_periods(taken.scope("lindqvist"), taken.lincoln.pk, YEAR)
    monkeypatch.setattr("students.scope.RIGHTS", {**RIGHTS, "school_administrator": frozenset({Right.FIGURES})})
    okafor = taken.scope("okafor")
    with pytest.raises(Forbidden):
        figure_marks(okafor, taken.lincoln.pk, Asked(dates=(FIRST, LAST)))
    # Nine students.
    page = school_periods(okafor, taken.lincoln.pk, YEAR)
    assert (page.head, page.left_out, page.weeks) == (None, True, [])


def test_before_the_first_school_day_there_is_nothing_to_show(world: World) -> None:
    CalendarDay.objects.all().delete()
    with pytest.raises(Refused, match="Figures appear"):
        district_periods(after_the_month(), YEAR)


def _printed(page: PeriodsPage) -> tuple:
    """All that a page says, its lines of what is left out aside."""
    schools = [(line.school.pk, line.marked, line.trend, line.periods_left_out) for line in page.schools]
    return page.head, page.trend, page.periods, page.rows, page.weeks, schools, page.all_periods, page.all_weekdays


def test_RD63_whatever_a_small_group_did_no_figure_for_publication_moves(world: World) -> None:
    """Who subtracts any figures from any others learns nothing of it: what is left out is in none of them."""
    lincoln, washington, scope = world.lincoln, world.washington, after_the_month()
    # Twelve students, of whom nine have a 6th period; Washington has one student.
    for number in range(3):
        student = add_student(world, f"More{number} Ann", f"30000000{number}", lincoln)
        for period in PERIODS[:5]:
            put_on_roster(student, world.sections[period])
    for school in (lincoln, washington):
        take_month(world, school, absent=[("Abara", FRIDAY)])
    asked = [YEAR, Narrowed(month=3), Narrowed(weekday=5), Narrowed(period="6"), Narrowed(period="1", weekday=5)]

    def published() -> list[tuple]:
        of_schools = [
            school_periods(scope, pk, each, leaves_out=True) for pk in (lincoln.pk, washington.pk) for each in asked
        ]
        return [
            _printed(page) for page in [district_periods(scope, each, leaves_out=True) for each in asked] + of_schools
        ]

    before = published()
    page = district_periods(scope, YEAR, leaves_out=True)
    assert ([line.name for line in page.periods], page.left_out) == (PERIODS[:5], True)
    left = {line.school: (line.marked is None, line.periods_left_out) for line in page.schools}
    assert left == {lincoln: (False, ["6"]), washington: (True, ["1"])}
    small = Mark.objects.filter(meeting__period="6") | Mark.objects.filter(meeting__school=washington)
    assert small.update(status=MarkStatus.ABSENT, minutes_attended=0) == 10 * 15
    assert published() == before
    shown = Mark.objects.filter(meeting__school=lincoln, meeting__period="1", meeting__date=FRIDAY)
    shown.update(status=MarkStatus.TARDY, minutes_attended=9)
    assert published() != before
    assert district_periods(scope, YEAR).left_out is False
