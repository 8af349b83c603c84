"""News of the roster, sent inside the transaction that made it, with ids and dates only."""

from django.dispatch import Signal

# Sent after an import, or any other change of rosters, calendars, bells or modes.
# scope: Scope, student_ids: set[int] | None (None: every student), school_ids: set[int] | None, from_date: date
roster_changed = Signal()
