"""How many days schools were in session, by month and by week, for any number of schools at once."""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import F

from attendance.models import IN_SESSION, CalendarDay, GradeDay
from attendance.rules.reporting_months import MonthRange
from attendance.selectors.school_bells import grades_at
from reporting.rules.facts import SessionDays
from students.access import Scope

# A school, and a month or a week.
Place = tuple[int, int]


@dataclass(frozen=True)
class OpenedDays:
    """The days opened and in session with their schools, and (school, day, grade) where a grade had no school while
    others had.
    """

    schools: Sequence[tuple[date, Sequence[int]]]
    grades_off: Sequence[tuple[int, date, str]]

    def by_month(self, months: Collection[MonthRange]) -> dict[Place, SessionDays]:
        """How many by (school, month), with the grades that had fewer (RD-10)."""

        def month_of(day: date) -> int | None:
            return next((each.month for each in months if each.starts_on <= day <= each.ends_on), None)

        return self._by(month_of)

    def by_week(self, monday: date) -> dict[Place, SessionDays]:
        """The same by (school, week) from a Monday, whose week is 0."""
        return self._by(lambda day: (day - monday).days // 7 if day >= monday else None)

    def _by(self, place_of: Callable[[date], int | None]) -> dict[Place, SessionDays]:
        places = {day: place for day, _ in self.schools if (place := place_of(day)) is not None}
        counted = Counter((school, places[day]) for day, schools in self.schools if day in places for school in schools)
        off: dict[Place, Counter[str]] = defaultdict(Counter)
        for school, day, grade in self.grades_off:
            if day in places:
                off[school, places[day]][grade] += 1
        return _with_grades(counted, off)


def opened_days(scope: Scope, school_ids: Collection[int], first: date, last: date) -> OpenedDays:
    """The days between two dates, both inclusive; two statements, and one where some grades alone had school.

    The caller took the schools from the scope.
    """
    days = CalendarDay.objects.in_session().filter(
        school__in=school_ids, date__range=(first, last), date__lte=F("school__days__opened_through")
    )
    held = days.order_by().values_list("date").annotate(schools=ArrayAgg("school_id"))
    return OpenedDays(list(held), list(_grades_off(scope, school_ids, first, last)))


def _with_grades(counted: Mapping[Place, int], off: Mapping[Place, Mapping[str, int]]) -> dict[Place, SessionDays]:
    """Most schools of a large district have the same days, and no grade with its own: they share what says so."""
    alike = {days: SessionDays(days) for days in set(counted.values())}
    return {
        place: SessionDays(days, {grade: days - n for grade, n in off[place].items()}) if place in off else alike[days]
        for place, days in counted.items()
    }


def _grades_off(scope: Scope, school_ids: Collection[int], first: date, last: date) -> Iterator[tuple[int, date, str]]:
    rows = _own_days(school_ids, first, last)
    some_alone = {school for school, _, is_held, _, grade_held in rows if grade_held and not is_held}
    grades = grades_at(scope, sorted(some_alone)) if some_alone else {}
    for (school, day, is_held), own in groupby(rows, key=lambda row: row[:3]):
        held = {grade: grade_held for *_, grade, grade_held in own}
        if is_held or any(held.values()):
            for grade in held if is_held else grades[school]:
                if not held.get(grade, False):
                    yield school, day, grade


def _own_days(school_ids: Collection[int], first: date, last: date) -> list[tuple[int, date, bool, str, bool]]:
    """School, day, whether the school is in session, grade, whether the grade is: of days that grades have."""
    days = GradeDay.objects.filter(
        calendar_day__school__in=school_ids,
        calendar_day__date__range=(first, last),
        calendar_day__date__lte=F("calendar_day__school__days__opened_through"),
    )
    rows = days.order_by("calendar_day__school_id", "calendar_day__date", "grade").values_list(
        "calendar_day__school_id", "calendar_day__date", "calendar_day__event_type", "grade", "event_type"
    )
    return [
        (school, day, of_school in IN_SESSION, grade, of_grade in IN_SESSION)
        for school, day, of_school, grade, of_grade in rows
    ]
