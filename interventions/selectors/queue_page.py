"""The queue as a page, and as a file."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.paginator import Page

from attendance.models import Mode
from interventions.selectors.care_team import Member, care_team
from interventions.selectors.queue import Asked, Figures, open_cases, queue
from interventions.selectors.queue_lines import CaseLine, case_lines
from students.access import Scope
from students.models import Enrollment, School
from students.rules.rights import Right
from students.selectors.places import schools_with_right


@dataclass(frozen=True)
class Choices:
    """What the queue can be narrowed to."""

    schools: Sequence[School]
    grades: Sequence[str]
    modes: Sequence[tuple[str, str]]
    team: Sequence[Member]


@dataclass(frozen=True)
class QueuePage:
    """A page of the queue. `team` are those to whom its cases can be handed."""

    page: Page
    lines: Sequence[CaseLine]
    figures: Figures
    choices: Choices


def queue_page(scope: Scope, asked: Asked) -> QueuePage:
    """The page asked for; the same number of statements however many cases there are. Raises Forbidden."""
    found = queue(scope, asked)
    lines = case_lines(scope, found.shown)
    return QueuePage(found.page, lines, found.figures, _choices(scope))


def queue_rows(scope: Scope, asked: Asked) -> list[CaseLine]:
    """Every case asked for, in order. Raises Forbidden."""
    return case_lines(scope, queue(scope, asked).facts)


def _choices(scope: Scope) -> Choices:
    schools = list(schools_with_right(scope, Right.CASES))
    return Choices(schools, _grades(scope), Mode.choices, care_team(scope))


def _grades(scope: Scope) -> list[str]:
    held = Enrollment.attending_on(scope.today).filter(student__in=open_cases(scope).values("student"), is_primary=True)
    return list(held.exclude(grade="").order_by("grade").values_list("grade", flat=True).distinct())
