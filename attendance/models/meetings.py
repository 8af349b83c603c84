"""Class meetings and the marks of their students."""

import pghistory
import pgtrigger
from django.db import models
from django.db.models import F, Q

from attendance.models.timed import Timed


class MeetingState(models.TextChoices):
    """Not taken is a state of its own: neither presence nor absence to anyone."""

    EXPECTED = "expected", "Not taken"
    TAKEN = "taken", "Taken"
    VOID = "void", "Void"


@pghistory.track(
    pghistory.UpdateEvent(row=pghistory.Old, condition=pgtrigger.AnyChange("state", "void_reason")),
    pghistory.DeleteEvent(row=pghistory.Old),
    context_field=None,
)
class ClassMeeting(Timed):
    """One section in one period of one day, with the bells of that day."""

    # No index of its own here and below where a constraint or a wider index begins with the column.
    section = models.ForeignKey("students.Section", on_delete=models.PROTECT, related_name="meetings", db_index=False)
    school = models.ForeignKey("students.School", on_delete=models.PROTECT, related_name="meetings", db_index=False)
    date = models.DateField()
    period = models.CharField(max_length=40)
    instructional_minutes = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=MeetingState.choices, default=MeetingState.EXPECTED)
    # Grows with every save; a page that shows an older one is stale.
    version = models.PositiveIntegerField(default=0)
    taken_by = models.ForeignKey("students.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    taken_at = models.DateTimeField(null=True, blank=True)
    void_reason = models.CharField(max_length=300, blank=True)
    voided_by = models.ForeignKey("students.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    voided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["date", "starts_at", "id"]
        indexes = [
            models.Index(fields=["school", "date"], name="meeting_school_date"),
            # A district's board counts those of the whole year that nobody took: a few among a million, by class, for
            # which it would else read nearly as many pages of the table.
            models.Index(
                fields=["school", "date"],
                include=["section"],
                condition=Q(state=MeetingState.EXPECTED),
                name="meeting_not_taken_of_class",
            ),
        ]
        constraints = [
            # A meeting entered twice would ask its minutes of every student twice.
            models.UniqueConstraint(
                fields=["section", "date", "period"],
                name="one_meeting_per_section_date_and_period",
                violation_error_message="The section has this meeting already.",
            ),
            models.CheckConstraint(
                name="meeting_ends_after_start",
                condition=Q(ends_at__gt=F("starts_at")),
                violation_error_message="The meeting ends before it starts.",
            ),
            # An auditor asks who took the class and when.
            models.CheckConstraint(
                name="taken_meeting_says_who_and_when",
                condition=~Q(state=MeetingState.TAKEN) | Q(taken_by__isnull=False, taken_at__isnull=False),
                violation_error_message="A class that was taken says who took it and when.",
            ),
            # RD-03: a void takes minutes away from what is required; never without a name and a reason.
            models.CheckConstraint(
                name="void_meeting_says_who_and_why",
                condition=~Q(state=MeetingState.VOID) | (Q(voided_by__isnull=False) & ~Q(void_reason="")),
                violation_error_message="A class that is void says who voided it and why.",
            ),
        ]

    def __str__(self) -> str:
        return f"meeting {self.pk}"


class MarkStatus(models.TextChoices):
    """What the teacher saw."""

    PRESENT = "present", "Present"
    TARDY = "tardy", "Tardy"
    LEFT_EARLY = "left_early", "Left early"
    ABSENT = "absent", "Absent"


@pghistory.track(
    pghistory.UpdateEvent(row=pghistory.Old),
    pghistory.DeleteEvent(row=pghistory.Old),
    context_field=None,
)
class Mark(models.Model):
    """What a teacher marked of one student in one meeting. A correction keeps what stood before (trigger)."""

    meeting = models.ForeignKey(ClassMeeting, on_delete=models.PROTECT, related_name="marks", db_index=False)
    student = models.ForeignKey("students.Student", on_delete=models.PROTECT, related_name="marks")
    status = models.CharField(max_length=10, choices=MarkStatus.choices)
    minutes_attended = models.PositiveSmallIntegerField()
    arrived_at = models.TimeField(null=True, blank=True)
    left_at = models.TimeField(null=True, blank=True)
    marked_by = models.ForeignKey("students.User", on_delete=models.PROTECT, related_name="+")
    marked_at = models.DateTimeField()
    # Why a mark of an earlier day was changed; empty where it was never corrected.
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            # Two marks of one student would let one class count twice.
            models.UniqueConstraint(
                fields=["meeting", "student"],
                name="one_mark_per_meeting_and_student",
                violation_error_message="The student has a mark in this class.",
            ),
            models.CheckConstraint(
                name="absent_means_no_minutes",
                condition=~Q(status=MarkStatus.ABSENT) | Q(minutes_attended=0),
                violation_error_message="Who was absent attended no minutes.",
            ),
        ]

    def __str__(self) -> str:
        return f"mark {self.pk}"


class Submission(models.Model):
    """One save of a class, so that the same save sent twice counts once. Never changed."""

    submission_id = models.UUIDField(unique=True)
    meeting = models.ForeignKey(ClassMeeting, on_delete=models.PROTECT, related_name="submissions")
    submitted_by = models.ForeignKey("students.User", on_delete=models.PROTECT, related_name="+")
    submitted_at = models.DateTimeField()
    version = models.PositiveIntegerField(help_text="The meeting's version that this save made.")
    # Who wrote it down, where the office keyed it in from paper: a substitute may have no account.
    on_paper_by = models.CharField(max_length=150, blank=True)
    # Whether the page that was saved had shown its roster to who saved it; empty where nobody asked for it.
    roster_opened = models.BooleanField(null=True)

    append_only = True

    class Meta:
        triggers = [
            pgtrigger.Protect(name="submissions_are_kept", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return str(self.submission_id)
