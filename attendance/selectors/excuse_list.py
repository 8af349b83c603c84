"""The excuses that an office works through: those that wait for a paper or a decision first, by their due date."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.core.paginator import Page, Paginator
from django.db.models import Case, Count, Exists, F, Min, OuterRef, Q, QuerySet, Subquery, When

from attendance.models import CalendarDay, Decision, Document, Excuse
from attendance.rules.excuse import ILLNESS, NOT_SUFFICIENT, OTHER, PARENT_NOTE, PARTICIPATION_FORM, PENDING
from attendance.rules.policy import Policy, policy_on
from attendance.selectors.documents import DocumentLine, OpeningLine, newest_openings
from attendance.selectors.excuse_facts import numbered
from attendance.selectors.excuses import ExcuseLine, excuse_line, may_keep_excuses, told
from attendance.selectors.policies import policies
from attendance.selectors.school_days import session_days
from attendance.selectors.sealing import SealLine, seals_of
from students.access import Scope, visible_to
from students.models import Enrollment, School
from students.refusals import Forbidden, NotInScope
from students.rules.rights import Right

PAGE_SIZE = 25
READERS_ALONE = "Only the office, the nurse and auditors read excuses."
# What the list can be narrowed to; whatever waits comes first.
WAITING, ACCEPTED, REFUSED, WITHDRAWN, EVERY = "", "accepted", "refused", "withdrawn", "every"
# Of those accepted: by a paper that is not on file, and by a note that the policy allows without one (MS-34).
ON_PAPER, BY_NOTE = "on_paper", "by_note"
STATES = (WAITING, ACCEPTED, ON_PAPER, BY_NOTE, REFUSED, WITHDRAWN, EVERY)


@dataclass(frozen=True)
class Asked:
    """What the list is narrowed to: one of STATES, a school, and those whose due date has passed alone."""

    state: str = WAITING
    school_id: int | None = None
    overdue: bool = False
    page: int | str = 1


@dataclass(frozen=True)
class ListedExcuse:
    """An excuse with its student. `decision` is what stands; `may_keep` whether this person decides it."""

    student_id: int
    name: str
    school: str
    decision: str
    line: ExcuseLine
    is_overdue: bool
    may_keep: bool


@dataclass(frozen=True)
class ExcuseList:
    """The lines of a page, and the schools that the list can be narrowed to."""

    page: Page
    lines: Sequence[ListedExcuse]
    schools: Sequence[School]


@dataclass(frozen=True)
class ExcusePage:
    """One excuse, who has opened its documents, the newest first, and what is sealed or asked to be (MS-31)."""

    listed: ListedExcuse
    openings: Sequence[OpeningLine]
    seals: Sequence[SealLine]
    may_seal: bool

    @property
    def papers(self) -> list[tuple[DocumentLine, SealLine | None]]:
        """Each document that can be opened, and who asks that it be sealed."""
        asked = {each.document_id: each for each in self.seals}
        return [(each, asked.get(each.id)) for each in self.listed.line.documents]

    @property
    def sealed(self) -> list[SealLine]:
        """Documents that nobody opens any more."""
        return [each for each in self.seals if each.sealed_at is not None]


def excuse_list(scope: Scope, asked: Asked) -> ExcuseList:
    """A page of this school year's excuses; the same number of statements however many. Raises Forbidden."""
    if not scope.reads_reasons:
        raise Forbidden(READERS_ALONE)
    known = policies(scope)
    page = Paginator(_found(scope, asked, known), PAGE_SIZE).get_page(asked.page)
    lines = _listed(scope, list(page.object_list), known)
    return ExcuseList(page, lines, list(visible_to(scope, School)))


def pressing_excuses(scope: Scope, school_ids: Collection[int]) -> tuple[int, date | None]:
    """How many excuses of some schools are held for a decision, or waited for a paper past their due date (RD-08), and
    the last day of the oldest. Two statements; the caller took the schools from the scope.
    """
    known = policies(scope)
    found = _placed(scope, visible_to(scope, Excuse).filter(ends_on__gte=scope.year_starts_on))
    waiting = _in_state(scope, numbered(found), WAITING, known).annotate(due_before=_due_before(scope, known))
    pressing = waiting.filter(Q(decision=Decision.PENDING) | Q(ends_on__lt=F("due_before")))
    counted = pressing.filter(school_id__in=list(school_ids)).aggregate(Count("pk"), Min("ends_on"))
    return counted["pk__count"], counted["ends_on__min"]


def excuse_page(scope: Scope, excuse_id: int) -> ExcusePage:
    """One excuse of whatever year. Raises NotInScope."""
    found = _placed(scope, visible_to(scope, Excuse).filter(pk=excuse_id))
    rows = list(told(scope, found).select_related("student"))
    if not rows:
        raise NotInScope
    [listed] = _listed(scope, rows, policies(scope))
    [row] = rows
    may_seal = may_keep_excuses(scope, row.student_id, row.starts_on, row.ends_on)
    return ExcusePage(listed, newest_openings(scope, excuse_id), seals_of(scope, excuse_id), may_seal)


