"""How students are taught, from one date to another (MS-17)."""

from typing import Any

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.dates import WEEKDAYS

from attendance.rules.modes import ModeFact
from students.models.dated import Dated, FactSource, ends_after_start


class Mode(models.TextChoices):
    """The five modes of instruction."""

    IN_PERSON = "in_person", "In person"
    SYNC_ONLINE = "sync_online", "Synchronous online"
    ASYNC_ONLINE = "async_online", "Asynchronous online"
    OFFLINE_DIGITAL = "offline_digital", "Offline on a device"
    OFFLINE_PACKETS = "offline_packets", "Paper packets"


class ModeReason(models.TextChoices):
    """Why a student is taught so. Health stays with those entitled (RD-60)."""

    PLAN = "plan", "Plan"
    QUARANTINE = "quarantine", "Quarantine"
    ACCOMMODATION = "accommodation", "Accommodation"


class EntersPast(models.Model):
    """A dated fact that people enter, and end: who ended it, and why, wherever days that are over change by it."""

    # Days that are over are never judged otherwise without a word (an auditor asks why Monday is another than it was).
    late_reason = models.CharField(max_length=300, blank=True)
    ended_by = models.ForeignKey("students.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)
    end_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        abstract = True


@pghistory.track(
    pghistory.UpdateEvent(row=pghistory.Old),
    pghistory.DeleteEvent(row=pghistory.Old),
    context_field=None,
)
class ModeAssignment(EntersPast, Dated):
    """A student's mode of instruction on certain days of the week or rotation, in all classes or in one."""

    student = models.ForeignKey("students.Student", on_delete=models.PROTECT, related_name="modes")
    # A student with live classes and one in own time (RD-21); without a section it holds for all of them.
    section = models.ForeignKey(
        "students.Section", on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    mode = models.CharField(max_length=20, choices=Mode.choices)
    weekdays = ArrayField(models.PositiveSmallIntegerField(), default=list, blank=True, help_text="0 is Monday.")
    rotation_days = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    reason = models.CharField(max_length=20, choices=ModeReason.choices, blank=True)
    source = models.CharField(max_length=10, choices=FactSource.choices, default=FactSource.ROSTER)
    submission_id = models.UUIDField(unique=True, null=True, blank=True)
    entered_by = models.ForeignKey("students.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    entered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            ends_after_start("mode_ends_after_start"),
            # A mode decides by which evidence a day is judged: an auditor asks who switched it.
            models.CheckConstraint(
                name="mode_entered_here_says_who_and_when",
                condition=~Q(source=FactSource.HERE) | Q(entered_by__isnull=False, entered_at__isnull=False),
                violation_error_message="A mode that was entered here says who entered it and when.",
            ),
        ]

    def __str__(self) -> str:
        return self.mode

    @property
    def fact(self) -> ModeFact:
        """The mode as the rules read it."""
        days = (tuple(self.weekdays), tuple(self.rotation_days))
        return ModeFact(self.mode, self.starts_on, self.ends_on, *days, self.reason, self.section_id)

    @property
    def weekday_names(self) -> list[Any]:
        """The days of the week by name; none where it holds on all of them."""
        return [WEEKDAYS[day] for day in self.weekdays]
