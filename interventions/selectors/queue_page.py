"""The queue as a page, and as a file."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from django.core.paginator import Page

from attendance.models import Mode
from interventions.selectors.care_team import Member, care_team
from interventions.selectors.queue import Asked, open_cases, queue, whole_queue
from interventions.selectors.queue_lines import CaseLine, case_lines
from interventions.selectors.queue_order import Figures
from students.access import Scope
from students.models import Enrollment, School
from students.rules.rights import Right
from students.selectors.places import schools_with_right

AT_ONCE = 1000


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
    lines = case_lines(scope, found.cases)
    return QueuePage(found.page, lines, found.figures, _choices(scope))


def queue_rows(scope: Scope, asked: Asked) -> Iterator[CaseLine]:
    """Every case asked for, in order, read a thousand at a time. Raises Forbidden at once."""
    cases = whole_queue(scope, asked)
    return chain.from_iterable(case_lines(scope, cases[at : at + AT_ONCE]) for at in range(0, len(cases), AT_ONCE))


def _choices(scope: Scope) -> Choices:
    schools = list(schools_with_right(scope, Right.CASES))
    return Choices(schools, _grades(scope), Mode.choices, care_team(scope))


def _grades(scope: Scope) -> list[str]:
    held = Enrollment.attending_on(scope.today).filter(student__in=open_cases(scope).values("student"), is_primary=True)
    return list(held.exclude(grade="").order_by("grade").values_list("grade", flat=True).distinct())
