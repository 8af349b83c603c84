"""The counselor's queue: the open cases in scope, most pressing first.

One statement reads what the order looks at, of every open case, those alike together; and the rule puts them in order:
so the rule stands once, and the counts beside the filters cost nothing more.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import chain
from typing import NamedTuple, TypeVar

from django.core.exceptions import EmptyResultSet
from django.core.paginator import Page, Paginator
from django.db import connection
from django.db.models import Exists, Model, OuterRef, Q, QuerySet, Subquery
from django.db.models.lookups import Exact

from attendance.models import DailyAttendance
from interventions.models import Case, StepState
from interventions.rules.urgency import CaseFacts, Rank, press
from students.access import Scope, visible_to
from students.models import Enrollment
from students.refusals import Forbidden
from students.rules.names import name_words

PAGE_SIZE = 25
OVERDUE, TODAY, LOST = "overdue", "today", "lost"
SHOWN = (OVERDUE, TODAY, LOST)
MINE, NOBODYS = "mine", "nobody"
Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True)
class Asked:
    """What the queue is narrowed to. `owner` is MINE, NOBODYS, a person's id or empty; `show` OVERDUE, TODAY or LOST
    (disengaged, or nobody knows where); `words` are of names, or the beginning of a state id.
    """

    school_id: int | None = None
    grade: str = ""
    mode: str = ""
    tier: int | None = None
    owner: str = ""
    show: str = ""
    words: str = ""
    page: int | str = 1

    @property
    def narrows(self) -> bool:
        """Whether something is left out."""
        return any((self.school_id, self.grade, self.mode, self.tier is not None, self.owner, self.show, self.words))


@dataclass(frozen=True)
class Figures:
    """How many of the cases of the school, grade and mode asked for: all of them, and by what else can be asked."""

    total: int = 0
    overdue: int = 0
    today: int = 0
    lost: int = 0
    mine: int = 0
    nobodys: int = 0
    tiers: Mapping[int, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Queue:
    """The ids of the cases asked for in order, the page of them that is shown, and those of which they are."""

    page: Page
    case_ids: Sequence[int]
    figures: Figures
    alike: Sequence["AlikeCases"]

    @property
    def shown(self) -> list[CaseFacts]:
        """The cases of the page, as facts."""
        return _facts_in(self.alike, list(self.page.object_list))

    @property
    def facts(self) -> list[CaseFacts]:
        """All of them."""
        return _facts_in(self.alike, self.case_ids)


class AlikeCases(NamedTuple):
    """Cases of which the order looks at the same, all of one owner; `facts` are of any of them."""

    facts: CaseFacts
    owner: int | None
    case_ids: Sequence[int]


def check_works_cases(scope: Scope) -> None:
    """Raises Forbidden for whoever is in no care team."""
    if not scope.works_cases:
        raise Forbidden("The queue is for counselors and administrators: the care team of a school.")


def open_cases(scope: Scope) -> QuerySet[Case]:
    """The open cases in scope."""
    return visible_to(scope, Case).filter(closed_at=None)


def queue(scope: Scope, asked: Asked) -> Queue:
    """The open cases in order and a page of them; one statement however many they are. Raises Forbidden."""
    check_works_cases(scope)
    found = alike_cases(scope, _placed(scope, asked))
    chosen = [each for each in found if _is_asked(asked, each.facts, each.owner, scope.user_id, scope.today)]
    case_ids = _in_order(chosen, scope.today)
    page = Paginator(case_ids, PAGE_SIZE).get_page(asked.page)
    return Queue(page, case_ids, _figures(scope, found), chosen)


def _in_order(found: Iterable[AlikeCases], today: date) -> list[int]:
    alike: dict[Rank, list[Sequence[int]]] = {}
    for each in found:
        alike.setdefault(press(each.facts, today), []).append(each.case_ids)
    return [case_id for pressing in sorted(alike) for case_id in sorted(chain.from_iterable(alike[pressing]))]


def _facts_in(found: Iterable[AlikeCases], case_ids: Sequence[int]) -> list[CaseFacts]:
    """The facts of some of the cases, in the order of the ids."""
    asked = set(case_ids)
    facts = {pk: each.facts._replace(case_id=pk) for each in found for pk in asked.intersection(each.case_ids)}
    return [facts[pk] for pk in case_ids]


# Thousands of cases were opened on the same days by the same plans: as rows of their own they take ten times as long
# to be put in order. Steps and contacts are grouped for all cases at once: a look-up for each takes twice the time.
_ALIKE = """
    WITH asked (id, student_id, year_id, tier, opened_on, owner_id, is_unlocated) AS MATERIALIZED ({cases})
    SELECT asked.tier, asked.opened_on, standing.student_id IS NOT NULL AS is_disengaged, asked.is_unlocated,
        due.first, tried.last, asked.owner_id, array_agg(asked.id)
    FROM asked
    LEFT JOIN interventions_standing standing ON standing.student_id = asked.student_id
        AND standing.year_id = asked.year_id AND standing.criteria <> '[]'
    LEFT JOIN (SELECT step.case_id, min(step.due_on) AS first FROM interventions_step step
        WHERE step.state = %s AND step.due_on IS NOT NULL AND step.case_id IN (SELECT id FROM asked)
        GROUP BY step.case_id) due ON due.case_id = asked.id
    LEFT JOIN (SELECT contact.student_id, max(contact.day) AS last FROM interventions_contact contact
        WHERE contact.withdrawn_at IS NULL AND contact.student_id IN (SELECT student_id FROM asked)
        GROUP BY contact.student_id) tried ON tried.student_id = asked.student_id
    GROUP BY 1, 2, 3, 4, 5, 6, 7
