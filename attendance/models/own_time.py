"""What is known of work in own time: engagement, the teacher's reviews, assignments, and talks with students."""

import pghistory
import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from attendance.models.plans import Measure


def says_who_withdrew(name: str) -> models.CheckConstraint:
    """What is withdrawn says by whom and why; nothing else does."""
    return models.CheckConstraint(
        name=name,
        condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True, withdrawn_reason="")
        | (Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False) & ~Q(withdrawn_reason="")),
        violation_error_message="What is withdrawn says who withdrew it, and why.",
    )


class EngagementSource(models.TextChoices):
    """Who said so."""

    LMS_FILE = "lms_file", "LMS activity file"
    LMS_API = "lms_api", "LMS, by its program"


class Engagement(models.Model):
    """Something a student did in the LMS at an instant (MS-15, MS-24). Its local day is the only one it speaks for.

    Kept whether or not it counts: which measure the learning plan approves may be another tomorrow. Never changed.
    """

    # The LMS's own name of the event, so that the same event sent twice is one.
    event_id = models.CharField(max_length=200, unique=True)
    source = models.CharField(max_length=10, choices=EngagementSource.choices)
    student = models.ForeignKey("students.Student", on_delete=models.PROTECT, related_name="+", db_index=False)
    section = models.ForeignKey(
        "students.Section", on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    measure = models.CharField(max_length=20, choices=Measure.choices)
    happened_at = models.DateTimeField()
    day = models.DateField(help_text="The local date of the instant.")
    minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    # The day whose assignment it was; work of Monday on Tuesday leaves Monday absent (MS-15).
    work_of = models.DateField(null=True, blank=True)
    received_by = models.ForeignKey("students.User", on_delete=models.PROTECT, related_name="+", db_index=False)
    received_at = models.DateTimeField()

    append_only = True

    class Meta:
        indexes = [models.Index(fields=["student", "day"], name="engagement_student_day")]
        constraints = [
            # Nobody works longer in a day than it has minutes.
            models.CheckConstraint(
                name="engagement_fits_in_a_day",
                condition=Q(minutes__isnull=True) | Q(minutes__lte=1440),
                violation_error_message="A day has 1440 minutes.",
            )
        ]
        triggers = [pgtrigger.Protect(name="engagement_is_kept", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"engagement {self.pk}"


@pghistory.track(
    pghistory.UpdateEvent(row=pghistory.Old),
    pghistory.DeleteEvent(row=pghistory.Old),
    context_field=None,
)
class Assignment(models.Model):
    """Work given to a class for one day, set to take so many minutes (MS-08, MS-21). Withdrawn, never deleted."""

    submission_id = models.UUIDField(unique=True)
    section = models.ForeignKey(
        "students.Section", on_delete=models.PROTECT, related_name="assignments", db_index=False
    )
    date = models.DateField()
    title = models.CharField(max_length=200)
    minutes = models.PositiveSmallIntegerField()
    entered_by = models.ForeignKey("students.User", on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey("students.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    withdrawn_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["date", "id"]
        indexes = [models.Index(fields=["section", "date"], name="assignment_section_date")]
        constraints = [
            # RD-01: its minutes are required of every student who works in own time.
            models.CheckConstraint(
                name="assignment_takes_some_of_a_day",
                condition=Q(minutes__gte=1, minutes__lte=600),
                violation_error_message="An assignment takes 1 to 600 minutes.",
            ),
            # Its minutes are no longer required of a class: an auditor asks by whose word.
            says_who_withdrew("withdrawn_assignment_says_who_and_why"),
        ]

    def __str__(self) -> str:
        return self.title


@pghistory.track(
    pghistory.UpdateEvent(row=pghistory.Old),
    pghistory.DeleteEvent(row=pghistory.Old),
    context_field=None,
)
class DayReview(models.Model):
    """What was entered of one student's day in a class done in own time; nothing but the key means: nothing was done.

    Asynchronous online: the measure met that day (MS-19). Offline: the minutes of the assignments completed, and when
    they were handed in (MS-21, RD-22). Quarantine: whether the day's work was done (RD-26). Without a section: minutes
    of homebound instruction.
    """

    student = models.ForeignKey("students.Student", on_delete=models.PROTECT, related_name="+", db_index=False)
    section = models.ForeignKey("students.Section", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    date = models.DateField()
    measure = models.CharField(max_length=20, choices=Measure.choices, blank=True)
    minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    handed_in_on = models.DateField(null=True, blank=True)
    work_done = models.BooleanField(default=False)
    entered_by = models.ForeignKey("students.User", on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()
    # Why an entry was changed later; empty where it never was.
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            # Two reviews of one day in one class would have no arbiter.
            models.UniqueConstraint(
                fields=["student", "date", "section"],
                nulls_distinct=False,
                name="one_review_per_student_date_and_class",
                violation_error_message="The student's day in this class is entered already.",
            ),
            # RD-22: late work is told from work in time by nothing else. Homebound minutes are not handed in.
            models.CheckConstraint(
                name="completed_work_says_when_handed_in",
                condition=Q(minutes__isnull=True)
                | Q(minutes=0)
                | Q(section__isnull=True)
                | Q(handed_in_on__isnull=False),
                violation_error_message="Say when the completed work was handed in.",
            ),
            models.CheckConstraint(
                name="review_fits_in_a_day",
                condition=Q(minutes__isnull=True) | Q(minutes__lte=1440),
                violation_error_message="A day has 1440 minutes.",
            ),
        ]

    def __str__(self) -> str:
        return f"review {self.pk}"


class InteractionKind(models.TextChoices):
    """How teacher and student talked (RD-24)."""

    ONE_TO_ONE = "one_to_one", "One to one"
    GROUP = "group", "Group session"
    CALL = "call", "Telephone call"
    MESSAGE = "message", "Messages, both ways"
    UNANSWERED = "unanswered", "Unanswered call or voicemail"


@pghistory.track(
    pghistory.UpdateEvent(row=pghistory.Old),
    pghistory.DeleteEvent(row=pghistory.Old),
    context_field=None,
)
class Interaction(models.Model):
    """One talk of a teacher with a student about a class (MS-09, MS-22, MS-23). Withdrawn, never deleted."""

    submission_id = models.UUIDField()
    student = models.ForeignKey("students.Student", on_delete=models.PROTECT, related_name="+", db_index=False)
    section = models.ForeignKey("students.Section", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=InteractionKind.choices)
    happened_at = models.DateTimeField()
    day = models.DateField(help_text="The local date of the instant.")
    minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    note = models.CharField(max_length=300, blank=True)
    entered_by = models.ForeignKey("students.User", on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey("students.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    withdrawn_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["-happened_at", "-id"]
        indexes = [models.Index(fields=["student", "day"], name="interaction_student_day")]
        constraints = [
            # One group session is a line per student; the same form sent twice is one.
            models.UniqueConstraint(
                fields=["submission_id", "student"],
                name="one_interaction_per_form_and_student",
                violation_error_message="This talk is logged already.",
            ),
            # It may have made a day present: an auditor asks by whose word it no longer does.
            says_who_withdrew("withdrawn_interaction_says_who_and_why"),
        ]

    def __str__(self) -> str:
        return f"interaction {self.pk}"


class WeekReport(models.Model):
    """What a teacher told the school of a class and its week: who completed the work and who did not (MS-24b).

    Told again, the later row stands; what was told stays. The ids are those of students.
    """

    submission_id = models.UUIDField(unique=True)
    section = models.ForeignKey("students.Section", on_delete=models.PROTECT, related_name="+", db_index=False)
    week_starts_on = models.DateField(help_text="The Monday.")
    completed = ArrayField(models.BigIntegerField(), default=list, blank=True)
    not_completed = ArrayField(models.BigIntegerField(), default=list, blank=True)
    not_entered = ArrayField(models.BigIntegerField(), default=list, blank=True)
    reported_by = models.ForeignKey("students.User", on_delete=models.PROTECT, related_name="+")
    reported_at = models.DateTimeField()

    append_only = True

    class Meta:
        ordering = ["-reported_at", "-id"]
        indexes = [models.Index(fields=["section", "week_starts_on"], name="week_report_section_week")]
        constraints = [
            # A report of a Tuesday would be looked for by nobody, and its week stay a finding.
            models.CheckConstraint(
                name="reported_week_starts_on_monday",
                condition=Q(week_starts_on__iso_week_day=1),
                violation_error_message="A week begins on Monday.",
            ),
        ]
        triggers = [pgtrigger.Protect(name="week_reports_are_kept", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"report {self.pk}"
