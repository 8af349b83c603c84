"""The rows of the state's files, from the facts of a month, by a layout."""

from collections.abc import Iterator

from reporting.rules.facts import MonthFacts
from reporting.rules.figures import SummaryLine, summary_lines, tallied
from reporting.rules.layouts import ATTENDANCE, CALENDAR, SUMMARY, Layout
from reporting.rules.month_names import month_name


def records(facts: MonthFacts, layout: Layout, record_set: str) -> list[list[str]]:
    """Every row of one record set. Raises LayoutFault where a value does not fit; nothing is left out in silence."""
    sources = {ATTENDANCE: _attendance, CALENDAR: _calendar, SUMMARY: _summary}
    columns = layout.record_set(record_set)
    return [columns.record(row) for row in sources[record_set](facts)]


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


def _summary(facts: MonthFacts) -> Iterator[dict[str, str]]:
    month = str(month_name(facts.month, facts.first_year))
    for line in summary_lines(tallied(facts.days), len(facts.session_days)):
        yield {"organization": facts.school.organization, "month": month, **_figures(line)}


def _figures(line: SummaryLine) -> dict[str, str]:
    by_mode = line.level in ("mode", "grade_mode")
    return {
        "level": line.level,
        "grade": line.grade,
        "mode": (line.mode or "none") if by_mode else "",
        "counted": "yes" if line.counted else "no",
        "session_days": str(line.session_days),
        "enrolled": str(line.tally.enrolled),
        "present": str(line.tally.present),
        "excused": str(line.tally.excused),
        "unexcused": str(line.tally.unexcused),
        "ada": line.printed_ada,
        "adm": line.printed_adm,
    }
