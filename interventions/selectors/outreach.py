"""The outreach list: disengaged students with and without somebody who looks for them (MD-08)."""

from collections.abc import Sequence
from dataclasses import dataclass

from interventions.models import Need
from interventions.selectors.disengaged import Asked, Disengaged, check_sees_disengaged, disengaged
from interventions.selectors.disengaged_lines import LostLine, lost_lines
from interventions.selectors.disengaged_page import Choice
from interventions.selectors.outreach_workers import WorkerLine, active_lines
from students.access import Scope
from students.models import School
from students.rules.rights import Right
from students.selectors.places import schools_with_right
from students.templatetags.languages import language_name


@dataclass(frozen=True)
class OutreachPage:
    """A page of the list; workers are empty for those who do not assign."""

    found: Disengaged
    lines: Sequence[LostLine]
    schools: Sequence[School]
    languages: Sequence[Choice]
    needs: Sequence[Choice]
    workers: Sequence[WorkerLine]
    may_assign: bool
    # Students of the filter, on whichever page, whom nobody looks for.
    free: int


def outreach_page(scope: Scope, asked: Asked) -> OutreachPage:
    """The page; the same number of statements however many are listed. Raises Forbidden."""
    check_sees_disengaged(scope)
    found = disengaged(scope, asked)
    may_assign = scope.everywhere(Right.CASES)
    languages = sorted(found.figures.languages, key=language_name)
    return OutreachPage(
        found=found,
        lines=lost_lines(scope, list(found.page.object_list)),
        schools=list(schools_with_right(scope, Right.CASES)),
        languages=[Choice(each, f"{language_name(each)} ({found.figures.languages[each]})") for each in languages],
        needs=[Choice(value, f"{label} ({found.figures.needs.get(value, 0)})") for value, label in Need.choices],
        workers=active_lines(scope) if may_assign else [],
        may_assign=may_assign,
        free=sum(each.worker_id is None for each in found.students),
    )
