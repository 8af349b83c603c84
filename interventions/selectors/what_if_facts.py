"""Gathers what a comparison of policies asks of many students at once. Reads without locking, and writes nothing.

What stands of the students is enough wherever the policies agree; days are looked at for the criteria that differ, of
those alone of whom one may hold. Whoever stands alike under both policies is counted together, in the database.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import F, QuerySet

from attendance.selectors.silent_weeks import weeks_without_interaction
from interventions.models import Standing, TruancyNotice
from interventions.rules.disengagement import Sign, Signs
from interventions.rules.policy import CarePolicy, policy_on
from interventions.rules.what_if import Compared, Counted
from interventions.selectors.policies import care_policies
from interventions.selectors.pupils import pupils
from interventions.selectors.signs import failed_contact_days
from interventions.selectors.standing_facts import last_days
from interventions.selectors.truancy_facts import ages
from interventions.selectors.what_if_days import counts_by_kind, days_may_hold
from students.access import Scope, visible_to
from students.models import Enrollment, School, SchoolYear

_IN_DAYS = frozenset({Sign.DAYS_RUNNING, Sign.SHARE})

# Students whose counts reach the same thresholds stand alike under both policies: any of their counts stands for all.
_ALIKE = """
    SELECT array_agg(student_id), school_id, is_enrolled, min(absences), min(unlawful_absences), min(tardies), held
    FROM (
        SELECT student_id, school_id, is_enrolled, absences, unlawful_absences, tardies,
            jsonb_path_query_array(criteria, '$[*].sign') ?| %(shared)s::text[] AS held,
            CASE WHEN unlawful_absences >= %(owed)s OR alone.id IS NOT NULL THEN student_id END AS apart
        FROM interventions_standing LEFT JOIN unnest(%(apart)s::bigint[]) alone(id) ON alone.id = student_id
        WHERE year_id = %(year)s AND school_id = ANY(%(schools)s)) standing
    GROUP BY school_id, is_enrolled, held, apart, width_bucket(absences, %(absences)s::int[]),
        width_bucket(unlawful_absences, %(unlawful)s::int[]), width_bucket(tardies, %(tardies)s::int[])
