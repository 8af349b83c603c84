"""News of attendance, sent inside the transaction that made it, with ids and dates only."""

from django.dispatch import Signal

# student_ids: set[int], dates: set[date] (the first and last of a span are enough)
attendance_changed = Signal()

# A family has an answer of the school: of what kind ("excuse", "correction", "note"), and the id of the Excuse that was
# decided, of the CorrectionRequest, or of the FamilyNote that answers.
# scope: Scope, student_id: int, kind: str, about_id: int
family_answered = Signal()
