"""A child's school year: totals, what can be done about absences, the help on offer, and what the law expects."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from attendance.models import Excuse
from attendance.rules.excuse import standing
from attendance.rules.policy import NoPolicy, policy_on
from attendance.selectors.excuse_facts import fact_of, numbered
from attendance.selectors.policies import policies
from attendance.selectors.school_days import session_days
from interventions.models import PlannedAction
from interventions.rules.policy import CarePolicy, NoCarePolicy
from interventions.rules.policy import policy_on as care_policy_on
from interventions.rules.tiers import AbsentDay, counted, unlawful
from interventions.selectors.policies import care_policies
from interventions.selectors.truancy_facts import ages
from reporting.rules import family_day as its
from reporting.rules.family_excuse import ToDo, better, to_do
from reporting.rules.family_month import Totals, totals
from reporting.rules.family_support import Law, PlannedOffer, Support, law, support
from reporting.selectors.family_calendar import CalendarLine, calendar_lines
from reporting.selectors.family_places import child_places
from reporting.selectors.family_support_words import absences_words, law_words, offer_words, to_do_words
from students.access import Scope
from students.models import SchoolYear, Student
from students.selectors.families import own_child

KINDS = {
    its.EXCUSED: "excused",
    its.SUSPENDED: "suspended",
    its.ABSENT: "unexcused",
    its.ABSENT_EVERY_CLASS: "unexcused",
}


@dataclass(frozen=True)
class UnexcusedDay:
    """An unexcused day, and what can be done about it."""

    line: CalendarLine
    to_do: str


@dataclass(frozen=True)
class FamilyYear:
    """The year so far. `offers` are what the school offers by now, `offers_then` what it adds at `offers_then_at`.

    `law` is empty where the law asks nothing of a child of this age.
    """

    child: Student
    starts_on: date
    through: date
    totals: Totals
    absences: str
    counts_excused: bool
    offers: Sequence[str]
    offers_then_at: str
    offers_then: Sequence[str]
    law: Sequence[str]
    unexcused: Sequence[UnexcusedDay]
    other: Sequence[CalendarLine]


def family_year(scope: Scope, student_id: int) -> FamilyYear:
    """The school year of today, of an own child; the same number of statements whatever it holds. Raises NotInScope."""
    child = own_child(scope, student_id)
    lines = [each for each in calendar_lines(scope, child, scope.year_starts_on, scope.today) if each.is_day]
    absent = [AbsentDay(each.date, kind) for each in lines if (kind := KINDS.get(each.count.state))]
    care = _care_policy(scope)
    helped = _support(scope, absent, care) if care else None
    law_of_child = _law(scope, child, absent, care) if care else None
    return FamilyYear(
        child=child,
        starts_on=scope.year_starts_on,
        through=scope.today,
        totals=totals([each.count for each in lines]),
        absences=absences_words(len(counted(absent, care)) if care else len(absent)),
        counts_excused=care is not None and care.counts_excused,
        offers=offer_words(helped.now) if helped else [],
        offers_then_at=absences_words(helped.next_at) if helped and helped.next_at else "",
        offers_then=offer_words(helped.then) if helped else [],
        law=law_words(law_of_child) if law_of_child else [],
        unexcused=_unexcused(scope, child, lines, absent),
        other=[each for each in lines if not each.is_plain and KINDS.get(each.count.state) != "unexcused"],
    )


def _care_policy(scope: Scope) -> CarePolicy | None:
    try:
        return care_policy_on(scope.today, care_policies(scope))
    except NoCarePolicy:
        return None


def _support(scope: Scope, absent: Sequence[AbsentDay], policy: CarePolicy) -> Support:
    rows = PlannedAction.objects.filter(retired_at__isnull=True).order_by("tier", "position", "pk")
    plan = [PlannedOffer(*row) for row in rows.values_list("tier", "kind", "only_unlocated")]
    return support(len(counted(absent, policy)), plan, policy)


def _law(scope: Scope, child: Student, absent: Sequence[AbsentDay], policy: CarePolicy) -> Law | None:
    """None where the law does not oblige a child of this age (ST-01)."""
    year = SchoolYear.objects.filter(starts_on=scope.year_starts_on).first()
    if year is None or not ages(scope, year, [child.pk])[child.pk].obliges:
        return None
    return law(len(unlawful(absent)), policy)


def _unexcused(
    scope: Scope, child: Student, lines: Sequence[CalendarLine], absent: Sequence[AbsentDay]
) -> list[UnexcusedDay]:
    """The latest first."""
    by_date = {each.date: each for each in lines}
    days = [each.date for each in absent if each.kind == "unexcused"][::-1]
    return [UnexcusedDay(by_date[each.day], to_do_words(each)) for each in _to_do(scope, child, days, absent)]


def _to_do(scope: Scope, child: Student, days: Sequence[date], absent: Sequence[AbsentDay]) -> list[ToDo]:
    try:
        policy = policy_on(scope.today, policies(scope))
    except NoPolicy:
        return []
    enrollment = child_places(scope, [child.pk], scope.today)[child.pk].enrollment
    schools = [enrollment.school_id] if enrollment else []
    session = [day for found in session_days(scope, schools, scope.year_starts_on).values() for day in found]
    covering: dict[date, str] = {}
    excuses = Excuse.objects.filter(student=child, ends_on__gte=scope.year_starts_on, withdrawn_at=None)
    for row in numbered(excuses):
        stands = standing(fact_of(row), row.ends_on, session, policy, scope.today).state
        for day in (day for day in days if row.starts_on <= day <= row.ends_on):
            covering[day] = better(covering[day], stands) if day in covering else stands
    return to_do(days, {each.date for each in absent}, session, covering, policy, scope.today)