def _found(scope: Scope, asked: Asked, known: Sequence[Policy]) -> QuerySet[Excuse]:
    found = _placed(scope, visible_to(scope, Excuse).filter(ends_on__gte=scope.year_starts_on))
    found = _in_state(scope, numbered(found), asked.state, known)
    if asked.school_id is not None:
        found = found.filter(school_id=asked.school_id)  # type: ignore[misc]
    if asked.overdue:
        found = found.annotate(due_before=_due_before(scope, known)).filter(ends_on__lt=F("due_before"))
    order = ("ends_on", "pk") if asked.state == WAITING else ("-starts_on", "-pk")
    return told(scope, found).select_related("student").order_by(*order)


def _placed(scope: Scope, excuses: QuerySet[Excuse]) -> QuerySet[Excuse]:
    """With the school that the first of its days belongs to (RD-09)."""
    held = Enrollment.objects.filter(student=OuterRef("student"), is_primary=True, starts_on__lte=OuterRef("ends_on"))
    first = held.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=OuterRef("starts_on"))).order_by("starts_on")
    return excuses.annotate(
        school_id=Subquery(first.values("school_id")[:1]), school_name=Subquery(first.values("school__name")[:1])
    )


def _in_state(scope: Scope, found: QuerySet[Excuse], state: str, known: Sequence[Policy]) -> QuerySet[Excuse]:
    if state == EVERY:
        return found
    if state == WITHDRAWN:
        return found.filter(withdrawn_at__isnull=False)
    found = found.filter(withdrawn_at__isnull=True)
    if state == REFUSED:
        return found.filter(decision=Decision.REFUSED)
    accepted = _accepted(known)
    if state == WAITING:
        return found.exclude(decision=Decision.REFUSED).exclude(accepted)
    found = found.filter(accepted)
    if state == ON_PAPER:
        return found.exclude(Exists(_on_file())).exclude(document_kind=PARENT_NOTE)
    if state == BY_NOTE:
        return found.filter(document_kind=PARENT_NOTE)
    return found


def _on_file() -> QuerySet[Document]:
    return Document.objects.unsealed().filter(excuse=OuterRef("pk"))


def _accepted(known: Sequence[Policy]) -> Q:
    """What the rule `suffices` says, for the database to filter by; a test holds the two equal."""
    stands = Q(pk__in=[])
    ordered = sorted(known, key=lambda policy: policy.starts_on)
    for policy, following in zip(ordered, [*ordered[1:], None], strict=True):
        in_force = Q(starts_on__gte=policy.starts_on)
        if following:
            in_force &= Q(starts_on__lt=following.starts_on)
        stands |= in_force & _accepted_by(policy)
    return stands & ~Q(decision__in=[Decision.REFUSED, Decision.PENDING]) & ~Q(document_kind=PARTICIPATION_FORM)


def _accepted_by(policy: Policy) -> Q:
    stands = Q(pk__in=[])
    for reason, kinds in policy.accepted_documents.items():
        listed = [kind for kind in kinds if (reason, kind) != (ILLNESS, PARENT_NOTE)]
        stands |= Q(reason=reason, document_kind__in=listed)
    for reason, most in policy.undocumented_notes_per_term.items():
        stands |= Q(reason=reason, note_number__range=(1, most))
    if OTHER in policy.accepted_documents:
        stands |= Q(reason=OTHER, decision=Decision.ACCEPTED)
    return stands


def _due_before(scope: Scope, known: Sequence[Policy]) -> Case:
    """The day before which an excuse has to have ended for its due date to have passed (RD-08)."""
    days = CalendarDay.objects.in_session().filter(school=OuterRef("school_id"), date__lt=scope.today)
    dates = days.order_by("-date").values("date")
    latest_first = sorted(known, key=lambda policy: policy.starts_on, reverse=True)
    return Case(
        *(
            When(
                starts_on__gte=policy.starts_on,
                then=Subquery(dates[policy.excuse_due_days : policy.excuse_due_days + 1]),
            )
            for policy in latest_first
        )
    )


def _listed(scope: Scope, rows: Sequence[Excuse], known: list[Policy]) -> list[ListedExcuse]:
    days = _session_days(scope, rows)
    return [_one(scope, row, days, policy_on(row.starts_on, known)) for row in rows]


def _session_days(scope: Scope, rows: Iterable[Excuse]) -> dict[int, list[date]]:
    """By school, the session days after the earliest end."""
    ends = [row.ends_on for row in rows]
    schools = {row.school_id for row in rows}  # type: ignore[attr-defined]
    return session_days(scope, schools, min(ends) + timedelta(days=1)) if ends else {}


def _one(scope: Scope, row: Excuse, days: dict[int, list[date]], policy: Policy) -> ListedExcuse:
    school_id: int = row.school_id  # type: ignore[attr-defined]
    line = excuse_line(scope, row, days.get(school_id, []), policy, with_reasons=True)
    open_still = line.state in (PENDING, NOT_SUFFICIENT)
    return ListedExcuse(
        student_id=row.student_id,
        name=row.student.listed_name,
        school=row.school_name,  # type: ignore[attr-defined]
        decision=row.decision,
        line=line,
        is_overdue=open_still and line.due_on is not None and line.due_on < scope.today,
        may_keep=row.withdrawn_at is None and scope.may(Right.OFFICE, school_id),
    )
