"""How long students stood in each tier, grouped in the database: two statements for a whole district and its year."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from django.db import connection

from interventions.rules.tier_weeks import Part, Span, Stay, spans_of
from students.access import Scope
from students.models import SchoolYear

# Days are told by their place among those asked for: how many of them lie before the first, and before the end. Most
# students were there from the first and still are: their places need no looking up.
_HELD = """
    SELECT student_id, CASE WHEN %(by_school)s THEN school_id END AS school,
        CASE WHEN starts_on <= %(first)s THEN 0 ELSE width_bucket(starts_on - 1, %(days)s::date[]) END AS first,
        CASE WHEN ends_on IS NULL THEN cardinality(%(days)s::date[])
            ELSE width_bucket(ends_on, %(days)s::date[]) END AS beyond
    FROM students_enrollment
    WHERE is_primary AND exit_code <> 'NS' AND (%(everywhere)s OR school_id = ANY(%(schools)s))
        AND (%(grade)s::text IS NULL OR grade = %(grade)s)
        AND starts_on <= %(last)s AND (ends_on IS NULL OR ends_on >= %(first)s)
"""

# Who is at least in tier 2 is at least in tier 1, whatever crossings stand.
_FIRST_DAYS = """
    SELECT student_id, min(crossed_on) AS one, min(crossed_on) FILTER (WHERE tier >= 2) AS two,
        min(crossed_on) FILTER (WHERE tier = 3) AS three
    FROM interventions_crossing
    WHERE year_id = %(year)s AND ground = 'count' AND withdrawn_at IS NULL AND crossed_on <= %(last)s
"""
_STAYS = f"""
    SELECT school, first, beyond, width_bucket(one - 1, %(days)s::date[]), width_bucket(two - 1, %(days)s::date[]),
        width_bucket(three - 1, %(days)s::date[]), count(*)
    FROM ({_HELD}) held LEFT JOIN ({_FIRST_DAYS} GROUP BY student_id) crossed USING (student_id)
    WHERE first < beyond GROUP BY 1, 2, 3, 4, 5, 6
"""  # noqa: S608 - constants of this module

# From the day since which a criterion held to the one of its end; what overlaps an earlier one of the student, or a
# tier reached by count, is counted once.
_LOST = f"""
    WITH lost AS (
        SELECT student_id, until, GREATEST(crossed_on, max(until) OVER (PARTITION BY student_id
            ORDER BY crossed_on, id ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)) AS since
        FROM (SELECT id, student_id, crossed_on,
                COALESCE((withdrawn_at AT TIME ZONE %(zone)s)::date, 'infinity'::date) AS until
            FROM interventions_crossing
            WHERE year_id = %(year)s AND ground = 'disengaged' AND crossed_on <= %(last)s) named),
    stood AS (
        SELECT student_id, part, since, LEAST(until, counted) AS until FROM lost
            LEFT JOIN ({_FIRST_DAYS} AND student_id IN (SELECT student_id FROM lost) GROUP BY student_id) crossed
                USING (student_id)
            CROSS JOIN LATERAL (VALUES (1, one), (2, two), (3, three), (4, NULL)) tier(part, counted)),
    placed AS (
        SELECT student_id, part, width_bucket(since - 1, %(days)s::date[]) AS first,
            width_bucket(until - 1, %(days)s::date[]) AS beyond FROM stood WHERE since < until)
    SELECT school, part, first, beyond, count(*) FROM (
        SELECT school, its.part, GREATEST(held.first, its.first) AS first, LEAST(held.beyond, its.beyond) AS beyond
        FROM ({_HELD}) held JOIN (
            SELECT * FROM placed
            UNION ALL SELECT student_id, part + 10, first, first + 1 FROM placed WHERE part = 4 AND first < beyond
        ) its USING (student_id)) span
    WHERE first < beyond GROUP BY 1, 2, 3, 4
"""  # noqa: S608 - constants of this module


def tier_spans(
    scope: Scope,
    school_ids: Collection[int] | None,
    year: SchoolYear,
    days: Sequence[date],
    *,
    grade: str | None = None,
    by_school: bool = False,
) -> list[Span]:
    """The spans of enrollment and of tiers over some days of a school year, the days in order.

    A student is counted in the school of the primary enrollment that holds on the day; None are all schools, and with
    `by_school` false they are counted together. Two statements. The caller took the schools from the scope.
    """
    if not days:
        return []
    asked: dict[str, Any] = {
        "days": list(days),
        "first": days[0],
        "last": days[-1],
        "year": year.pk,
        "everywhere": school_ids is None,
        "schools": list(school_ids or ()),
        "grade": grade,
        "zone": scope.zone,
        "by_school": by_school,
    }
    with connection.cursor() as cursor:
        cursor.execute(_STAYS, asked)
        stays = [Stay(*row) for row in cursor.fetchall()]
        cursor.execute(_LOST, asked)
        lost = [Span(school, Part(part), *counts) for school, part, *counts in cursor.fetchall()]
    return [*spans_of(stays), *lost]
