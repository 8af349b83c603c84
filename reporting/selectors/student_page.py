"""The student page: place, year, excuses and care as far as whoever reads may know (RD-60, RD-61)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef

from attendance.models import DailyAttendance
from attendance.selectors.student_excuses import YearExcuse, student_excuses
from reporting.selectors.student_care import Care, Counted, care, counted_days
from reporting.selectors.student_record import StudentRecord, student_record
from reporting.selectors.student_year import StudentYear, student_year
from reporting.selectors.student_year_words import chronic_words
from students.access import Scope, visible_to
from students.models import Enrollment, SchoolYear, Student
from students.rules.state_codes import NO_SHOW


@dataclass(frozen=True)
class YearParts:
    """What a school year holds of a student; `places` are the enrollments in it, the first first."""

    shown: StudentYear
    places: Sequence[Enrollment]
    chronic: str
    counted: Counted | None
    excuses: Sequence[YearExcuse]
    care: Care


@dataclass(frozen=True)
class StudentPage:
    """The page. `place` is the primary enrollment of today, else the newest that has begun, else the first to come.

    `year` is None before the first school year begins, and for a student who is not enrolled in this one; `begins_on`
    is the day on which the next year begins where none has begun. `years` are those that may be chosen, the newest
    first: this one, and every earlier one of which the ledger still holds days.
    """

    record: StudentRecord
    place: Enrollment | None
    year: YearParts | None
    years: Sequence[SchoolYear]
    is_earlier: bool
    begins_on: date | None

    @property
    def is_former(self) -> bool:
        """Whether the last enrollment is over."""
        return self.place is not None and self.place.ends_on is not None and self.place.ends_on < self.record.today


def student_page(scope: Scope, student_id: int, on: date | None = None, first_year: int | None = None) -> StudentPage:
    """The page, of this school year or of the one that began in `first_year`, where the ledger holds days of it.

    With the classes of a day; where none is asked for, today, or the last day of an earlier year. What somebody may
    know of an earlier year follows from today's roles and this year's schools. As many statements whatever the year
    holds. Raises NotInScope.
    """
    years = _years(scope, student_id)
    now = next((each for each in years if each.starts_on == scope.year_starts_on), None)
    earlier = [each for each in years if each.has_days and each.starts_on < scope.year_starts_on]  # type: ignore[attr-defined]
    chosen = next((each for each in earlier if each.starts_on.year == first_year), None)
    record = student_record(scope, student_id, on or (chosen.ends_on if chosen else None) or scope.today)
    year = chosen or now
    in_now, in_year = (_held(record.enrollments, each) for each in (now, year))
    return StudentPage(
        record=record,
        place=_place(record.enrollments, scope.today),
        year=_parts(scope, record, year, in_year, {each.school_id for each in in_now}) if year and in_year else None,
        years=[*([now] if now and in_now else []), *reversed(earlier)],
        is_earlier=chosen is not None,
        begins_on=None if now else next((each.starts_on for each in years if each.starts_on > scope.today), None),
    )


def _years(scope: Scope, student_id: int) -> list[SchoolYear]:
    student = visible_to(scope, Student).filter(pk=student_id)
    days = DailyAttendance.objects.filter(
        student__in=student, date__gte=OuterRef("starts_on"), date__lte=OuterRef("ends_on")
    )
    return list(SchoolYear.objects.annotate(has_days=Exists(days)).order_by("starts_on"))


def _held(enrollments: Sequence[Enrollment], year: SchoolYear | None) -> list[Enrollment]:
    return [each for each in enrollments if year and _is_in(each, year)]


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


def _parts(
    scope: Scope, record: StudentRecord, year: SchoolYear, held: Sequence[Enrollment], school_ids: set[int]
) -> YearParts:
    """The schools are those by which somebody's rights are told."""
    student = record.student
    shown = student_year(scope, student, year)
    return YearParts(
        shown=shown,
        places=sorted((each for each in held if each.exit_code != NO_SHOW), key=lambda each: each.starts_on),
        chronic=chronic_words(shown.figures),
        counted=counted_days(scope, student.pk, year, school_ids),
        excuses=student_excuses(scope, student.pk, record.enrollments, year.starts_on, year.ends_on or scope.today),
        care=care(scope, student.pk, year.pk, school_ids),
    )
