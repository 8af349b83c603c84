"""A school's month as a piece of work: asked for, run by a worker under a lease, its findings and its file."""

import pgtrigger
from django.db import models
from django.db.models import Q

from students.models.leased import LeasedWork


class RunState(models.TextChoices):
    """Where a month's work stands."""

    WAITING = "waiting", "Waiting"
    RUNNING = "running", "Running"
    BLOCKED = "blocked", "Blocked by findings"
    DONE = "done", "Done"
    FAILED = "failed", "Failed"
    CANCELLED = "cancelled", "Cancelled"


class MonthRun(LeasedWork):
    """One building of one school's reporting month (RD-70). A worker holds it by a lease that it must renew."""

    school = models.ForeignKey("students.School", on_delete=models.PROTECT, related_name="month_runs")
    school_year = models.ForeignKey("students.SchoolYear", on_delete=models.PROTECT, related_name="month_runs")
    month = models.PositiveSmallIntegerField()
    starts_on = models.DateField()
    ends_on = models.DateField()
    # Made by the page that asks; the same request sent twice is one run.
    submission_id = models.UUIDField(unique=True)
    requested_by = models.ForeignKey("students.User", on_delete=models.PROTECT, null=True, blank=True)
    requested_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=RunState.choices, default=RunState.WAITING)
    step = models.CharField(max_length=100, blank=True)
    days_done = models.PositiveSmallIntegerField(default=0)
    days_total = models.PositiveSmallIntegerField(default=0, help_text="School days of the month.")
    as_of = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    cancelled_by = models.ForeignKey("students.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    # Student-days of those counted in ADA, as the package has them.
    days_present = models.PositiveIntegerField(null=True, blank=True)
    days_enrolled = models.PositiveIntegerField(null=True, blank=True)
    # Its ADA and ADM as exact fractions, 1234/15: each grade by its own days, then summed (RD-10). Empty for no data.
    ada = models.CharField(max_length=60, blank=True)
    adm = models.CharField(max_length=60, blank=True)

    class Meta:
        ordering = ["-requested_at", "-id"]
        constraints = [
            # Two workers on one month would write two files of which nobody knows which was filed.
            models.UniqueConstraint(
                fields=["school", "school_year", "month"],
                condition=Q(state__in=["waiting", "running"]),
                name="one_unfinished_run_per_school_and_month",
                violation_error_message="This month is being built already.",
            ),
            models.CheckConstraint(
                name="month_run_is_1_to_9",
                condition=Q(month__gte=1, month__lte=9),
                violation_error_message="Reporting months are numbered 1 to 9.",
            ),
            # A run without its lease could never be taken up from a killed worker.
            models.CheckConstraint(
                name="running_month_has_a_lease",
                condition=~Q(state=RunState.RUNNING) | Q(lease_token__isnull=False, leased_until__isnull=False),
                violation_error_message="A month that is being built is held by a lease.",
            ),
            # A page that waits for the end of a run, and a person who asks when it ended, would wait for ever.
            models.CheckConstraint(
                name="finished_month_says_when",
                condition=Q(state__in=["waiting", "running"]) | Q(finished_at__isnull=False),
                violation_error_message="A finished month says when it was finished.",
            ),
            # Whoever asked for the month wants to know who stopped it.
            models.CheckConstraint(
                name="cancelled_month_says_by_whom",
                condition=Q(state=RunState.CANCELLED, cancelled_by__isnull=False)
                | (~Q(state=RunState.CANCELLED) & Q(cancelled_by__isnull=True)),
                violation_error_message="A cancelled month says who cancelled it.",
            ),
        ]

    def __str__(self) -> str:
        return f"month run {self.pk}"

    @property
    def unfinished(self) -> bool:
        """Whether a worker still has to do something."""
        return self.state in (RunState.WAITING, RunState.RUNNING)


class Severity(models.TextChoices):
    """Whether a finding can still be mended (RD-71)."""

    ERROR = "error", "Blocks the month"
    WARNING = "warning", "To be known"


class Finding(models.Model):
    """Something the month's checks found: what, how it is mended, and the rows where that is done."""

    run = models.ForeignKey(MonthRun, on_delete=models.CASCADE, related_name="findings")
    severity = models.CharField(max_length=10, choices=Severity.choices)
    code = models.CharField(max_length=40)
    rule = models.CharField(max_length=10, blank=True)
    message = models.TextField()
    mend = models.TextField(blank=True)
    students = models.PositiveIntegerField(default=0, help_text="Students whose days hang on it.")
    date = models.DateField(null=True, blank=True)
    student = models.ForeignKey("students.Student", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    # An untaken meeting goes when the schedule drops it; what was found then stays to be read.
    meeting = models.ForeignKey(
        "attendance.ClassMeeting", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    section = models.ForeignKey(
        "students.Section", on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )

    class Meta:
        ordering = ["severity", "date", "id"]

    def __str__(self) -> str:
        return f"{self.code} {self.pk}"


class ExportFile(models.Model):
    """The package of a finished run, byte for byte as it was made. Never changed."""

    run = models.OneToOneField(MonthRun, on_delete=models.PROTECT, related_name="package")
    name = models.CharField(max_length=100)
    sha256 = models.CharField(max_length=64)
    content = models.BinaryField()
    # As the manifest lists them: name, record_set, rows, bytes, sha256; so that no page needs to unpack the bytes.
    files = models.JSONField(default=list)

    append_only = True

    class Meta:
        triggers = [
            pgtrigger.Protect(name="packages_are_kept", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return self.name
