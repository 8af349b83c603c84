"""News of attendance, sent inside the transaction that made it, with ids and dates only."""

from django.dispatch import Signal

# student_ids: set[int], dates: set[date] (the first and last of a span are enough)
attendance_changed = Signal()
