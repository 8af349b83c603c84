"""Listens for changes of the roster (students.signals.roster_changed)."""

from datetime import date
from typing import Any

from django.dispatch import receiver

from attendance.services.roster_changes import follow_roster
from students.access import Scope
from students.signals import roster_changed


@receiver(roster_changed)
def on_roster_changed(
    sender: Any,
    *,
    scope: Scope,
    student_ids: set[int] | None,
    school_ids: set[int] | None,
    from_date: date,
    **_: Any,
) -> None:
    """Bring meetings and ledger up to the change, in its transaction."""
    follow_roster(scope, student_ids, school_ids, from_date)
