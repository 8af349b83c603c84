"""Listens for changes of days and rosters, and notes in their transaction whom they touch. Workers look later."""

from datetime import date
from typing import Any

from django.dispatch import receiver

from attendance.signals import attendance_changed
from interventions.services.outbox import note_changes
from students.access import Scope
from students.signals import roster_changed


@receiver(attendance_changed)
def on_attendance_changed(sender: Any, *, student_ids: set[int], dates: set[date], **_: Any) -> None:
    """Note the students of a save."""
    if student_ids:
        note_changes(student_ids=student_ids)


@receiver(roster_changed)
def on_roster_changed(
    sender: Any, *, scope: Scope, student_ids: set[int] | None, school_ids: set[int] | None, **_: Any
) -> None:
    """Note the students of a roster's change: those named, else those of the schools named, else everybody."""
    note_changes(student_ids=student_ids, school_ids=school_ids)
