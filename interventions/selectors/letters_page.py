"""The letters that are due as a page: whom to write to about what, by school."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from interventions.access import writes_letters
from interventions.models import Letter
from interventions.rules.asked_page import place_of
from interventions.selectors.letter_kind_words import KINDS, LANGUAGE_NAMES
from interventions.selectors.letters_due import Due, due_letters, nobody_to_write_to, writing_schools
from interventions.selectors.letters_due_page import DueSlice, due_slice
from students.access import Scope, visible_to
from students.models import Guardian, School, Student
from students.refusals import Forbidden

PAGE_SIZE = 50
WRITERS_ALONE = "Letters are for counselors, administrators and attendance clerks."


@dataclass(frozen=True)
class AskedLetters:
    """What a list of letters is narrowed to; `state` and `batch` are for letters that are written."""

    school_id: int | None = None
    kind: str = ""
    language: str = ""
    state: str = ""
    batch_id: int | None = None
    page: int | str = 1

    @property
    def is_narrowed(self) -> bool:
        """Whether there may be more without the filters."""
        return bool(self.school_id or self.kind or self.language or self.batch_id)


@dataclass(frozen=True)
class DueLine:
    """A letter that is due, in words."""

    due: Due
    student: str
    to: str
    kind: str | Promise
    language: str
    school: str


@dataclass(frozen=True)
class DuePage:
    """A page of the letters that are due; `ready` are written, and wait to be printed."""

    page: Page
    lines: Sequence[DueLine]
    schools: Sequence[School]
    total: int
    ready: int
    # To whom nobody may write, the first of them.
    unreachable: Sequence[Student]


def check_writes(scope: Scope) -> None:
    """Raises Forbidden for who writes no letters."""
    if not writes_letters(scope):
        raise Forbidden(WRITERS_ALONE)


def due_page(scope: Scope, asked: AskedLetters) -> DuePage:
    """The page asked for; the same number of statements however many letters are due. Raises Forbidden."""
    check_writes(scope)
    schools = writing_schools(scope)
    due, found, total = _shown(scope, asked)
    return DuePage(
        page=Paginator(range(found), PAGE_SIZE).get_page(asked.page),
        lines=_lines(scope, due, schools),
        schools=schools,
        total=total,
        ready=ready_count(scope),
        unreachable=list(nobody_to_write_to(scope)[:PAGE_SIZE]),
    )


def _shown(scope: Scope, asked: AskedLetters) -> DueSlice:
    """The letters of the page asked for."""
    return due_slice(
        scope,
        school_id=asked.school_id,
        kind=asked.kind,
        language=asked.language,
        place=place_of(asked.page),
        size=PAGE_SIZE,
    )


def due_asked(scope: Scope, asked: AskedLetters) -> list[Due]:
    """Every letter that is due and asked for, all pages of them. Raises Forbidden."""
    check_writes(scope)
    return _narrowed(due_letters(scope), asked)


def ready_count(scope: Scope) -> int:
    """How many letters are written and not printed yet."""
    return visible_to(scope, Letter).filter(withdrawn_at__isnull=True, printed_at__isnull=True).count()


def _narrowed(every: Sequence[Due], asked: AskedLetters) -> list[Due]:
    return [
        each
        for each in every
        if asked.school_id in (None, each.school_id)
        and asked.kind in ("", each.kind)
        and asked.language in ("", each.language)
    ]


def _lines(scope: Scope, due: Sequence[Due], schools: Sequence[School]) -> list[DueLine]:
    students = Student.objects.in_bulk({each.key.student_id for each in due})
    guardians = Guardian.objects.in_bulk({each.key.guardian_id for each in due} - {0})
    named = {school.pk: school.name for school in schools}
    return [
        DueLine(
            due=each,
            student=students[each.key.student_id].listed_name,
            to=str(guardians[each.key.guardian_id]) if each.key.guardian_id else _("the student in person"),
            kind=KINDS[each.kind],
            language=LANGUAGE_NAMES[each.language],
            school=named[each.school_id],
        )
        for each in due
    ]
