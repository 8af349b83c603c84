"""Writes letters that are due: each frozen as it was written, one per ground and recipient."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from django.db import transaction

from interventions.models import Crossing, Letter, LetterTemplate, Standing, TruancyNotice
from interventions.rules.letter_text import LetterFacts, written
from interventions.selectors.letter_templates import Which, templates_today, words_of
from interventions.selectors.letters_due import CROSSING, Due, DueKey, due_letters
from students.access import Scope
from students.models import District, Guardian, School, Student
from students.refusals import Refused

# Students whose letters are written in one transaction, and letters of one request.
CHUNK = 500
MOST_AT_ONCE = 3000


@dataclass(frozen=True)
class LettersMade:
    """How many letters were written, and how many of those asked for were due no longer."""

    made: int
    not_due: int


def make_letters(scope: Scope, keys: Collection[DueKey]) -> LettersMade:
    """Write the letters of these keys; what somebody else wrote meanwhile, or what lost its ground, is left out.

    Raises Refused where nothing or too much is chosen, or Forbidden for the installation. So many statements for each
    500 students.
    """
    person = scope.person
    if not keys:
        raise Refused("Choose the letters to write.")
    if len(set(keys)) > MOST_AT_ONCE:
        raise Refused(f"At most {MOST_AT_ONCE} letters are written at once.")
    asked = set(keys)
    students = sorted({key.student_id for key in asked})
    made = 0
    for start in range(0, len(students), CHUNK):
        made += _make(scope, person, asked, students[start : start + CHUNK])
    return LettersMade(made, len(asked) - made)


def _make(scope: Scope, person: int, asked: Collection[DueKey], student_ids: Sequence[int]) -> int:
    with transaction.atomic():
        # Whoever looks at a student anew locks the same row: no ground falls away while its letter is written.
        held = Standing.objects.select_for_update(no_key=True).filter(
            year__starts_on=scope.year_starts_on, student__in=student_ids
        )
        list(held.order_by("student_id").values_list("pk"))
        due = [each for each in due_letters(scope, student_ids) if each.key in asked]
        source = _Source(scope, due)
        letters = [source.letter(scope, person, each) for each in due]
        Letter.objects.bulk_create(letters, batch_size=500)
    return len(letters)


class _Source:
    """What the letters are written of, read once for all of them."""

    def __init__(self, scope: Scope, due: Sequence[Due]) -> None:
        self._students = Student.objects.in_bulk({each.key.student_id for each in due})
        self._guardians = Guardian.objects.in_bulk({each.key.guardian_id for each in due} - {0})
        self._schools = School.objects.in_bulk({each.school_id for each in due})
        self._crossings = Crossing.objects.in_bulk({each.key.ground_id for each in due if each.key.ground == CROSSING})
        self._notices = TruancyNotice.objects.in_bulk(
            {each.key.ground_id for each in due if each.key.ground != CROSSING}
        )
        self._templates: Mapping[Which, LetterTemplate] = templates_today(scope)
        self._district = District.objects.values_list("name", flat=True).get()

    def letter(self, scope: Scope, person: int, due: Due) -> Letter:
        """One letter, not yet saved."""
        template = self._templates[due.kind, due.language]
        crossing = self._crossings.get(due.key.ground_id) if due.key.ground == CROSSING else None
        notice = None if crossing else self._notices[due.key.ground_id]
        ground: Any = crossing or notice
        text = written(words_of(template), self._facts(scope, due, crossing, notice))
        return Letter(
            student_id=due.key.student_id,
            guardian_id=due.key.guardian_id or None,
            school_id=due.school_id,
            year_id=ground.year_id,
            kind=due.kind,
            crossing=crossing,
            notice=notice,
            language=due.language,
            template=template,
            made_by_id=person,
            made_at=scope.now,
            made_on=scope.today,
            **asdict(text),
        )

    def _facts(self, scope: Scope, due: Due, crossing: Crossing | None, notice: TruancyNotice | None) -> LetterFacts:
        student, days = self._students[due.key.student_id], notice.unlawful_on if notice else []
        return LetterFacts(
            language=due.language,
            student=student.full_name,
            child=student.first_name,
            recipient=str(self._guardians[due.key.guardian_id]) if due.key.guardian_id else student.full_name,
            is_to_student=not due.key.guardian_id,
            school=self._schools[due.school_id].name,
            district=self._district,
            on=scope.today,
            absences=crossing.absences if crossing else len(days),
            days=days,
        )
