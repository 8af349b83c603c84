"""The learning plans, as plain values for the rules."""

from attendance.models import LearningPlan
from attendance.rules.plan import Plan
from students.access import Scope


def plans(scope: Scope) -> list[Plan]:
    """Every plan of the district; anybody who is taught by one may read it, so the scope narrows nothing."""
    return [
        Plan(
            starts_on=row.starts_on,
            school_id=row.school_id,
            grade=row.grade,
            modes=tuple(row.modes),
            measures=tuple(row.measures),
            measured_by=row.measured_by,
            contact_frequency=row.contact_frequency,
            least_contact_minutes=row.least_contact_minutes,
            entry_frequency=row.entry_frequency,
            turn_in_session_days=row.turn_in_session_days,
            virtual_day_mode=row.virtual_day_mode,
            quarantine_by_minutes=row.quarantine_by_minutes,
        )
        for row in LearningPlan.objects.all()
    ]
