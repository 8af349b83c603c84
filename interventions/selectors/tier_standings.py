"""How many of the students enrolled today stand in each tier, and what became of the steps of their cases."""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from django.db import connection
from django.db.models import Max

from interventions.models import PassState, TierPass
from interventions.rules.day_ends import day_ends
from interventions.rules.tier_weeks import TierCount
from students.access import Scope
from students.models import SchoolYear


class Place(NamedTuple):
    """Where students stand: their school, and their grade where grades are told apart ("" where they are not)."""

    school_id: int
    grade: str = ""


class StepCount(NamedTuple):
    """Steps of cases that fell due before today, and how many of them were over by their day."""

    due: int = 0
    in_time: int = 0


# Of whom nothing stands is in no tier, and most stand in none; who is gone is not enrolled, whatever stands of the days
# before.
_STANDING = """
    SELECT held.school_id, held.grade, count(*),
        count(*) FILTER (WHERE its.tier = 1), count(*) FILTER (WHERE its.tier = 2),
        count(*) FILTER (WHERE its.tier = 3), count(*) FILTER (WHERE its.is_lost)
    FROM students_enrollment held
    LEFT JOIN (SELECT student_id, tier, criteria <> '[]' AS is_lost FROM interventions_standing
        WHERE year_id = %(year)s AND (tier > 0 OR criteria <> '[]')) its ON its.student_id = held.student_id
    WHERE held.is_primary AND held.exit_code <> 'NS' AND (%(everywhere)s OR held.school_id = ANY(%(schools)s))
        AND held.starts_on <= %(today)s AND (held.ends_on IS NULL OR held.ends_on >= %(today)s)
    GROUP BY 1, 2
"""

_CASES = """
    SELECT its.school_id, {grade}, its.tier, count(*) FROM interventions_case its {held}
    WHERE its.closed_at IS NULL AND its.school_id = ANY(%(schools)s) GROUP BY 1, 2, 3
"""

# Whether a step was over before its local day ended: a conversion of the instant of each would take half the time.
_STEPS = """
    SELECT its.school_id, {grade}, count(*), count(*) FILTER (WHERE step.ended_at < (step.due_on + 1)::timestamp
        + (%(after)s::interval[])[width_bucket(step.due_on, %(since)s::date[])])
    FROM interventions_case its JOIN interventions_step step ON step.case_id = its.id {held}
    WHERE its.year_id = %(year)s AND its.school_id = ANY(%(schools)s)
        AND step.due_on < %(today)s AND step.state <> 'withdrawn'
        AND NOT (step.state = 'open' AND its.closed_at IS NOT NULL) GROUP BY 1, 2
"""

# The grade of a case is that of today, as in the queue; looked up only where grades are told apart.
_HELD = """
    {join} students_enrollment held ON held.student_id = its.student_id AND held.is_primary
        AND held.exit_code <> 'NS' AND held.starts_on <= %(today)s
        AND (held.ends_on IS NULL OR held.ends_on >= %(today)s) AND (%(grade)s::text IS NULL OR held.grade = %(grade)s)
"""


def standing_tiers(scope: Scope, school_ids: Collection[int] | None, year: SchoolYear) -> dict[Place, TierCount]:
    """The students enrolled today by school, grade and where they stand; None are all schools.

    One statement. The caller took the schools from the scope.
    """
    rows = _rows(_STANDING, scope, school_ids or (), year=year.pk, everywhere=school_ids is None)
    return {Place(school, its): TierCount(*counts) for school, its, *counts in rows}


def open_case_tiers(
    scope: Scope, school_ids: Collection[int], *, grade: str | None = None, by_grade: bool = False
) -> dict[Place, dict[int, int]]:
    """The open cases by tier, as the queue counts them; one statement. The caller took the schools from the scope."""
    found: dict[Place, dict[int, int]] = defaultdict(dict)
    for school, its, tier, cases in _rows(_told_apart(_CASES, grade, by_grade), scope, school_ids, grade=grade):
        found[Place(school, its)][tier] = cases
    return found


def steps_in_time(
    scope: Scope, school_ids: Collection[int], year: SchoolYear, *, grade: str | None = None, by_grade: bool = False
) -> dict[Place, StepCount]:
    """The steps of the year's cases that fell due before today; withdrawn ones, and what a closed case left open, count
    for nothing. One statement. The caller took the schools from the scope.
    """
    statement = _told_apart(_STEPS, grade, by_grade)
    ends = day_ends(ZoneInfo(scope.zone), year.starts_on, scope.today)
    lookup = {"since": list(ends.since), "after": list(ends.after)}
    rows = _rows(statement, scope, school_ids, grade=grade, year=year.pk, **lookup)
    return {Place(school, its): StepCount(due, in_time) for school, its, due, in_time in rows}


def last_passes(scope: Scope, school_ids: Collection[int]) -> dict[int, datetime]:
    """When the last nightly pass over each of some schools ended, of those that had one."""
    done = TierPass.objects.filter(school__in=school_ids, state=PassState.DONE).order_by()
    newest = done.values_list("school").annotate(at=Max("finished_at"))
    return {school: at for school, at in newest if at}


def _told_apart(statement: str, grade: str | None, by_grade: bool) -> str:
    join = "LEFT JOIN" if grade is None else "JOIN"
    held = _HELD.format(join=join) if by_grade or grade is not None else ""
    return statement.format(held=held, grade="COALESCE(held.grade, '')" if by_grade else "''")


def _rows(statement: str, scope: Scope, ids: Collection[int], **more: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, {"schools": list(ids), "today": scope.today, **more})
        return cursor.fetchall()
