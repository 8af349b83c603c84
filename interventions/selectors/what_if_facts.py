"""Gathers what a comparison of policies asks of many students at once: counts of days, and signs of the few of whom a
criterion may hold. Reads without locking, and writes nothing.
"""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Any

from django.db import connection
from django.db.models import Q, QuerySet

from attendance.selectors.silent_weeks import weeks_without_interaction
from interventions.models import Standing, TruancyNotice
from interventions.rules.disengagement import Signs
from interventions.rules.policy import CarePolicy, policy_on
from interventions.rules.what_if import Counted, count_alike, fewest_absent_days
from interventions.selectors.policies import care_policies
from interventions.selectors.pupils import pupils
from interventions.selectors.signs import failed_contact_days
from interventions.selectors.standing_facts import HOME, TERM_STARTS, student_facts
from interventions.selectors.truancy_facts import ages
from students.access import Scope, visible_to
from students.models import School, SchoolYear

# The counts of each day's kind are all that a tier asks, and take a tenth of the time of the days themselves.
_COUNTS = f"""
    SELECT asked.id, home.school_id, COALESCE(home.attends, false), missed.excused, missed.unexcused, missed.suspended,
        COALESCE(missed.tardies, 0)
    FROM unnest(%(student_ids)s::bigint[]) asked(id)
    LEFT JOIN LATERAL ({HOME}) home ON true
    LEFT JOIN LATERAL (
        SELECT count(*) FILTER (WHERE ledger.status = 'absent' AND ledger.absence_kind = 'excused') AS excused,
            count(*) FILTER (WHERE ledger.status = 'absent' AND ledger.absence_kind = 'unexcused') AS unexcused,
            count(*) FILTER (WHERE ledger.status = 'absent' AND ledger.absence_kind = 'suspended') AS suspended,
            sum(ledger.tardies) FILTER (WHERE ledger.date >= {TERM_STARTS}) AS tardies
        FROM attendance_dailyattendance ledger
        WHERE ledger.student_id = asked.id AND ledger.date BETWEEN %(year_starts)s AND %(on)s
            AND (ledger.status = 'absent' OR ledger.tardies > 0)) missed ON true
    ORDER BY asked.id
"""  # noqa: S608 - constants of this module and the nightly pass's

# The first of a student's last days comes from an index alone: a hundredth of the students are left to be looked at.
_MISSED_OF_LATE = """
    SELECT asked.id FROM unnest(%(student_ids)s::bigint[]) asked(id)
    WHERE (SELECT count(*) FROM attendance_dailyattendance ledger
        WHERE ledger.student_id = asked.id AND ledger.status = 'absent' AND ledger.date <= %(on)s
            AND ledger.date >= COALESCE((SELECT last.date FROM attendance_dailyattendance last
                WHERE last.student_id = asked.id AND last.date BETWEEN %(year_starts)s AND %(on)s
                ORDER BY last.date DESC OFFSET %(days_seen)s - 1 LIMIT 1), %(year_starts)s)) >= %(least)s
"""


def counted_students(
    scope: Scope,
    year: SchoolYear,
    before: CarePolicy,
    after: CarePolicy,
    *,
    school_ids: Collection[int] | None = None,
) -> list[Counted]:
    """The students of some schools (None: of all) through today, as the policies may judge them; in the order of ids.

    Where both policies count as today's does, what stands of the students is enough; else their days are looked at. The
    number of statements is the same for however many students.
    """
    holding = policy_on(scope.today, care_policies(scope))
    if count_alike(holding, before, after):
        counted = _standing(scope, year, holding, school_ids)
    else:
        rows = _counts(scope, year, pupils(scope, school_ids))
        counted = _with_signs(scope, year, [before, after], [Counted(*row) for row in rows])
    return _with_notices(scope, year, before, after, counted)


