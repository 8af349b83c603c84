"""Notes between a family and the office: a family's own thread of a child, and an office's threads."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.core.paginator import Page, Paginator
from django.db.models import Exists, F, OuterRef, QuerySet, Subquery

from attendance.models import FamilyNote, NoteThread, ReplyTemplate
from attendance.rules.family_notes import in_language
from attendance.selectors.local_times import local_time, local_time_of
from attendance.selectors.office_days import office, offices
from students.access import Scope
from students.languages.offered import offered_or_english
from students.models import Enrollment, FamilyAccount, GuardianLink, School, Student
from students.refusals import NotInScope
from students.rules.majority import is_of_age
from students.selectors.families import own_child

PAGE_SIZE = 25
# Of a thread, the newest so many.
MOST_SHOWN = 100
UNANSWERED, EVERY = "", "every"


@dataclass(frozen=True)
class NoteLine:
    """One note; `by` is for the office alone, since a family is answered by the school."""

    id: int
    from_family: bool
    words: str
    by: str
    at: datetime


@dataclass(frozen=True)
class FamilyNotes:
    """A family's own thread of a child, the oldest note first."""

    child: Student
    lines: Sequence[NoteLine]


@dataclass(frozen=True)
class ListedThread:
    """A thread as the office's list has it."""

    id: int
    name: str
    whose: str
    language: str
    needs_answer: bool
    last_words: str
    last_at: datetime


@dataclass(frozen=True)
class ThreadList:
    """A page of an office's threads."""

    school: School
    schools: Sequence[School]
    show: str
    page: Page
    lines: Sequence[ListedThread]


@dataclass(frozen=True)
class ThreadPage:
    """One thread with the answers that are given often, in the family's language.

    `seen` is the newest note's id; `reads`: whether the family may read an answer today (custody, majority).
    """

    id: int
    school: School
    student_id: int
    name: str
    whose: str
    language: str
    needs_answer: bool
    lines: Sequence[NoteLine]
    seen: int
    family_read_at: datetime | None
    reads: bool
    templates: Sequence[tuple[int, str, str]]


def family_notes(scope: Scope, student_id: int) -> FamilyNotes:
    """One's own thread about a child; empty before the first note. Raises NotInScope."""
    child = own_child(scope, student_id)
    thread = own_thread(scope, child)
    return FamilyNotes(child, _lines(scope, thread) if thread else ())


def own_thread(scope: Scope, child: Student) -> NoteThread | None:
    """This account's thread about a child, whom the caller took from `own_child`."""
    return NoteThread.objects.filter(student=child, guardian=speaking_guardian(scope, child)).first()


def speaking_guardian(scope: Scope, child: Student) -> int | None:
    """The guardian for whom this account speaks about a child today; None where it is the student in person."""
    links = GuardianLink.objects.holding_on(scope.today).filter(student=child, may_access=True)
    accounts = FamilyAccount.objects.filter(user=scope.user_id, ended_at=None, guardian__in=links.values("guardian_id"))
    in_person = FamilyAccount.objects.filter(user=scope.user_id, ended_at=None, student=child).exists()
    if in_person and (is_of_age(child.birth_date, scope.today) or not accounts.exists()):
        return None
    return accounts.values_list("guardian_id", flat=True).order_by("guardian_id").first()


def thread_list(scope: Scope, school_id: int | None, *, show: str = UNANSWERED, page: int | str = 1) -> ThreadList:
    """An office's threads: those that wait for an answer, the oldest first, or all. Raises NotInScope or Forbidden."""
    school = office(scope, school_id)
    found = threads_of(scope, [school.pk])
    found = found.order_by("-last_at", "-pk") if show == EVERY else found.filter(needs_answer=True).order_by("last_at")
    newest = FamilyNote.objects.filter(thread=OuterRef("pk")).order_by("-written_at", "-pk")
    told = found.select_related("student", "guardian").annotate(last_words=Subquery(newest.values("words")[:1]))
    shown = Paginator(told, PAGE_SIZE).get_page(page)
    lines = [
        ListedThread(
            id=each.pk,
            name=each.student.listed_name,
            whose=str(each.guardian or ""),
            language=each.guardian.language if each.guardian else "",
            needs_answer=each.needs_answer,
            last_words=each.last_words or "",  # type: ignore[attr-defined]
            last_at=local_time(scope, each.last_at),
        )
        for each in shown.object_list
    ]
    return ThreadList(school, offices(scope), show if show == EVERY else UNANSWERED, shown, lines)


