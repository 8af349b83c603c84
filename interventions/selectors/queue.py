"""The counselor's queue: the open cases in scope, most pressing first.

Three statements read what the order looks at, of every open case, and the rule puts them in order: so the rule stands
once, and the counts beside the filters cost nothing more.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from django.core.paginator import Page, Paginator
from django.db.models import Exists, Max, Min, Model, OuterRef, Q, QuerySet, Subquery
from django.db.models.lookups import Exact

from attendance.models import DailyAttendance
from interventions.models import Case, Contact, Standing, Step, StepState
from interventions.rules.urgency import CaseFacts, rank
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
    """The cases asked for in order, as facts, and the page of them that is shown."""

    page: Page
    facts: Sequence[CaseFacts]
    figures: Figures


def check_works_cases(scope: Scope) -> None:
    """Raises Forbidden for whoever is in no care team."""
    if not scope.works_cases:
        raise Forbidden("The queue is for counselors and administrators: the care team of a school.")


def open_cases(scope: Scope) -> QuerySet[Case]:
    """The open cases in scope."""
    return visible_to(scope, Case).filter(closed_at=None)


def queue(scope: Scope, asked: Asked) -> Queue:
    """The open cases in order and a page of them; three statements however many they are. Raises Forbidden."""
    check_works_cases(scope)
    found = facts_of(scope, _placed(scope, asked))
    today = scope.today
    chosen = [facts for facts, owner in found if _is_asked(asked, facts, owner, scope.user_id, today)]
    chosen.sort(key=lambda facts: rank(facts, today))
    page = Paginator(chosen, PAGE_SIZE).get_page(asked.page)
    return Queue(page, chosen, _figures(scope, found))


def facts_of(scope: Scope, cases: QuerySet[Case]) -> list[tuple[CaseFacts, int | None]]:
    """What the order looks at of each case, with its owner; three statements."""
    standings = Standing.objects.filter(student=OuterRef("student"), year=OuterRef("year")).exclude(criteria=[])
    rows = cases.order_by().annotate(disengaged=Exists(standings))
    listed = rows.values_list("pk", "student", "tier", "opened_on", "owner", "disengaged", "is_unlocated")
    due, tried = _next_due(cases), _last_tried(cases)
    return [
        (
            CaseFacts(pk, tier, opened, owner is not None, disengaged, unlocated, due.get(pk), tried.get(student)),
            owner,
        )
        for pk, student, tier, opened, owner, disengaged, unlocated in listed
    ]


# Grouped for all cases at once: a look-up for each costs twice the time when there are thousands.
def _next_due(cases: QuerySet[Case]) -> dict[int, date]:
    steps = Step.objects.filter(case__in=cases.order_by().values("pk"), state=StepState.OPEN, due_on__isnull=False)
    return dict(steps.order_by().values_list("case").annotate(first=Min("due_on")))


def _last_tried(cases: QuerySet[Case]) -> dict[int, date]:
    contacts = Contact.objects.filter(student__in=cases.order_by().values("student"), withdrawn_at=None)
    return dict(contacts.order_by().values_list("student").annotate(last=Max("day")))


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


def _figures(scope: Scope, found: Sequence[tuple[CaseFacts, int | None]]) -> Figures:
    owners = Counter(owner for _facts, owner in found)
    today = scope.today
    shown = Counter(show for facts, _owner in found for show in _shows(facts, today))
    return Figures(
        total=len(found),
        overdue=shown[OVERDUE],
        today=shown[TODAY],
        lost=shown[LOST],
        mine=owners[scope.user_id] if scope.user_id else 0,
        nobodys=owners[None],
        tiers=Counter(facts.tier for facts, _owner in found),
    )
