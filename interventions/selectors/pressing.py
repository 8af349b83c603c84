"""What presses in the care of some schools, counted alone: the queue without its cases, the warnings without names."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Exists, F, Max, Min, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce, Greatest

from interventions.models import Case, Contact, Crossing, OutreachAssignment, Step, StepState
from interventions.selectors.queue import open_cases
from interventions.selectors.warnings import current_warnings
from students import access
from students.access import Scope
from students.models import Student

# A crossing is new for so many days; an outreach worker is reminded of a student after as many without an attempt.
A_WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Waiting:
    """How many wait, and since which day the first does, or by which day."""

    number: int
    day: date | None


@dataclass(frozen=True)
class DueCases:
    """Open cases by the earliest day on which a step of them is due, as the queue counts them."""

    overdue: Waiting
    today: int
    next_due_on: date | None


def due_cases(scope: Scope, school_ids: Collection[int]) -> DueCases:
    """The cases of some schools in scope; one statement however many."""
    steps = Step.objects.filter(case__in=_cases(scope, school_ids), state=StepState.OPEN, due_on__isnull=False)
    first = steps.order_by().values("case").annotate(first=Min("due_on"))
    late, to_come = Q(first__lt=scope.today), Q(first__gt=scope.today)
    counted = first.aggregate(
        overdue=Count("first", filter=late),
        oldest=Min("first", filter=late),
        today=Count("first", filter=Q(first=scope.today)),
        next_due_on=Min("first", filter=to_come),
    )
    return DueCases(Waiting(counted["overdue"], counted["oldest"]), counted["today"], counted["next_due_on"])


def nobodys_cases(scope: Scope, school_ids: Collection[int]) -> Waiting:
    """Open cases without an owner, and the day on which the first was opened; one statement."""
    counted = _cases(scope, school_ids).filter(owner=None).aggregate(Count("pk"), Min("opened_on"))
    return Waiting(counted["pk__count"], counted["opened_on__min"])


def newly_crossed(scope: Scope, school_ids: Collection[int]) -> Waiting:
    """Students who crossed into a tier within a week, and nobody has tried to reach the family since; one statement."""
    tried = Contact.objects.filter(student=OuterRef("student"), withdrawn_at=None, day__gte=OuterRef("acts_on"))
    new = Crossing.objects.filter(
        ~Exists(tried),
        case__in=_cases(scope, school_ids),
        withdrawn_at=None,
        acts_on__gt=scope.today - A_WEEK,
        acts_on__lte=scope.today,
    ).order_by()
    counted = new.aggregate(Count("student", distinct=True), Min("acts_on"))
    return Waiting(counted["student__count"], counted["acts_on__min"])


def warned(scope: Scope, school_ids: Collection[int]) -> Waiting:
    """Students on course to cross a threshold, and the first day on which one would; one statement."""
    found = current_warnings(scope).filter(school__in=list(school_ids))
    counted = found.aggregate(Count("student", distinct=True), Min("by"))
    return Waiting(counted["student__count"], counted["by__min"])


def untried_outreach(scope: Scope) -> Waiting:
    """Students in somebody's own hands whom nobody has tried to reach for a week; one statement.

    The day is that of the last attempt of the one who has waited longest, or of the assignment.
    """
    seen = access.visible_to(scope, Student)
    mine = OutreachAssignment.objects.filter(worker__user=scope.user_id, ended_at=None, student__in=seen)
    lawful = Q(student__contacts__withdrawn_at=None)
    waiting = (
        mine.annotate(tried=Max("student__contacts__day", filter=lawful))
        .annotate(quiet_since=Coalesce(Greatest("tried", "grant__starts_on"), F("grant__starts_on")))
        .filter(quiet_since__lte=scope.today - A_WEEK)
    )
    counted = waiting.order_by().values("pk", "quiet_since").aggregate(Count("pk"), Min("quiet_since"))
    return Waiting(counted["pk__count"], counted["quiet_since__min"])


def _cases(scope: Scope, school_ids: Collection[int]) -> QuerySet[Case]:
    return open_cases(scope).filter(school__in=list(school_ids)).order_by()
