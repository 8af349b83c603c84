"""The students of a class with what each one's days come to."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from attendance.rules.rates import absence_rate, printed_percent
from attendance.selectors.day_words import mode_words
from reporting.rules.class_figures import ClassCounts, Course
from reporting.selectors.class_days import OfYear, Span, days_of_year
from students.access import Scope, visible_to
from students.models import SectionEnrollment, Student


@dataclass(frozen=True)
class StudentLine:
    """A student on the roster.

    `year` is None, and there is no page to lead to, where the student is no longer this person's to look at.
    """

    student_id: int
    name: str
    sort_name: str
    ends_on: date | None
    has_left: bool
    course: Course
    year: OfYear | None

    @property
    def mode(self) -> str:
        """How the student was taught on the newest day."""
        return mode_words(self.year.mode) if self.year and self.year.mode else ""

    @property
    def year_rate(self) -> str:
        """The share of the year's decided days that the student was absent, as printed."""
        return printed_percent(absence_rate(self.year.absent, self.year.determined)) if self.year else ""


Key = Callable[[StudentLine], Fraction | int | None]


def _rate(line: StudentLine) -> Fraction | None:
    count = line.course.all
    return count.own_share if count.share is None else count.share


def _absences(line: StudentLine) -> int:
    return -line.course.all.absent - line.course.all.own_absent


# What a list may be ordered by: the one to look after first, then by name.
SORTS: dict[str, Key] = {
    "rate": _rate,
    "absent": _absences,
    "tardy": lambda line: -line.course.all.tardy,
    "trend": lambda line: line.course.moved,
    "year": lambda line: -line.year.absent if line.year else None,
}


def student_lines(
    scope: Scope, span: Span, counts: ClassCounts, sort: str = ""
) -> tuple[list[StudentLine], list[StudentLine]]:
    """Who is on the roster today, and who was in the span and has left; three statements.

    By name unless `sort` is one of SORTS. The caller took the class from the scope.
    """
    rows = SectionEnrollment.objects.filter(section=span.section_id, starts_on__lte=span.to_date)
    places = list(rows.exclude(ends_on__lt=span.from_date).select_related("student").order_by("starts_on"))
    student_ids = {each.student_id for each in places}
    seen = set(visible_to(scope, Student).filter(pk__in=student_ids).values_list("pk", flat=True))
    years = days_of_year(scope, seen)
    # Who left and came back has two places; the later one stands.
    newest = {each.student_id: each for each in places}
    lines = [_line(scope, each, counts, seen, years) for each in newest.values()]
    here, left = ([each for each in lines if each.has_left is gone] for gone in (False, True))
    return _ordered(here, sort), _ordered(left, sort)


def _line(
    scope: Scope, place: SectionEnrollment, counts: ClassCounts, seen: set[int], years: dict[int, OfYear]
) -> StudentLine:
    student = place.student
    return StudentLine(
        student_id=student.pk,
        name=student.listed_name,
        sort_name=student.sort_name,
        ends_on=place.ends_on,
        has_left=place.ends_on is not None and place.ends_on < scope.today,
        course=counts.students.get(student.pk) or Course(),
        year=years.get(student.pk, OfYear(0, 0, "")) if student.pk in seen else None,
    )


def _ordered(lines: Sequence[StudentLine], sort: str) -> list[StudentLine]:
    by_name = sorted(lines, key=lambda line: (line.sort_name, line.student_id))
    key = SORTS.get(sort)
    if key is None:
        return by_name
    known = [each for each in by_name if key(each) is not None]
    return [*sorted(known, key=key), *(each for each in by_name if key(each) is None)]  # type: ignore[arg-type]
