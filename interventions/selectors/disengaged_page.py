"""The page of disengaged students: its lines, the district's criteria above them, and what it can be narrowed to."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from attendance.models import Mode
from interventions.rules.disengagement import Sign
from interventions.rules.policy import policy_on
from interventions.selectors.criterion_words import policy_words, sign_name
from interventions.selectors.disengaged import Asked, Disengaged, check_sees_disengaged, disengaged
from interventions.selectors.disengaged_lines import LostLine, lost_lines
from interventions.selectors.policies import care_policies
from students.access import Scope
from students.models import Enrollment, School
from students.rules.rights import Right
from students.selectors.places import schools_with_right


@dataclass(frozen=True)
class Choice:
    """A value that a list can be narrowed to, in words."""

    value: str
    words: str


@dataclass(frozen=True)
class DisengagedPage:
    """A page of the list; `criteria` are the district's in words, in force since `criteria_from`."""

    found: Disengaged
    lines: Sequence[LostLine]
    criteria: Sequence[str]
    criteria_from: date
    schools: Sequence[School]
    grades: Sequence[str]
    modes: Sequence[Choice]
    signs: Sequence[Choice]


def disengaged_page(scope: Scope, asked: Asked) -> DisengagedPage:
    """The page; the same number of statements however many are listed. Raises Forbidden and NoCarePolicy."""
    check_sees_disengaged(scope)
    found = disengaged(scope, asked)
    policy = policy_on(scope.today, care_policies(scope))
    return DisengagedPage(
        found=found,
        lines=lost_lines(scope, list(found.page.object_list)),
        criteria=policy_words(policy),
        criteria_from=policy.starts_on,
        schools=list(schools_with_right(scope, Right.CASES)),
        grades=_grades(scope),
        modes=[Choice(value, str(label)) for value, label in Mode.choices],
        signs=[Choice(each.value, sign_name(each)) for each in Sign],
    )


def disengaged_file(scope: Scope, asked: Asked) -> list[LostLine]:
    """Every line asked for, for a file. Raises Forbidden."""
    return lost_lines(scope, disengaged(scope, asked).students)


def _grades(scope: Scope) -> list[str]:
    held = Enrollment.attending_on(scope.today).filter(is_primary=True).exclude(grade="")
    if not scope.everywhere(Right.CASES):
        held = held.filter(school__in=scope.schools_with(Right.CASES))
    return list(held.order_by("grade").values_list("grade", flat=True).distinct())
