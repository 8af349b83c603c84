"""The rows of the state's files, from the facts of a month, by a layout."""

from collections.abc import Iterator

from reporting.rules.enrollment_standing import standing_of
from reporting.rules.facts import EnrollmentFact, MonthFacts
from reporting.rules.figures import SummaryLine, summary_lines, tallied
from reporting.rules.layouts import Layout
from reporting.rules.month_names import month_name
from reporting.rules.record_sources import (
    ATTENDANCE,
    CALENDAR,
    DAYS_TAUGHT,
    ENROLLMENT,
    LMS_METADATA,
    MONTHLY_ABSENCES,
    SUMMARY,
    TEACHER_SCHEDULES,
    TRUANCY_NOTICES,
)
from reporting.rules.records_beside import lms_metadata, teacher_schedules, truancy_notices


def records(facts: MonthFacts, layout: Layout, record_set: str) -> list[list[str]]:
    """Every row of one record set. Raises LayoutFault where a value does not fit; nothing is left out in silence."""
    sources = {
        DAYS_TAUGHT: _days_taught,
        CALENDAR: _calendar,
        ENROLLMENT: _enrollment,
        ATTENDANCE: _attendance,
        MONTHLY_ABSENCES: _monthly_absences,
        SUMMARY: _summary,
        LMS_METADATA: lms_metadata,
        TEACHER_SCHEDULES: teacher_schedules,
        TRUANCY_NOTICES: truancy_notices,
    }
    columns = layout.record_set(record_set)
    return [columns.record(row) for row in sources[record_set](facts)]


def _days_taught(facts: MonthFacts) -> Iterator[dict[str, str]]:
    for grade in sorted({day.grade for day in facts.days}):
        yield {**_of_the_month(facts), "grade": grade, "session_days": str(facts.days_in_session.of(grade))}


def _of_the_month(facts: MonthFacts) -> dict[str, str]:
    month = str(month_name(facts.month, facts.first_year))
    return {"organization": facts.school.organization, "month": month}


def _enrollment(facts: MonthFacts) -> Iterator[dict[str, str]]:
    def by_state_id(each: EnrollmentFact) -> tuple[str, str]:
        return facts.people[each.student_id].state_id, each.entered_on.isoformat()

    for each in sorted(facts.enrollments, key=by_state_id):
        yield {
            "organization": facts.school.organization,
            "state_id": facts.people[each.student_id].state_id,
            "grade": each.grade,
            "standing": standing_of(each),
            "entered_on": each.entered_on.isoformat(),
            "entry_code": each.entry_code,
            "left_on": each.left_on.isoformat() if each.left_on else "",
            "exit_code": each.exit_code,
            "primary": _yes(each.is_primary),
            "counted": _yes(each.counted_in_ada),
        }


def _yes(said: bool) -> str:
    return "yes" if said else "no"


def _attendance(facts: MonthFacts) -> Iterator[dict[str, str]]:
    organization = facts.school.organization
    for day in sorted(facts.days, key=lambda day: (facts.people[day.student_id].state_id, day.date)):
        yield {
            "organization": organization,
            "state_id": facts.people[day.student_id].state_id,
            "event_type": "daily",
            "date": day.date.isoformat(),
            "status": day.status,
        }


def _calendar(facts: MonthFacts) -> Iterator[dict[str, str]]:
    for day in facts.calendar:
        yield {
            "organization": facts.school.organization,
            "date": day.date.isoformat(),
            "name": day.name,
            "event_type": day.event_type,
            # Out of session nobody takes attendance, whatever the calendar's row carries.
            "day_kind": day.day_kind if day.in_session else "",
            "attendance_frequency": day.attendance_frequency if day.in_session else "",
        }


def _monthly_absences(facts: MonthFacts) -> Iterator[dict[str, str]]:
    for line in summary_lines(tallied(facts.days), facts.days_in_session):
        if line.level == "grade":
            figures = _figures(line)
            yield {**_of_the_month(facts), **figures, "absent": str(line.tally.excused + line.tally.unexcused)}


def _summary(facts: MonthFacts) -> Iterator[dict[str, str]]:
    for line in summary_lines(tallied(facts.days), facts.days_in_session):
        yield {**_of_the_month(facts), **_figures(line)}


def _figures(line: SummaryLine) -> dict[str, str]:
    by_mode = line.level in ("mode", "grade_mode")
    return {
        "level": line.level,
        "grade": line.grade,
        "mode": (line.mode or "none") if by_mode else "",
        "counted": _yes(line.counted),
        "session_days": str(line.session_days),
        "enrolled": str(line.tally.enrolled),
        "present": str(line.tally.present),
        "excused": str(line.tally.excused),
        "unexcused": str(line.tally.unexcused),
        "ada": line.printed_ada,
        "adm": line.printed_adm,
    }
