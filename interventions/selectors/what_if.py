"""What another policy would change (MD-03): who would move, with the absences that count under each policy.

Both policies judge the same days, those through today, as the nightly pass would. For the district's administrators
alone, who have the right to every student: so no figure is too small to be shown (RD-63).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from attendance.rules.agreement import Agreement, agreement
from interventions.rules.policy import CarePolicy, policy_on
from interventions.rules.what_if import Move, Moved, moved_students, moves
from interventions.selectors.policies import care_policies
from interventions.selectors.standings import school_year_on
from interventions.selectors.what_if_facts import counted_students, exact_absences
from students.access import Scope
from students.models import Student
from students.refusals import Forbidden, Refused

DISTRICT_ALONE = "Tiers and criteria are the district’s: only a district administrator writes them."


@dataclass(frozen=True)
class Comparison:
    """Who would move, in the order of names, of `looked_at` students; `before` is the policy of that day so far."""

    before: CarePolicy
    looked_at: int
    moved: Sequence[Moved]


def policy_agreement(scope: Scope, policy: CarePolicy) -> Agreement:
    """What somebody agrees to who looked at a policy: its figures, beside the policies that stood.

    Not the students' days: those go on while somebody thinks, and the policy is no other for it.
    """
    stood: list[CarePolicy] = sorted(care_policies(scope), key=lambda each: each.starts_on)
    return agreement([policy], stood)


def compare(scope: Scope, policy: CarePolicy) -> Comparison:
    """Whom a policy would move; so many statements however many students, but seconds in a large district.

    Raises Forbidden, Refused and NoCarePolicy.
    """
    if not scope.district_wide:
        raise Forbidden(DISTRICT_ALONE)
    before = policy_on(policy.starts_on, care_policies(scope))
    year = school_year_on(scope, scope.today)
    if year is None:
        raise Refused("No school year holds today, so nobody has absences that could be compared.")
    counted = counted_students(scope, year, before, policy)
    together = moves(counted, before, policy)
    own = exact_absences(scope, year, _counted_with_others(together))
    moved = moved_students(together, own, before, policy)
    return Comparison(before, sum(len(each.students) for each in counted), _by_name(moved))


def _counted_with_others(moved: Iterable[Move]) -> set[int]:
    return {pk for each in moved if each.counted.beside for pk in each.counted.students}


def _by_name(moved: Iterable[Moved]) -> list[Moved]:
    of_student = {each.student_id: each for each in moved}
    named = Student.objects.filter(pk__in=of_student).order_by("sort_name", "pk").values_list("pk", flat=True)
    return [of_student[pk] for pk in named]
