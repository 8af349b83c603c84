"""Disengaged students as pages and files show them: who, where, by which criterion and days, and who looks for them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import OuterRef, Q, Subquery

from attendance.models import Mode
from interventions.models import Case, Need, OutreachAssignment, Standing
from interventions.selectors.criterion_words import CriterionLine, criterion_line
from interventions.selectors.disengaged import Lost, disengaged_standings
from interventions.selectors.queue import enrolled, newest_day
from students.access import Scope, visible_to


@dataclass(frozen=True)
class LostLine:
    """One disengaged student; `case_id` is the open case, and `worker` empty where nobody looks for the student."""

    student_id: int
    name: str
    state_id: str
    school: str
    grade: str
    mode: str
    absences: int
    criteria: Sequence[CriterionLine]
    language: str
    need: str
    case_id: int | None
    assignment_id: int | None
    worker: str

    @property
    def why(self) -> str:
        """The criteria as one sentence without its end."""
        words = "; ".join(each.words for each in self.criteria)
        return words[:1].upper() + words[1:]


def lost_lines(scope: Scope, students: Sequence[Lost]) -> list[LostLine]:
    """The lines of students that `disengaged` gave out, in its order; two statements, with the year's."""
    rows = {row.pk: row for row in _rows(scope, [each.standing_id for each in students])}
    looked_after = _assignments([each.student_id for each in students if each.worker_id is not None])
    return [
        _line(each, rows[each.standing_id], looked_after.get(each.student_id))
        for each in students
        if each.standing_id in rows
    ]


def _rows(scope: Scope, standing_ids: Sequence[int]) -> Sequence[Standing]:
    cases = visible_to(scope, Case).filter(student=OuterRef("student"), closed_at=None)
    found = disengaged_standings(scope).filter(pk__in=standing_ids).select_related("student", "school")
    annotated = found.annotate(
        grade=Subquery(enrolled(scope).values("grade")[:1]),
        mode=Subquery(newest_day(scope).values("mode")[:1]),
        case_id=Subquery(cases.values("pk")[:1]),
    )
    return list(annotated)


def _assignments(student_ids: Sequence[int]) -> Mapping[int, OutreachAssignment]:
    found = OutreachAssignment.objects.filter(Q(student__in=student_ids), ended_at=None).select_related("worker__user")
    return {each.student_id: each for each in found}


def _line(student: Lost, row: Standing, assignment: OutreachAssignment | None) -> LostLine:
    mode = row.mode  # type: ignore[attr-defined]
    return LostLine(
        student_id=student.student_id,
        name=row.student.listed_name,
        state_id=row.student.state_id,
        school=row.school.name if row.school else "",
        grade=row.grade or "",  # type: ignore[attr-defined]
        mode=str(Mode(mode).label) if mode else "",
        absences=row.absences,
        criteria=[criterion_line(each) for each in row.criteria],
        language=student.language,
        need=str(Need(student.need).label),
        case_id=row.case_id,  # type: ignore[attr-defined]
        assignment_id=assignment.pk if assignment else None,
        worker=assignment.worker.user.full_name if assignment else "",
    )
