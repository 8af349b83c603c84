"""Listens for news that no day of the ledger tells: signs of life, and rosters. Workers look later.

Whose days changed, the ledger notes itself, by triggers of this app (migration 0007).
"""

from datetime import date
from typing import Any

from django.dispatch import receiver

from attendance.models import DayReview, Engagement, Interaction
from attendance.signals import attendance_changed, family_answered
from interventions.services.answer_mail import tell_of_answer
from interventions.services.outbox import note_changes
from students.access import Scope
from students.signals import roster_changed

# What shows that a student is engaged, also where it changes no verdict (RD-42).
SIGNS_OF_LIFE = (Engagement, Interaction, DayReview)


@receiver(attendance_changed)
def on_attendance_changed(sender: Any, *, student_ids: set[int], dates: set[date], **_: Any) -> None:
    """Note the students who gave a sign of life, or took it back."""
    if sender in SIGNS_OF_LIFE:
        note_changes(student_ids=student_ids)


@receiver(roster_changed)
def on_roster_changed(
    sender: Any, *, scope: Scope, student_ids: set[int] | None, school_ids: set[int] | None, **_: Any
) -> None:
    """Note the students of a roster's change: those named, else those of the schools named, else everybody."""
    note_changes(student_ids=student_ids, school_ids=school_ids)


@receiver(family_answered)
def on_family_answered(sender: Any, *, scope: Scope, student_id: int, kind: str, about_id: int, **_: Any) -> None:
    """Queue the mail that tells whoever asked."""
    tell_of_answer(scope, student_id, kind, about_id)