"""
_OF_CASE = ("pk", "student", "year", "tier", "opened_on", "owner", "is_unlocated")


def alike_cases(scope: Scope, cases: QuerySet[Case]) -> list[AlikeCases]:
    """What the order looks at of some cases, those alike together; one statement."""
    try:
        asked, params = cases.order_by().values_list(*_OF_CASE).query.sql_with_params()
    except EmptyResultSet:
        return []
    with connection.cursor() as cursor:
        cursor.execute(_ALIKE.format(cases=asked), [*params, StepState.OPEN])
        return [_alike(*row) for row in cursor.fetchall()]


def _alike(
    tier: int,
    opened_on: date,
    disengaged: bool,
    unlocated: bool,
    due: date | None,
    tried: date | None,
    owner: int | None,
    case_ids: list[int],
) -> AlikeCases:
    facts = CaseFacts(case_ids[0], tier, opened_on, owner is not None, disengaged, unlocated, due, tried)
    return AlikeCases(facts, owner, case_ids)


def _placed(scope: Scope, asked: Asked) -> QuerySet[Case]:
    """The open cases of a school, a grade, a mode, a name."""
    found = placed(scope, open_cases(scope), school_id=asked.school_id, grade=asked.grade, mode=asked.mode)
    for word in name_words(asked.words):
        found = found.filter(Q(student__sort_name__contains=word) | Q(student__state_id__startswith=word))
    return found


def placed(scope: Scope, rows: QuerySet[Row], *, school_id: int | None, grade: str, mode: str) -> QuerySet[Row]:
    """Rows with a student and a school, of one school, grade and mode of instruction; empty narrows nothing."""
    if school_id:
        rows = rows.filter(school=school_id)
    if grade:
        rows = rows.filter(Exists(enrolled(scope).filter(grade=grade)))
    if mode:
        rows = rows.filter(Exact(Subquery(newest_day(scope).values("mode")[:1]), mode))
    return rows


def enrolled(scope: Scope) -> QuerySet[Enrollment]:
    """Where the student of an outer case goes to school today."""
    return Enrollment.attending_on(scope.today).filter(student=OuterRef("student"), is_primary=True)


def newest_day(scope: Scope) -> QuerySet[DailyAttendance]:
    """The days of the student of an outer case in this school year, newest first."""
    days = DailyAttendance.objects.filter(student=OuterRef("student"), date__range=(scope.year_starts_on, scope.today))
    return days.order_by("-date")


def _shows(facts: CaseFacts, today: date) -> set[str]:
    """Which of OVERDUE, TODAY and LOST a case belongs to; what is overdue is not also due today."""
    found = {LOST} if facts.is_disengaged or facts.is_unlocated else set()
    if facts.next_due_on is not None and facts.next_due_on <= today:
        found.add(TODAY if facts.next_due_on == today else OVERDUE)
    return found


def _is_asked(asked: Asked, facts: CaseFacts, owner: int | None, me: int | None, today: date) -> bool:
    if asked.tier is not None and facts.tier != asked.tier:
        return False
    if asked.show in SHOWN and asked.show not in _shows(facts, today):
        return False
    if asked.owner == NOBODYS:
        return owner is None
    return not asked.owner or owner == (me if asked.owner == MINE else int(asked.owner))


def _figures(scope: Scope, found: Sequence[AlikeCases]) -> Figures:
    owners: Counter[int | None] = Counter()
    shown: Counter[str] = Counter()
    tiers: Counter[int] = Counter()
    for each in found:
        number = len(each.case_ids)
        owners[each.owner] += number
        tiers[each.facts.tier] += number
        shown.update(dict.fromkeys(_shows(each.facts, scope.today), number))
    return Figures(
        total=owners.total(),
        overdue=shown[OVERDUE],
        today=shown[TODAY],
        lost=shown[LOST],
        mine=owners[scope.user_id] if scope.user_id else 0,
        nobodys=owners[None],
        tiers=tiers,
    )
