"""The early warnings of a school and their track record, as its students' days say: not yet written anywhere."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from interventions.models import EarlyWarning, WarningRecord
from interventions.rules.early_warning import Course, Reason, Threshold, thresholds
from interventions.rules.policy import CarePolicy
from interventions.rules.warning_record import ANY, LookedBack, Tally, Terms, look_back
from interventions.selectors.policies import care_policies
from interventions.selectors.standings import school_year_on
from interventions.selectors.warning_days import StudentDays, days_ahead, student_days
from students.access import Scope
from students.models import SchoolYear

# Days shown beside a warning.
LAST_ABSENCES = 3


@dataclass(frozen=True)
class FoundWarnings:
    """A school's warnings, by student and threshold, and its track record."""

    warnings: Sequence[EarlyWarning]
    record: Sequence[WarningRecord]


NOTHING = FoundWarnings((), ())


def found_warnings(scope: Scope, school_id: int) -> FoundWarnings:
    """What holds at the end of yesterday, today being the first of the days ahead; nothing outside a school year.

    As many statements for any number of students.
    """
    year = school_year_on(scope, scope.today)
    if year is None:
        return NOTHING
    through = scope.today - timedelta(days=1)
    return _Looking(scope, year, school_id, through).found()


class _Looking:
    """One look at a school: the terms of its thresholds and its calendar, and what adds up."""

    def __init__(self, scope: Scope, year: SchoolYear, school_id: int, through: date) -> None:
        self._scope, self._year, self._school_id, self._through = scope, year, school_id, through
        policies = sorted(care_policies(scope), key=lambda each: each.starts_on)
        self._terms = {obliged: _terms(policies, obliged=obliged) for obliged in (True, False)}
        self._ahead = days_ahead(scope, year, school_id)
        self._tallies: dict[tuple[str, str], Tally] = defaultdict(Tally)
        self._first_on = through

    def found(self) -> FoundWarnings:
        warnings: list[EarlyWarning] = []
        for student in student_days(self._scope, self._year, self._school_id, through=self._through):
            self._first_on = min(self._first_on, student.days[0][0])
            looked = look_back(student.days, self._ahead, self._terms[student.is_obliged])
            self._count(looked)
            if student.is_enrolled and self._is_current(student):
                warnings += self._warnings(student, looked)
        return FoundWarnings(warnings, self._record())

    def _is_current(self, student: StudentDays) -> bool:
        """Whether no school day has passed without the student: who comes back from elsewhere begins anew."""
        return self._ahead(student.days[-1][0]) == self._ahead(self._through)

    def _count(self, looked: LookedBack) -> None:
        for key, tally in looked.tallies.items():
            self._tallies[key].add(tally)

    def _warnings(self, student: StudentDays, looked: LookedBack) -> Iterator[EarlyWarning]:
        counts = {each.key: each.counts for _from, wanted in self._terms[student.is_obliged] for each in wanted}
        for course, since in looked.courses:
            yield EarlyWarning(
                student_id=student.student_id,
                school_id=self._school_id,
                grade=student.grade,
                since=since,
                last_absences=[day for day, kind in student.days if kind in counts[course.threshold]][-LAST_ABSENCES:],
                as_of=self._through,
                **_figures(course),
            )

    def _record(self) -> list[WarningRecord]:
        return [
            WarningRecord(
                school_id=self._school_id,
                threshold=threshold,
                sign=sign,
                judged=tally.judged,
                came_true=tally.came_true,
                still_open=tally.unjudged,
                crossings=tally.crossings if sign == ANY else 0,
                first_on=self._first_on,
                as_of=self._through,
            )
            for (threshold, sign), tally in sorted(self._tallies.items())
        ]


def _terms(policies: Sequence[CarePolicy], *, obliged: bool) -> Terms:
    found: list[tuple[date, Sequence[Threshold]]] = []
    for each in policies:
        found.append((each.starts_on, thresholds(each, obliged=obliged)))
    return found


def _figures(course: Course) -> Mapping[str, Any]:
    return {
        "threshold": course.threshold,
        "absences": course.absent,
        "away": course.away,
        "by": course.by,
        "reasons": [_kept(each) for each in course.reasons],
    }


def _kept(reason: Reason) -> dict[str, Any]:
    patterns = [[each.weekday, each.absent, each.among, each.ahead] for each in reason.patterns]
    return {"sign": reason.sign.value, "absent": reason.absent, "among": reason.among, "patterns": patterns}
