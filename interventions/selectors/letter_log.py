"""The letters that were written: what waits to be printed, and the log of what was sent to whom."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from interventions.models import Letter, LetterBatch
from interventions.rules.letter_kinds import LetterKind
from interventions.selectors.letter_kind_words import KINDS, LANGUAGE_NAMES, withdrawal_of
from interventions.selectors.letters_due import writing_schools
from interventions.selectors.letters_page import PAGE_SIZE, AskedLetters, check_writes, ready_count
from students.access import Scope, visible_to
from students.models import School
from students.refusals import NotInScope

READY, PRINTED, WITHDRAWN, EVERY = "", "printed", "withdrawn", "every"
STATES = (READY, PRINTED, WITHDRAWN, EVERY)

_AS_HANDED_OUT = ("school__name", "student__sort_name", "student", "guardian", "pk")
_STANDS = Q(withdrawn_at__isnull=True)
_PRINTED = Q(printed_at__isnull=False)
_IN_STATE = {READY: _STANDS & ~_PRINTED, PRINTED: _STANDS & _PRINTED, WITHDRAWN: ~_STANDS, EVERY: Q()}


@dataclass(frozen=True)
class LetterLine:
    """A letter in words; `withdrawn` says why, where it is."""

    letter: Letter
    student: str
    to: str
    kind: str | Promise
    language: str
    withdrawn: str

    @property
    def is_ready(self) -> bool:
        """Whether it waits to be printed."""
        return self.letter.stands and self.letter.printed_at is None

    @property
    def has_file(self) -> bool:
        """Whether it was printed and stands: then it can be printed once more."""
        return self.letter.stands and self.letter.printed_at is not None


@dataclass(frozen=True)
class LetterLog:
    """A page of letters. `batch` is the one asked for, of which `in_batch` letters stand."""

    page: Page
    lines: Sequence[LetterLine]
    schools: Sequence[School]
    ready: int
    batch: LetterBatch | None
    in_batch: int


def letter_log(scope: Scope, asked: AskedLetters) -> LetterLog:
    """A page of this school year's letters, the newest first; those to be printed as they are handed out.

    So many statements however many. Raises Forbidden, or NotInScope for a batch without a letter of somebody's own.
    """
    check_writes(scope)
    found = found_letters(scope, asked)
    ordered = found.order_by(*_AS_HANDED_OUT) if asked.state == READY else found
    shown = Paginator(_with_names(ordered), PAGE_SIZE).get_page(asked.page)
    batch, in_batch = _batch(scope, asked.batch_id)
    lines = [letter_line(scope, each) for each in shown.object_list]
    return LetterLog(shown, lines, writing_schools(scope), ready_count(scope), batch, in_batch)


def found_letters(scope: Scope, asked: AskedLetters) -> QuerySet[Letter]:
    """The letters that are asked for, all pages of them."""
    found = visible_to(scope, Letter).filter(_IN_STATE[asked.state], year__starts_on=scope.year_starts_on)
    narrowed = {"school": asked.school_id, "kind": asked.kind, "language": asked.language, "batch": asked.batch_id}
    return found.filter(**{name: value for name, value in narrowed.items() if value}).order_by("-made_at", "-pk")


def ready_ids(scope: Scope, asked: AskedLetters, most: int) -> list[int]:
    """The ids of letters that are ready and asked for, by school, student and recipient: as they are handed out."""
    found = found_letters(scope, asked).filter(_IN_STATE[READY])
    return list(found.order_by(*_AS_HANDED_OUT).values_list("pk", flat=True)[:most])


def log_rows(scope: Scope, asked: AskedLetters) -> Iterator[LetterLine]:
    """Every letter asked for, a few hundred at a time. Raises Forbidden."""
    check_writes(scope)
    found = _with_names(found_letters(scope, asked))
    return (letter_line(scope, each) for each in found.iterator(chunk_size=500))


def one_letter(scope: Scope, letter_id: int) -> LetterLine:
    """A letter of whatever year. Raises NotInScope."""
    found = _with_names(visible_to(scope, Letter).filter(pk=letter_id)).first()
    if found is None:
        raise NotInScope
    return letter_line(scope, found)


def letters_of(scope: Scope, student_id: int, year_id: int) -> list[LetterLine]:
    """The letters about a student of a school year that are in the scope, the newest first; one statement."""
    found = _with_names(visible_to(scope, Letter).filter(student=student_id, year=year_id))
    return [letter_line(scope, each) for each in found.order_by("-made_at", "-pk")]


def letter_line(scope: Scope, letter: Letter) -> LetterLine:
    """A letter out of the scope, in words."""
    return LetterLine(
        letter=letter,
        student=letter.student.listed_name,
        to=str(letter.guardian) if letter.guardian else _("the student in person"),
        kind=KINDS[LetterKind(letter.kind)],
        language=LANGUAGE_NAMES[letter.language],
        withdrawn=withdrawal_of(letter),
    )


def _with_names(letters: QuerySet[Letter]) -> QuerySet[Letter]:
    return letters.select_related(
        "student", "guardian", "school", "made_by", "withdrawn_by", "batch__printed_by", "crossing", "notice"
    )


def _batch(scope: Scope, batch_id: int | None) -> tuple[LetterBatch | None, int]:
    if batch_id is None:
        return None, 0
    mine = visible_to(scope, Letter).filter(batch=batch_id)
    batch = LetterBatch.objects.select_related("printed_by").filter(pk__in=mine.values("batch")).first()
    if batch is None:
        raise NotInScope
    return batch, mine.filter(_STANDS).count()
