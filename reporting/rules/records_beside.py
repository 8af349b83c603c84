"""The rows of what the state gets beside attendance: LMS metadata, teachers' schedules, notices of truancy."""

from collections.abc import Iterator
from datetime import date, datetime

from reporting.rules.facts import LmsDay, MonthFacts, NoticeFact
from reporting.rules.month_names import month_name


def lms_metadata(facts: MonthFacts) -> Iterator[dict[str, str]]:
    """A row for each student, day, class and source that recorded something (MS-24)."""

    def by_state_id(each: LmsDay) -> tuple[str, date, str, str]:
        return facts.people[each.student_id].state_id, each.date, each.section, each.recorded_by

    for each in sorted(facts.lms_days, key=by_state_id):
        yield {
            "organization": facts.school.organization,
            "state_id": facts.people[each.student_id].state_id,
            "section": each.section,
            "date": each.date.isoformat(),
            "mode": each.mode or "none",
            "recorded_by": each.recorded_by,
            "logins": str(each.logins),
            "activities": str(each.activities),
            "contacts": str(each.contacts),
            "assignments": str(each.assignments),
            "minutes": str(each.minutes),
            "first_at": _instant(each.first_at),
            "last_at": _instant(each.last_at),
        }


def teacher_schedules(facts: MonthFacts) -> Iterator[dict[str, str]]:
    """A row for each class in each period of each teacher's schedule (MS-40)."""
    for teacher in sorted(facts.teacher_schedules, key=lambda each: each.staff_id):
        for taught in sorted(teacher.periods):
            yield {
                "organization": facts.school.organization,
                "month": str(month_name(facts.month, facts.first_year)),
                "staff_id": teacher.staff_id,
                "given_name": teacher.given_name,
                "family_name": teacher.family_name,
                "section": taught.section,
                "class_title": taught.title,
                "period": taught.period,
                "rotation_days": " ".join(taught.rotation_days),
                "level": teacher.level,
                "planning_minutes": str(teacher.minutes),
                "planning_due": str(teacher.due),
            }


def truancy_notices(facts: MonthFacts) -> Iterator[dict[str, str]]:
    """A row for each notice that was reported, or is due, in the month (ST-02)."""

    def by_state_id(each: NoticeFact) -> tuple[str, int, date]:
        return facts.people[each.student_id].state_id, each.threshold, each.crossed_on

    for each in sorted(facts.truancy_notices, key=by_state_id):
        yield {
            "organization": facts.school.organization,
            "month": str(month_name(facts.month, facts.first_year)),
            "state_id": facts.people[each.student_id].state_id,
            "threshold": str(each.threshold),
            "final": "yes" if each.is_final else "no",
            "crossed_on": each.crossed_on.isoformat(),
            "due_on": each.due_on.isoformat(),
            "reported_on": _day(each.reported_on),
            "withdrawn_on": _day(each.withdrawn_on),
        }


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _instant(at: datetime | None) -> str:
    return at.replace(tzinfo=None).isoformat(timespec="seconds") if at else ""
