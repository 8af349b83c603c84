"""In which order the state takes the files of a month: days taught before anything that speaks of students."""

from collections.abc import Collection, Iterable

from reporting.rules.layouts import RecordSet
from reporting.rules.record_sources import (
    DAYS_TAUGHT,
    ENROLLMENT,
    LMS_METADATA,
    MONTHLY_ABSENCES,
    SUMMARY,
    TEACHER_SCHEDULES,
    TRUANCY_NOTICES,
)

UNCERTIFIED = "The state gets what the district has certified. Certify this month first."
FILED, ACCEPTED, REJECTED = "filed", "accepted", "rejected"
_TITLES = {
    DAYS_TAUGHT: "Days taught",
    MONTHLY_ABSENCES: "Monthly absences",
    ENROLLMENT: "Enrollment",
    SUMMARY: "ADA and ADM summary",
    LMS_METADATA: "LMS metadata",
    TEACHER_SCHEDULES: "Teacher schedules",
    TRUANCY_NOTICES: "Truancy notices",
}


def title_of(record_set: str) -> str:
    """A record set as people call it."""
    return _TITLES.get(record_set, record_set)


def waiting_for(record_set: RecordSet, accepted: Collection[str]) -> list[str]:
    """The record sets that the state must accept before this one, and has not, in their order."""
    return [name for name in record_set.after if name not in accepted]


def standing(events: Iterable[str]) -> str:
    """Where a file stands after its events, the first first; empty where nothing happened yet."""
    return (["", *list(events)])[-1]


def refusal(record_set: RecordSet, event: str, stands: str, accepted: Collection[str], note: str) -> str:
    """Why an event cannot follow, in words; empty where it can."""
    title = title_of(record_set.name)
    if missing := waiting_for(record_set, accepted):
        first = title_of(missing[0])
        return f"The state takes {title} only after it has accepted {first}. File {first}, and record its acceptance."
    if stands == ACCEPTED:
        return f"The state accepted {title} already."
    if event == FILED:
        return f"{title} is filed already; record what the state said." if stands == FILED else ""
    if stands != FILED:
        return f"{title} is not filed yet."
    return "Say what the state found wrong." if event == REJECTED and not note.strip() else ""
