"""The early warnings in scope: students who are on course to cross a threshold, whoever crosses first at the top."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Min, QuerySet

from interventions.models import Case, EarlyWarning
from interventions.rules.early_warning import Threshold, thresholds
from interventions.rules.policy import policy_on
from interventions.selectors.policies import care_policies
from interventions.selectors.warning_words import away_words, reason_words, threshold_words
from students.access import Scope, visible_to
from students.refusals import Forbidden

PAGE_SIZE = 50


@dataclass(frozen=True)
class Asked:
    """What the list is narrowed to; `threshold` and `sign` as interventions.rules.early_warning names them."""

    school_id: int | None = None
    grade: str = ""
    threshold: str = ""
    sign: str = ""
    page: int | str = 1

    @property
    def narrows(self) -> bool:
        """Whether something is left out."""
        return any((self.school_id, self.grade, self.threshold, self.sign))


@dataclass(frozen=True)
class WarningLine:
    """One threshold that a student is on course to cross, in words; dates of absences in order."""

    threshold: str
    absences: int
    away: int
    away_words: str
    by: date
    since: date
    reasons: Sequence[str]
    last_absences: Sequence[date]


@dataclass(frozen=True)
class WarnedStudent:
    """A student with the warnings asked for; `case_id` is the open case, if the viewer may see it."""

    student_id: int
    name: str
    state_id: str
    school: str
    grade: str
    case_id: int | None
    warnings: Sequence[WarningLine]
    # Every reason once: the same figures of all absences and of unexcused ones are said of all.
    reasons: Sequence[str]

    @property
    def last_absences(self) -> Sequence[date]:
        """The newest absences that some threshold counts, in order."""
        return sorted({day for each in self.warnings for day in each.last_absences})[-3:]


def check_sees_warnings(scope: Scope) -> None:
    """Raises Forbidden for whoever is in no care team."""
    if not scope.works_cases:
        raise Forbidden("Early warnings are for counselors and administrators: the care team of a school.")


def warned_page(scope: Scope, asked: Asked) -> tuple[Page, list[WarnedStudent]]:
    """A page of students and its lines; five statements however many there are. Raises Forbidden, NoCarePolicy."""
    check_sees_warnings(scope)
    page = Paginator(_students(scope, asked), PAGE_SIZE).get_page(asked.page)
    return page, _lines(scope, asked, list(page.object_list))


def warned_students(scope: Scope, asked: Asked) -> list[WarnedStudent]:
    """Every student asked for, in order. Raises Forbidden, NoCarePolicy."""
    check_sees_warnings(scope)
    return _lines(scope, asked, list(_students(scope, asked)))


def current_warnings(scope: Scope) -> QuerySet[EarlyWarning]:
    """The warnings of this school year that somebody may see."""
    return visible_to(scope, EarlyWarning).filter(as_of__gte=scope.year_starts_on)


def current_thresholds(scope: Scope) -> Sequence[Threshold]:
    """What can be crossed under today's policy, by students whom the law obliges. Raises NoCarePolicy."""
    return thresholds(policy_on(scope.today, care_policies(scope)), obliged=True)


def _asked(scope: Scope, asked: Asked) -> QuerySet[EarlyWarning]:
    found = current_warnings(scope)
    if asked.school_id:
        found = found.filter(school=asked.school_id)
    if asked.grade:
        found = found.filter(grade=asked.grade)
    if asked.threshold:
        found = found.filter(threshold=asked.threshold)
    return found.filter(reasons__contains=[{"sign": asked.sign}]) if asked.sign else found


def _students(scope: Scope, asked: Asked) -> QuerySet[Any, int]:
    rows = _asked(scope, asked).values("student_id")
    nearest = rows.annotate(first=Min("by"), near=Min("away"), name=Min("student__sort_name"))
    return nearest.order_by("first", "near", "name", "student_id").values_list("student_id", flat=True)


def _lines(scope: Scope, asked: Asked, student_ids: Sequence[int]) -> list[WarnedStudent]:
    rows = _asked(scope, asked).filter(student__in=student_ids).select_related("student", "school")
    by_student: dict[int, list[EarlyWarning]] = defaultdict(list)
    for each in rows.order_by("by", "away", "threshold"):
        by_student[each.student_id].append(each)
    open_cases = visible_to(scope, Case).filter(student__in=student_ids, closed_at=None)
    cases = dict(open_cases.values_list("student_id", "pk"))
    names = {each.key: threshold_words(each) for each in current_thresholds(scope)}
    return [_student(by_student[each], cases.get(each), names) for each in student_ids if each in by_student]


def _student(rows: Sequence[EarlyWarning], case_id: int | None, names: dict[str, str]) -> WarnedStudent:
    first = rows[0]
    return WarnedStudent(
        student_id=first.student_id,
        name=first.student.listed_name,
        state_id=first.student.state_id,
        school=first.school.name,
        grade=first.grade,
        case_id=case_id,
        warnings=[_line(each, names) for each in rows],
        reasons=_reasons(rows),
    )


def _reasons(rows: Sequence[EarlyWarning]) -> list[str]:
    found: dict[str, str] = {}
    for row in sorted(rows, key=lambda each: each.threshold.startswith("truancy")):
        for reason in row.reasons:
            found.setdefault(str(reason), reason_words(reason, row.threshold))
    return list(found.values())


def _line(row: EarlyWarning, names: dict[str, str]) -> WarningLine:
    return WarningLine(
        threshold=names.get(row.threshold, row.threshold),
        absences=row.absences,
        away=row.away,
        away_words=away_words(row.away),
        by=row.by,
        since=row.since,
        reasons=[reason_words(each, row.threshold) for each in row.reasons],
        last_absences=row.last_absences,
    )
