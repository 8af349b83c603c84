"""How many days schools were in session, month by month, for any number of schools at once."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import date
from itertools import groupby

from django.db.models import Case, Count, ExpressionWrapper, F, Func, IntegerField, QuerySet, Value, When

from attendance.models import IN_SESSION, CalendarDay, GradeDay
from attendance.rules.reporting_months import MonthRange
from attendance.selectors.school_bells import grades_at
from reporting.rules.facts import SessionDays
from students.access import Scope

# A school, and a month or a week.
Place = tuple[int, int]


def session_days(
    scope: Scope, school_ids: Collection[int], months: Collection[MonthRange]
) -> dict[tuple[int, int], SessionDays]:
    """The days opened and in session by (school, month), with the grades that had fewer (RD-10); two statements, and
    one where some grades alone had school.

    The caller took the schools from the scope.
    """
    if not months:
        return {}
    counted = _opened(school_ids).annotate(month=_placed(months, "date")).filter(month__isnull=False)
    grouped = counted.order_by().values("school_id", "month").annotate(days=Count("id"))
    counted = {(school_id, month): held for school_id, month, held in grouped.values_list("school_id", "month", "days")}
    return _with_grades(counted, _grades_off(scope, school_ids, months))


def session_weeks(
    scope: Scope, school_ids: Collection[int], monday: date, last: date
) -> dict[tuple[int, int], SessionDays]:
    """The same by (school, week) from a Monday, whose week is 0, to a last day inclusive; as many statements."""
    number = Func(F("date"), Value(monday), template="(%(expressions)s) / 7", arg_joiner=" - ")
    days = (
        _opened(school_ids)
        .filter(date__range=(monday, last))
        .annotate(number=ExpressionWrapper(number, IntegerField()))
    )
    grouped = days.order_by().values("school_id", "number").annotate(days=Count("id"))
    counted = {(school_id, week): held for school_id, week, held in grouped.values_list("school_id", "number", "days")}
    return _with_grades(counted, _grades_off(scope, school_ids, [MonthRange(0, monday, last)], monday))


def _with_grades(counted: Mapping[Place, int], off: Mapping[Place, Mapping[str, int]]) -> dict[Place, SessionDays]:
    """Most schools of a large district have the same days, and no grade with its own: they share what says so."""
    alike = {days: SessionDays(days) for days in set(counted.values())}
    return {
        place: SessionDays(days, {grade: days - n for grade, n in off[place].items()}) if place in off else alike[days]
        for place, days in counted.items()
    }


def _opened(school_ids: Collection[int]) -> QuerySet:
    return CalendarDay.objects.in_session().filter(school__in=school_ids, date__lte=F("school__days__opened_through"))


def _placed(months: Collection[MonthRange], field: str) -> Case:
    whens = (When(**{f"{field}__range": (each.starts_on, each.ends_on)}, then=Value(each.month)) for each in months)
    return Case(*whens, output_field=IntegerField())


def _grades_off(
    scope: Scope, school_ids: Collection[int], months: Collection[MonthRange], monday: date | None = None
) -> Mapping[tuple[int, int], Mapping[str, int]]:
    """On how many of a month's days (of a week's, given a Monday) a grade had no school while others had."""
    off: dict[tuple[int, int], dict[str, int]] = defaultdict(lambda: defaultdict(int))
    rows = list(_own_days(school_ids, months))
    some_alone = {school for school, _, _, is_held, _, grade_held in rows if grade_held and not is_held}
    grades = grades_at(scope, sorted(some_alone)) if some_alone else {}
    for (school, month, day, is_held), own in groupby(rows, key=lambda row: row[:4]):
        place = month if monday is None else (day - monday).days // 7
        held = {grade: grade_held for *_, grade, grade_held in own}
        if not is_held and not any(held.values()):
            continue
        for grade in held if is_held else grades[school]:
            if not held.get(grade, False):
                off[school, place][grade] += 1
    return off


def _own_days(
    school_ids: Collection[int], months: Collection[MonthRange]
) -> list[tuple[int, int, date, bool, str, bool]]:
    """School, month, day, whether the school is in session, grade, whether the grade is: of days that grades have."""
    days = GradeDay.objects.filter(
        calendar_day__school__in=school_ids,
        calendar_day__date__lte=F("calendar_day__school__days__opened_through"),
    )
    placed = days.annotate(month=_placed(months, "calendar_day__date")).filter(month__isnull=False)
    rows = placed.order_by("calendar_day__school_id", "calendar_day__date", "grade").values_list(
        "calendar_day__school_id", "month", "calendar_day__date", "calendar_day__event_type", "grade", "event_type"
    )
    return [
        (school, month, day, of_school in IN_SESSION, grade, of_grade in IN_SESSION)
        for school, month, day, of_school, grade, of_grade in rows
    ]