def _standing(scope: Scope, year: SchoolYear, holding: CarePolicy, school_ids: Collection[int] | None) -> list[Counted]:
    """Of whom nothing stands, no policy says anything."""
    found = _standings(scope, year, school_ids).annotate(held=~Q(criteria=[])).order_by("student_id")
    rows = found.values_list(
        "student_id", "school_id", "is_enrolled", "absences", "unlawful_absences", "tardies", "held"
    )
    return [
        # What counts beside unexcused days may stand under either kind, as the policies count them alike.
        Counted(pk, school, enrolled, *_beside(holding, absences, unlawful), tardies=tardies, held=held)
        for pk, school, enrolled, absences, unlawful, tardies, held in rows
    ]


def _beside(holding: CarePolicy, absences: int, unlawful: int) -> tuple[int, int, int]:
    """Excused, unexcused and suspended days of a standing."""
    other = absences - unlawful
    return (other, unlawful, 0) if holding.counts_excused else (0, unlawful, other)


def _standings(scope: Scope, year: SchoolYear, school_ids: Collection[int] | None) -> QuerySet[Standing]:
    schools = visible_to(scope, School)
    mine = schools if school_ids is None else schools.filter(pk__in=school_ids)
    return Standing.objects.filter(year=year, school__in=mine)


def _counts(scope: Scope, year: SchoolYear, ids: Collection[int]) -> list[tuple[Any, ...]]:
    return _rows(_COUNTS, {"student_ids": list(ids), "on": scope.today, "year_starts": year.starts_on})


def _rows(statement: str, asked: dict[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, asked)
        return cursor.fetchall()


def _with_signs(
    scope: Scope, year: SchoolYear, policies: Sequence[CarePolicy], counted: Sequence[Counted]
) -> list[Counted]:
    """Days are looked at of those alone who missed enough of them; weeks and contacts hold for few, and are cheap."""
    widest = max(policies, key=lambda each: each.days_seen)
    missed = _missed_of_late(scope, year, fewest_absent_days(*policies), widest.days_seen, counted)
    signs = {each.student_id: each.signs for each in student_facts(scope, year, missed, widest, on=scope.today)}
    others = [each.student_id for each in counted if each.is_enrolled and each.student_id not in signs]
    signs |= _signs_without_days(scope, year, others)
    return [replace(each, signs=signs[each.student_id]) if each.student_id in signs else each for each in counted]


def _missed_of_late(
    scope: Scope, year: SchoolYear, least: int | None, days_seen: int, counted: Sequence[Counted]
) -> list[int]:
    if least is None:
        return []
    asked = {
        "student_ids": [each.student_id for each in counted if each.is_enrolled and _absent(each) >= least],
        "on": scope.today,
        "year_starts": year.starts_on,
        "days_seen": days_seen,
        "least": least,
    }
    return [row[0] for row in _rows(_MISSED_OF_LATE, asked)]


def _absent(counted: Counted) -> int:
    return counted.excused + counted.unexcused + counted.suspended


def _signs_without_days(scope: Scope, year: SchoolYear, ids: Collection[int]) -> dict[int, Signs]:
    weeks = weeks_without_interaction(scope, ids, from_date=year.starts_on, on=scope.today)
    failed = failed_contact_days(scope, ids, from_date=year.starts_on, on=scope.today)
    return {each: Signs((), weeks.get(each, ()), failed.get(each, ())) for each in weeks.keys() | failed.keys()}


def _with_notices(
    scope: Scope, year: SchoolYear, before: CarePolicy, after: CarePolicy, counted: Sequence[Counted]
) -> list[Counted]:
    """Whom the law obliges, and what was found owed before, of those who reach a threshold that would be new."""
    least = min(set(after.truancy_absences) - set(before.truancy_absences), default=None)
    if least is None:
        return list(counted)
    reached = {each.student_id for each in counted if each.unexcused >= least}
    obliged, told = ages(scope, year, reached), _told(year, reached)
    return [
        replace(each, obliged=obliged[each.student_id].obliges, told=frozenset(told[each.student_id]))
        if each.student_id in reached
        else each
        for each in counted
    ]


def _told(year: SchoolYear, ids: Collection[int]) -> dict[int, set[int]]:
    standing = TruancyNotice.objects.filter(year=year, student__in=ids, withdrawn_at__isnull=True)
    found: dict[int, set[int]] = defaultdict(set)
    for student_id, threshold in standing.order_by().values_list("student_id", "threshold"):
        found[student_id].add(threshold)
    return found
