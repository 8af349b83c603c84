"""Targeted outreach: who of the district's staff looks for which disengaged student, and what became of it (MD-08)."""

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q


class Need(models.TextChoices):
    """What a student needs most, in words that may stand on a list."""

    LOCATE = "locate", "To be found"
    CONNECT = "connect", "To get online, and back to the work"
    RETURN = "return", "To come back to class every day"
    FAMILY = "family", "Support for the family"


class OutreachResult(models.TextChoices):
    """What became of an assignment."""

    FOUND = "found", "Found"
    MOVED = "moved", "Moved away"
    RE_ENGAGED = "re_engaged", "Re-engaged"
    WITHDRAWN = "withdrawn", "Withdrawn from school"
    HANDED_OVER = "handed_over", "Given to somebody else"
    NOT_NEEDED = "not_needed", "No longer needed"


@pghistory.track(
    pghistory.UpdateEvent(row=pghistory.Old),
    pghistory.DeleteEvent(row=pghistory.Old),
    context_field=None,
)
class OutreachWorker(models.Model):
    """Somebody of the staff who takes on disengaged students, and whom they serve best."""

    user = models.OneToOneField("students.User", on_delete=models.PROTECT, related_name="outreach_worker")
    languages = ArrayField(
        models.CharField(max_length=3, validators=[RegexValidator(r"^[a-z]{2,3}$")]), default=list, blank=True
    )
    # Empty: every school. Nobody is given a student of another one.
    school_ids = ArrayField(models.BigIntegerField(), default=list, blank=True)
    # Empty: no need in particular.
    needs = ArrayField(models.CharField(max_length=10, choices=Need.choices), default=list, blank=True)
    most_students = models.PositiveSmallIntegerField(default=30, help_text="At one time.")
    entered_by = models.ForeignKey("students.User", on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()
    # Takes on nobody any more.
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey("students.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            # A worker who takes nobody would be proposed for nobody, and asked for in vain.
            models.CheckConstraint(
                name="worker_takes_some_students",
                condition=Q(most_students__gte=1, most_students__lte=500),
                violation_error_message="An outreach worker takes 1 to 500 students.",
            ),
            models.CheckConstraint(
                name="ended_worker_says_who",
                condition=Q(ended_at__isnull=True, ended_by__isnull=True)
                | Q(ended_at__isnull=False, ended_by__isnull=False),
                violation_error_message="Who no longer does outreach: by whose word, and since when.",
            ),
        ]

    def __str__(self) -> str:
        return f"outreach worker {self.pk}"


@pghistory.track(
    pghistory.UpdateEvent(row=pghistory.Old),
    pghistory.DeleteEvent(row=pghistory.Old),
    context_field=None,
)
class OutreachAssignment(models.Model):
    """One student in one worker's hands, until a result ends it. The access that it brings is a fact of its own."""

    student = models.ForeignKey("students.Student", on_delete=models.PROTECT, related_name="outreach")
    worker = models.ForeignKey(OutreachWorker, on_delete=models.PROTECT, related_name="assignments")
    need = models.CharField(max_length=10, choices=Need.choices)
    words = models.CharField(max_length=500, blank=True)
    grant = models.ForeignKey("students.AccessGrant", on_delete=models.PROTECT, related_name="+")
    assigned_by = models.ForeignKey("students.User", on_delete=models.PROTECT, related_name="+")
    assigned_at = models.DateTimeField()
    result = models.CharField(max_length=15, choices=OutreachResult.choices, blank=True)
    result_words = models.CharField(max_length=500, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey("students.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["-assigned_at", "-id"]
        indexes = [models.Index(fields=["worker"], condition=Q(ended_at__isnull=True), name="open_outreach_worker")]
        constraints = [
            # Two workers would visit the same home.
            models.UniqueConstraint(
                fields=["student"],
                condition=Q(ended_at__isnull=True),
                name="one_open_outreach_per_student",
                violation_error_message="Somebody looks after this student already.",
            ),
            # The district reports how many were found, and by whom.
            models.CheckConstraint(
                name="ended_outreach_has_a_result",
                condition=Q(ended_at__isnull=True, ended_by__isnull=True, result="")
                | (Q(ended_at__isnull=False, ended_by__isnull=False) & ~Q(result="")),
                violation_error_message="Outreach that is over says what became of it, and by whose word.",
            ),
        ]

    def __str__(self) -> str:
        return f"outreach {self.pk}"
