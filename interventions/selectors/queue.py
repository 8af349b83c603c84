"""The counselor's queue: the open cases in scope, most pressing first.

One statement reads what the order looks at, of every open case, and the rule puts them in order: so the rule stands
once, and the counts beside the filters cost nothing more.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.core.paginator import Page, Paginator
from django.db.models import Exists, Max, Min, OuterRef, Q, QuerySet, Subquery

from attendance.models import DailyAttendance
from interventions.models import Case, Contact, Standing, Step, StepState
from interventions.rules.urgency import CaseFacts, rank
from students.access import Scope, visible_to
from students.models import Enrollment
from students.refusals import Forbidden
from students.rules.names import name_words

PAGE_SIZE = 50
OVERDUE, TODAY, LOST = "overdue", "today", "lost"
MINE, NOBODYS = "mine", "nobody"


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
    """The open cases in order and a page of them; two statements however many they are. Raises Forbidden."""
    check_works_cases(scope)
    found = facts_of(scope, _placed(scope, asked))
    chosen = [facts for facts, owner in found if _is_asked(scope, asked, facts, owner)]
    chosen.sort(key=lambda facts: rank(facts, scope.today))
    page = Paginator(chosen, PAGE_SIZE).get_page(asked.page)
    return Queue(page, chosen, _figures(scope, found))


def facts_of(scope: Scope, cases: QuerySet[Case]) -> list[tuple[CaseFacts, int | None]]:
    """What the order looks at of each case, with its owner; one statement."""
    still_open = Step.objects.filter(case=OuterRef("pk"), state=StepState.OPEN).order_by().values("case")
    contacts = Contact.objects.filter(student=OuterRef("student"), withdrawn_at=None).order_by().values("student")
    standings = Standing.objects.filter(student=OuterRef("student"), year=OuterRef("year"))
    rows = cases.order_by().annotate(
        next_due=Subquery(still_open.annotate(due=Min("due_on")).values("due")),
        last_contact=Subquery(contacts.annotate(last=Max("day")).values("last")),
        disengaged=Exists(standings.exclude(criteria=[])),
    )
    listed = rows.values_list(
        "pk", "tier", "opened_on", "owner_id", "disengaged", "is_unlocated", "next_due", "last_contact"
    )
    return [
        (CaseFacts(pk, tier, opened, owner is not None, disengaged, unlocated, due, last), owner)
        for pk, tier, opened, owner, disengaged, unlocated, due, last in listed
    ]


def _placed(scope: Scope, asked: Asked) -> QuerySet[Case]:
    """The open cases of a school, a grade, a mode, a name."""
    found = open_cases(scope)
    if asked.school_id:
        found = found.filter(school=asked.school_id)
    if asked.grade:
        found = found.filter(Exists(enrolled(scope).filter(grade=asked.grade)))
    if asked.mode:
        found = found.annotate(mode=Subquery(newest_day(scope).values("mode")[:1])).filter(mode=asked.mode)
    for word in name_words(asked.words):
        found = found.filter(Q(student__sort_name__contains=word) | Q(student__state_id__startswith=word))
    return found


def enrolled(scope: Scope) -> QuerySet[Enrollment]:
    """Where the student of an outer case goes to school today."""
    return Enrollment.attending_on(scope.today).filter(student=OuterRef("student"), is_primary=True)


def newest_day(scope: Scope) -> QuerySet[DailyAttendance]:
    """The days of the student of an outer case in this school year, newest first."""
    days = DailyAttendance.objects.filter(student=OuterRef("student"), date__range=(scope.year_starts_on, scope.today))
    return days.order_by("-date")


SHOWN: Mapping[str, Callable[[CaseFacts, date], bool]] = {
    OVERDUE: lambda facts, today: facts.next_due_on is not None and facts.next_due_on < today,
    TODAY: lambda facts, today: facts.next_due_on == today,
    LOST: lambda facts, today: facts.is_disengaged or facts.is_unlocated,
}


def _is_asked(scope: Scope, asked: Asked, facts: CaseFacts, owner: int | None) -> bool:
    if asked.tier is not None and facts.tier != asked.tier:
        return False
    if asked.show in SHOWN and not SHOWN[asked.show](facts, scope.today):
        return False
    return _is_owned(scope, asked.owner, owner)


def _is_owned(scope: Scope, asked: str, owner: int | None) -> bool:
    if asked == NOBODYS:
        return owner is None
    return not asked or owner == (scope.user_id if asked == MINE else int(asked))


def _figures(scope: Scope, found: Sequence[tuple[CaseFacts, int | None]]) -> Figures:
    def number(shown: str) -> int:
        return sum(SHOWN[shown](facts, scope.today) for facts, _ in found)

    owners = Counter(owner for _, owner in found)
    return Figures(
        total=len(found),
        overdue=number(OVERDUE),
        today=number(TODAY),
        lost=number(LOST),
        mine=owners[scope.user_id] if scope.user_id else 0,
        nobodys=owners[None],
        tiers=Counter(facts.tier for facts, _ in found),
    )
