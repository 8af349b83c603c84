"""The student page: place, year, excuses and care as far as whoever reads may know (RD-60, RD-61)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from attendance.selectors.student_excuses import YearExcuse, student_excuses
from reporting.selectors.student_care import Care, Counted, care, counted_days
from reporting.selectors.student_record import StudentRecord, student_record
from reporting.selectors.student_year import StudentYear, student_year
from reporting.selectors.student_year_words import chronic_words
from students.access import Scope
from students.models import Enrollment, SchoolYear
from students.rules.state_codes import NO_SHOW


@dataclass(frozen=True)
class YearParts:
    """What a school year holds of a student."""

    shown: StudentYear
    chronic: str
    counted: Counted | None
    excuses: Sequence[YearExcuse]
    care: Care


@dataclass(frozen=True)
class StudentPage:
    """The page. `place` is the primary enrollment of today, else the newest that has begun, else the first to come.

    `year` is None before the first school year begins, and for a student who is not enrolled in this one; `begins_on`
    is the day on which the next year begins where none has begun.
    """

    record: StudentRecord
    place: Enrollment | None
    year: YearParts | None
    begins_on: date | None

    @property
    def is_former(self) -> bool:
        """Whether the last enrollment is over."""
        return self.place is not None and self.place.ends_on is not None and self.place.ends_on < self.record.today


def student_page(scope: Scope, student_id: int, on: date) -> StudentPage:
    """The page, with the classes of a day; as many statements whatever the year holds. Raises NotInScope."""
    record = student_record(scope, student_id, on)
    years = list(SchoolYear.objects.order_by("starts_on"))
    year = next((each for each in years if each.starts_on == scope.year_starts_on), None)
    held = [each for each in record.enrollments if year and _is_in(each, year)]
    return StudentPage(
        record=record,
        place=_place(record.enrollments, scope.today),
        year=_parts(scope, record, year, held) if year and held else None,
        begins_on=None if year else next((each.starts_on for each in years if each.starts_on > scope.today), None),
    )


def _is_in(enrollment: Enrollment, year: SchoolYear) -> bool:
    ends = year.ends_on or date.max
    return enrollment.starts_on <= ends and (enrollment.ends_on or date.max) >= year.starts_on


def _place(enrollments: Sequence[Enrollment], today: date) -> Enrollment | None:
    """The enrollments are in order, the newest first."""
    primary = [each for each in enrollments if each.is_primary and each.exit_code != NO_SHOW]
    begun = [each for each in primary if each.starts_on <= today]
    if begun:
        return begun[0]
    return primary[-1] if primary else None


def _parts(scope: Scope, record: StudentRecord, year: SchoolYear, held: Sequence[Enrollment]) -> YearParts:
    student, schools = record.student, {each.school_id for each in held}
    shown = student_year(scope, student, year)
    return YearParts(
        shown=shown,
        chronic=chronic_words(shown.figures),
        counted=counted_days(scope, student.pk, year, schools),
        excuses=student_excuses(scope, student.pk, record.enrollments, year.starts_on, year.ends_on or scope.today),
        care=care(scope, student.pk, year.pk, schools),
    )
