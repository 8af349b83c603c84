"""News of attendance, sent inside the transaction that made it, with ids and dates only."""

from django.dispatch import Signal

# student_ids: set[int], dates: set[date]
attendance_changed = Signal()