"""
_MORE_THAN_ANY = 32767


class Kinds(NamedTuple):
    """Excused, unexcused and suspended absences."""

    excused: int
    unexcused: int
    suspended: int


def counted_students(
    scope: Scope,
    year: SchoolYear,
    before: CarePolicy,
    after: CarePolicy,
    *,
    school_ids: Collection[int] | None = None,
) -> list[Counted]:
    """The students who stand in some schools (None: in all) as the policies may judge them, those alike together.

    By what the signals and the nightly pass keep, and through today by the days where a criterion differs. The number
    of statements is the same for however many students.
    """
    compared = Compared(policy_on(scope.today, care_policies(scope)), before, after)
    schools = _schools(scope, school_ids)
    signs = _signs(scope, year, compared, schools)
    kinds = {} if compared.counts_alike else _kinds(scope, year, compared.holding, schools)
    counted = _alike(year, compared, schools, signs.keys() | kinds.keys())
    counted = [_of_one(each, kinds, signs) for each in counted]
    beside = signs.keys() - {pk for each in counted for pk in each.students}
    counted += _of_whom_nothing_stands(scope, year, beside, signs, schools)
    return _with_notices(scope, year, compared, counted)


def exact_absences(scope: Scope, year: SchoolYear, student_ids: Collection[int]) -> dict[int, Counted]:
    """The own counts of students who were counted together, by id; one statement.

    The caller took the students from the scope.
    """
    holding = policy_on(scope.today, care_policies(scope))
    rows = Standing.objects.filter(year=year, student__in=student_ids).values_list(
        "student_id", "school_id", "absences", "unlawful_absences"
    )
    return {pk: _of(pk, school, _beside(holding, absences, unlawful)) for pk, school, absences, unlawful in rows}


def _of(student_id: int, school_id: int | None, kinds: Kinds) -> Counted:
    return Counted(student_id, school_id, True, kinds.excused, kinds.unexcused, kinds.suspended)


def _schools(scope: Scope, school_ids: Collection[int] | None) -> list[int]:
    schools = visible_to(scope, School)
    mine = schools if school_ids is None else schools.filter(pk__in=school_ids)
    return list(mine.values_list("pk", flat=True))


def _alike(year: SchoolYear, compared: Compared, schools: Collection[int], apart: Collection[int]) -> list[Counted]:
    before, after = compared.before, compared.after
    asked: dict[str, Any] = {
        "year": year.pk,
        "schools": list(schools),
        "shared": [str(sign) for sign in compared.shared],
        "apart": list(apart),
        "owed": compared.new_threshold or _MORE_THAN_ANY,
        "absences": sorted({*before.tiers.values(), *after.tiers.values()}),
        "unlawful": sorted({*before.truancy_absences, *after.truancy_absences}),
        "tardies": sorted({before.tardies_watched, after.tardies_watched}),
    }
    with connection.cursor() as cursor:
        cursor.execute(_ALIKE, asked)
        rows = cursor.fetchall()
    return [
        # What counts beside unexcused days may stand under either kind, where the policies count them alike.
        Counted(ids[0], school, enrolled, *_beside(compared.holding, absences, unlawful), tardies, held,
                beside=tuple(ids[1:]))
        for ids, school, enrolled, absences, unlawful, tardies, held in rows
    ]  # fmt: skip


def _beside(holding: CarePolicy, absences: int, unlawful: int) -> Kinds:
    other = absences - unlawful
    return Kinds(other, unlawful, 0) if holding.counts_excused else Kinds(0, unlawful, other)


def _of_one(each: Counted, kinds: Mapping[int, Kinds], signs: Mapping[int, Signs]) -> Counted:
    if split := kinds.get(each.student_id):
        each = replace(each, **split._asdict())
    return replace(each, signs=signs[each.student_id]) if each.student_id in signs and each.is_enrolled else each


def _kinds(scope: Scope, year: SchoolYear, holding: CarePolicy, schools: Collection[int]) -> dict[int, Kinds]:
    """By kind, of whoever may have more than one: whose counted days are all unexcused has no others to tell apart."""
    rows = _standing(year, schools)
    if holding.counts_excused and holding.counts_suspended:
        rows = rows.filter(absences__gt=F("unlawful_absences"))
    counts = counts_by_kind(scope, year, list(rows.values_list("student_id", flat=True)))
    return {student_id: Kinds(*each) for student_id, each in counts.items()}


def _standing(year: SchoolYear, schools: Collection[int]) -> QuerySet[Standing]:
    return Standing.objects.filter(year=year, school__in=schools)


def _signs(scope: Scope, year: SchoolYear, compared: Compared, schools: Collection[int]) -> dict[int, Signs]:
    """The signs of the criteria that differ, of those of whom one may hold."""
    differing = compared.differing
    signs: dict[int, Signs] = {}
    if differing & _IN_DAYS:
        held = days_may_hold(scope, year, compared, schools)
        seen = max(policy.days_seen for policy in (compared.before, compared.after))
        days = last_days(scope, year, held, seen, on=scope.today)
        signs = {student_id: Signs(its) for student_id, its in days.items()}
    ids = pupils(scope, schools) if differing - _IN_DAYS else []
    if Sign.WEEKS in differing:
        for student_id, weeks in weeks_without_interaction(
            scope, ids, from_date=year.starts_on, on=scope.today
        ).items():
            signs[student_id] = replace(signs.get(student_id, Signs()), weeks=weeks)
    if Sign.FAILED_CONTACTS in differing:
        for student_id, failed in failed_contact_days(scope, ids, from_date=year.starts_on, on=scope.today).items():
            signs[student_id] = replace(signs.get(student_id, Signs()), failed_contacts=failed)
    return signs


def _of_whom_nothing_stands(
    scope: Scope, year: SchoolYear, ids: Collection[int], signs: Mapping[int, Signs], schools: Collection[int]
) -> list[Counted]:
    """Weeks and contacts may hold of somebody who was never absent."""
    held = Enrollment.attending_on(scope.today).filter(student__in=ids, is_primary=True, school__in=schools)
    rows = held.values_list("student_id", "school_id") if ids else ()
    return [Counted(student_id, school_id, signs=signs[student_id]) for student_id, school_id in rows]


def _with_notices(scope: Scope, year: SchoolYear, compared: Compared, counted: list[Counted]) -> list[Counted]:
    """Whom the law obliges, and what was found owed before, of those who reach a threshold that would be new."""
    least = compared.new_threshold
    if least is None:
        return counted
    reached = {each.student_id for each in counted if each.unexcused >= least}
    obliged, told = ages(scope, year, reached), _told(year)
    return [
        replace(each, obliged=obliged[each.student_id].obliges, told=frozenset(told[each.student_id]))
        if each.student_id in reached
        else each
        for each in counted
    ]


def _told(year: SchoolYear) -> dict[int, set[int]]:
    """The notices that stand, of everybody: naming thousands of students takes longer than reading all."""
    standing = TruancyNotice.objects.filter(year=year, withdrawn_at__isnull=True)
    found: dict[int, set[int]] = defaultdict(set)
    for student_id, threshold in standing.order_by().values_list("student_id", "threshold"):
        found[student_id].add(threshold)
    return found