def threads_of(scope: Scope, school_ids: Collection[int]) -> QuerySet[NoteThread]:
    """The threads about students whose primary school is one of these today; the caller took them from the scope."""
    here = Enrollment.attending_on(scope.today).filter(school__in=school_ids, is_primary=True)
    return NoteThread.objects.filter(Exists(here.filter(student=OuterRef("student"))))


def unanswered(scope: Scope, school_ids: Collection[int]) -> QuerySet[NoteThread]:
    """The threads that wait for the offices; the caller took them from the scope."""
    return threads_of(scope, school_ids).filter(needs_answer=True)


def thread_page(scope: Scope, thread_id: int) -> ThreadPage:
    """One thread of a school whose office somebody keeps. Raises NotInScope or Forbidden."""
    thread, school = kept_thread(scope, thread_id)
    lines = _lines(scope, thread, named=True)
    language = offered_or_english(thread.guardian.language if thread.guardian else "")
    return ThreadPage(
        id=thread.pk,
        school=school,
        student_id=thread.student_id,
        name=thread.student.listed_name,
        whose=str(thread.guardian or ""),
        language=language,
        needs_answer=thread.needs_answer,
        lines=lines,
        seen=lines[-1].id if lines else 0,
        family_read_at=local_time_of(scope, thread.family_read_at),
        reads=may_read(scope, thread),
        templates=_templates(language),
    )


def kept_thread(scope: Scope, thread_id: int) -> tuple[NoteThread, School]:
    """A thread and the school whose office keeps it today. Raises NotInScope, or Forbidden for who keeps no office."""
    kept = offices(scope)
    held = Enrollment.attending_on(scope.today).filter(is_primary=True, school__in=kept)
    found = NoteThread.objects.select_related("student", "guardian").filter(pk=thread_id)
    thread = found.filter(student__in=held.values("student_id")).first()
    if thread is None:
        raise NotInScope
    school_id = held.filter(student=thread.student_id).values_list("school_id", flat=True)[0]
    return thread, next(each for each in kept if each.pk == school_id)


def may_read(scope: Scope, thread: NoteThread) -> bool:
    """Whether whoever wrote a thread may read of the student today: an answer to anybody else tells of a child."""
    of_age = is_of_age(thread.student.birth_date, scope.today)
    links = GuardianLink.objects.holding_on(scope.today).filter(student=thread.student_id)
    if thread.guardian_id is None:
        return of_age or not links.exists()
    return not of_age and links.filter(guardian=thread.guardian_id, may_access=True).exists()


def reply_templates(scope: Scope) -> list[ReplyTemplate]:
    """The answers that offices give often, in use and retired, for who keeps an office. Raises Forbidden."""
    offices(scope)
    return list(ReplyTemplate.objects.order_by(F("retired_at").asc(nulls_first=True), "name"))


def _templates(language: str) -> list[tuple[int, str, str]]:
    return [
        (
            each.pk,
            each.name,
            in_language(
                language,
                english=each.in_english,
                spanish=each.in_spanish,
                haitian_creole=each.in_haitian_creole,
            ),
        )
        for each in ReplyTemplate.objects.filter(retired_at=None)
    ]


def _lines(scope: Scope, thread: NoteThread, *, named: bool = False) -> list[NoteLine]:
    newest = thread.notes.select_related("written_by").order_by("-written_at", "-pk")[:MOST_SHOWN]
    return [
        NoteLine(
            id=each.pk,
            from_family=each.from_family,
            words=each.words,
            by=each.written_by.full_name if named else "",
            at=local_time(scope, each.written_at),
        )
        for each in reversed(newest)
    ]
