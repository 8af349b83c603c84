"""The attendance policies, as plain values for the rules."""

from attendance.models import AttendancePolicy
from attendance.rules.policy import Policy
from students.access import Scope


def policies(scope: Scope) -> list[Policy]:
    """Every policy of the district; anybody who is judged by one may read it, so the scope narrows nothing."""
    return [
        Policy(
            id=row.pk,
            name=row.name,
            starts_on=row.starts_on,
            presence_percent=row.presence_percent,
            minimum_minutes=row.minimum_minutes,
            encouraged_minutes=row.encouraged_minutes,
            instructional_days=row.instructional_days,
            waivable_days=row.waivable_days,
            excuse_due_days=row.excuse_due_days,
            entry_window_days=row.entry_window_days,
            accepted_documents=row.accepted_documents,
            undocumented_notes_per_term=row.undocumented_notes_per_term,
        )
        for row in AttendancePolicy.objects.all()
    ]
