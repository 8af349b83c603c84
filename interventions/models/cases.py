"""Cases: a student whose absences ask for somebody's care, what was done, and what became of it."""

import pghistory
import pgtrigger
from django.db import models
from django.db.models import Q

from attendance.models.own_time import says_who_withdrew


class Outcome(models.TextChoices):
    """How a case ended."""

    IMPROVED = "improved", "Attendance improved"
    RE_ENGAGED = "re_engaged", "Found and re-engaged"
    MOVED = "moved", "Moved to another district or school"
    WITHDRAWN_STUDENT = "left", "Left school"
    REFERRED = "referred", "Taken over by a partner or the court"
    NO_GROUND = "no_ground", "The absences were corrected"
    OTHER = "other", "Other, as the note says"


@pghistory.track(
    pghistory.UpdateEvent(row=pghistory.Old),
    pghistory.DeleteEvent(row=pghistory.Old),
    context_field=None,
)
class Case(models.Model):
    """One student's case. Opened by a crossing; raised, lowered and closed visibly (TimelineEntry)."""

    student = models.ForeignKey("students.Student", on_delete=models.PROTECT, related_name="cases")
    year = models.ForeignKey("students.SchoolYear", on_delete=models.PROTECT, related_name="+")
    # Whose care team sees it: the school of the primary enrollment.
    school = models.ForeignKey("students.School", on_delete=models.PROTECT, related_name="cases")
    # The highest tier that still has its ground; 0 where every ground fell away.
    tier = models.PositiveSmallIntegerField()
    owner = models.ForeignKey("students.User", on_delete=models.PROTECT, null=True, blank=True, related_name="cases")
    # Nobody knows where the student is: agencies that locate students may be asked (MD-07).
    is_unlocated = models.BooleanField(default=False)
    opened_at = models.DateTimeField()
    opened_on = models.DateField(help_text="The local date of the instant.")
    closed_at = models.DateTimeField(null=True, blank=True)
    # Nobody where the absences themselves were corrected away.
    closed_by = models.ForeignKey("students.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    outcome = models.CharField(max_length=20, choices=Outcome.choices, blank=True)

    class Meta:
        ordering = ["-opened_at", "-id"]
        indexes = [
            models.Index(fields=["school", "tier"], condition=Q(closed_at__isnull=True), name="open_case_school_tier"),
        ]
        constraints = [
            # Two open cases would have two people ring the same family.
            models.UniqueConstraint(
                fields=["student"],
                condition=Q(closed_at__isnull=True),
                name="one_open_case_per_student",
                violation_error_message="The student has an open case.",
            ),
            models.CheckConstraint(
                name="case_is_of_a_tier", condition=Q(tier__lte=3), violation_error_message="There are three tiers."
            ),
            # Whoever asks what became of a child is told.
            models.CheckConstraint(
                name="closed_case_has_an_outcome",
                condition=Q(closed_at__isnull=True, closed_by__isnull=True, outcome="")
                | (Q(closed_at__isnull=False) & ~Q(outcome="")),
                violation_error_message="A closed case says what became of it.",
            ),
            # Only a correction closes a case by itself.
            models.CheckConstraint(
                name="case_is_closed_by_somebody",
                condition=Q(closed_at__isnull=True) | Q(closed_by__isnull=False) | Q(outcome=Outcome.NO_GROUND),
                violation_error_message="Somebody closes a case, unless its absences were corrected.",
            ),
        ]

    def __str__(self) -> str:
        return f"case {self.pk}"

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to care."""
        return self.closed_at is None


class TimelineKind(models.TextChoices):
    """What happened to a case."""

    OPENED = "opened", "Opened"
    TIER_REACHED = "tier_reached", "Reached a tier"
    CROSSING_WITHDRAWN = "crossing_withdrawn", "A crossing was withdrawn"
    HANDED_OVER = "handed_over", "Handed over"
    UNLOCATED = "unlocated", "Whereabouts unknown"
    LOCATED = "located", "Located"
    MOVED_SCHOOL = "moved_school", "Changed school"
    CLOSED = "closed", "Closed"
    REOPENED = "reopened", "Reopened"


class TimelineEntry(models.Model):
    """Something that happened to a case, as its timeline shows it. Never changed."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="timeline")
    kind = models.CharField(max_length=20, choices=TimelineKind.choices)
    at = models.DateTimeField()
    # Nobody where it followed from the days alone.
    by = models.ForeignKey("students.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    crossing = models.ForeignKey(
        "interventions.Crossing", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    owner_before = models.ForeignKey("students.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    owner_after = models.ForeignKey("students.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    words = models.CharField(max_length=500, blank=True)

    append_only = True

    class Meta:
        ordering = ["at", "id"]
        triggers = [pgtrigger.Protect(name="timeline_is_kept", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"timeline entry {self.pk}"


class CaseNote(models.Model):
    """A note of the care team. Not attendance documentation; parents and courts can ask for it (RD-61)."""

    # The same form sent twice is one note.
    submission_id = models.UUIDField(unique=True)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="notes")
    text = models.TextField(max_length=5000)
    written_by = models.ForeignKey("students.User", on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey("students.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    withdrawn_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["written_at", "id"]
        constraints = [says_who_withdrew("withdrawn_case_note_says_who")]

    def __str__(self) -> str:
        return f"case note {self.pk}"
