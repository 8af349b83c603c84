"""An LMS activity file as a piece of work, from the upload until its events are stored or it is refused."""

from django.db import models
from django.db.models import Q

from students.models.leased import LeasedWork


class LmsState(models.TextChoices):
    """Where the reading of a file stands."""

    WAITING = "waiting", "Waiting"
    RUNNING = "running", "Being read"
    DONE = "done", "Stored"
    UNCHANGED = "unchanged", "Nothing new"
    REFUSED = "refused", "Refused"
    FAILED = "failed", "Failed"


UNFINISHED = (LmsState.WAITING, LmsState.RUNNING)


class LmsRun(LeasedWork):
    """One upload and what became of it. A worker holds it by a lease that it must renew."""

    submission_id = models.UUIDField(unique=True)
    received_at = models.DateTimeField()
    received_by = models.ForeignKey("students.User", on_delete=models.PROTECT, related_name="+")
    file_name = models.CharField(max_length=150)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField(help_text="Bytes.")
    # By which it was read; the next upload begins with it.
    columns = models.JSONField(default=dict)
    kinds = models.JSONField(default=dict, help_text="The LMS's words, each with its measure; empty leaves it out.")
    zone = models.CharField(max_length=50, blank=True, help_text="Of instants that name none; empty refuses those.")
    state = models.CharField(max_length=10, choices=LmsState.choices, default=LmsState.WAITING)
    step = models.CharField(max_length=20, blank=True)
    rows_done = models.PositiveIntegerField(default=0)
    rows = models.PositiveIntegerField(default=0, help_text="Lines with an event, once they were counted.")
    stored = models.PositiveIntegerField(default=0)
    known = models.PositiveIntegerField(default=0, help_text="Events that had come before.")
    skipped = models.PositiveIntegerField(default=0, help_text="Lines of a kind that is left out.")
    # The first ones, with line, column and what is wrong; never what the cell said, which may be a child's id.
    faults = models.JSONField(default=list, blank=True)
    fault_count = models.PositiveIntegerField(default=0)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-received_at", "-id"]
        constraints = [
            # A run without its lease could never be taken up from a killed worker.
            models.CheckConstraint(
                name="lms_file_at_work_has_a_lease",
                condition=~Q(state=LmsState.RUNNING) | Q(lease_token__isnull=False, leased_until__isnull=False),
                violation_error_message="A file that is being read is held by a lease.",
            ),
            # A page that waits for the end would wait for ever.
            models.CheckConstraint(
                name="ended_lms_file_says_when",
                condition=Q(state__in=list(UNFINISHED)) | Q(finished_at__isnull=False),
                violation_error_message="A file that was read, or refused, says when.",
            ),
        ]

    def __str__(self) -> str:
        return f"LMS file {self.pk}"

    @property
    def is_worked_on(self) -> bool:
        """Whether a worker still has to do something."""
        return self.state in UNFINISHED


class LmsPart(models.Model):
    """A piece of a file, kept until it was read, so that web and workers may be on several machines."""

    run = models.ForeignKey(LmsRun, on_delete=models.CASCADE, related_name="parts", db_index=False)
    number = models.PositiveIntegerField()
    content = models.BinaryField()

    class Meta:
        ordering = ["run_id", "number"]
        constraints = [
            # Two pieces in one place would make another file of it.
            models.UniqueConstraint(
                fields=["run", "number"],
                name="one_lms_part_in_each_place",
                violation_error_message="This part of the file is there already.",
            )
        ]

    def __str__(self) -> str:
        return f"part {self.number} of {self.run_id}"
