"""An import as a piece of work: from the moment a set is received until it is applied, refused or given up."""

from django.db import models
from django.db.models import Q

from students.models.leased import LeasedWork


class RunOrigin(models.TextChoices):
    """How a set came in."""

    PAGE = "page", "Upload"
    FOLDER = "folder", "Watched folder"
    COMMAND = "command", "Command"
    API = "api", "Other program"


class RunStage(models.TextChoices):
    """Where an import stands."""

    RECEIVED = "received", "Received"
    PLANNING = "planning", "Being compared"
    PLANNED = "planned", "Waits for you to apply it"
    HELD = "held", "Held: needs a confirmation"
    APPROVED = "approved", "Waits to be applied"
    APPLYING = "applying", "Being applied"
    APPLIED = "applied", "Applied"
    UNCHANGED = "unchanged", "Nothing to change"
    REFUSED = "refused", "Refused"
    FAILED = "failed", "Failed"
    CANCELLED = "cancelled", "Cancelled"
    SUPERSEDED = "superseded", "Replaced by a newer set"


# A worker has to do something; a person has to; nobody has to any more.
WORKED_ON = (RunStage.RECEIVED, RunStage.PLANNING, RunStage.APPROVED, RunStage.APPLYING)
WAITING_FOR_A_PERSON = (RunStage.PLANNED, RunStage.HELD)
OPEN = (*WORKED_ON, *WAITING_FOR_A_PERSON)


class RosterRun(LeasedWork):
    """One set of files and what became of it. What it wrote is kept for good in its RosterImport."""

    # Made by whoever sends the set; the same sending twice is one run.
    submission_id = models.UUIDField(unique=True)
    origin = models.CharField(max_length=10, choices=RunOrigin.choices)
    received_at = models.DateTimeField()
    received_by = models.ForeignKey(
        "students.User", on_delete=models.PROTECT, null=True, blank=True, related_name="received_imports"
    )
    file_name = models.CharField(max_length=150)
    sha256 = models.CharField(max_length=64, blank=True, help_text="Of the archive, byte for byte.")
    size = models.PositiveBigIntegerField(default=0, help_text="Bytes of the archive.")
    # When the file in the watched folder was last written.
    delivered_at = models.DateTimeField(null=True, blank=True)
    applies_itself = models.BooleanField(default=False, help_text="Whether it is applied unasked unless held.")
    stage = models.CharField(max_length=10, choices=RunStage.choices, default=RunStage.RECEIVED)
    step = models.CharField(max_length=20, blank=True)
    is_partial = models.BooleanField(default=False, help_text="Whether a file says only what changed.")
    planned_at = models.DateTimeField(null=True, blank=True)
    counts = models.JSONField(default=dict, blank=True)
    notes = models.JSONField(default=list, blank=True)
    held = models.JSONField(default=list, blank=True, help_text="Why a person must confirm it.")
    warnings = models.JSONField(default=list, blank=True)
    faults = models.JSONField(default=list, blank=True, help_text="The first ones, with file, line, column and value.")
    fault_count = models.PositiveIntegerField(default=0)
    # What cells said may be a child's name: forgotten after a while.
    values_forgotten = models.BooleanField(default=False)
    plan_digest = models.CharField(max_length=64, blank=True, help_text="Of what a person sees before agreeing.")
    decided_by = models.ForeignKey(
        "students.User", on_delete=models.PROTECT, null=True, blank=True, related_name="decided_imports"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=500, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    evidence = models.OneToOneField(
        "students.RosterImport", on_delete=models.PROTECT, null=True, blank=True, related_name="run"
    )

    class Meta:
        ordering = ["-received_at", "-id"]
        indexes = [models.Index(fields=["stage"], name="roster_runs_by_stage")]
        constraints = [
            # Two looks at the folder at once must not bring the same delivery in twice.
            models.UniqueConstraint(
                fields=["sha256", "delivered_at"],
                condition=Q(origin=RunOrigin.FOLDER),
                name="one_run_per_delivery",
                violation_error_message="This file of the watched folder was taken in already.",
            ),
            # A run without its lease could never be taken up from a killed worker.
            models.CheckConstraint(
                name="import_at_work_has_a_lease",
                condition=~Q(stage__in=[RunStage.PLANNING, RunStage.APPLYING])
                | Q(lease_token__isnull=False, leased_until__isnull=False),
                violation_error_message="An import that is being worked on is held by a lease.",
            ),
            # A page that waits for the end of an import, and a person who asks when it ended, would wait for ever.
            models.CheckConstraint(
                name="ended_import_says_when",
                condition=Q(stage__in=list(OPEN)) | Q(finished_at__isnull=False),
                violation_error_message="An import that has ended says when.",
            ),
            # Nobody could be asked why a third of the students was withdrawn. Who runs the command says so there.
            models.CheckConstraint(
                name="confirmed_endings_have_a_reason",
                condition=~Q(stage__in=[RunStage.APPROVED, RunStage.APPLYING, RunStage.APPLIED])
                | Q(held=[])
                | (Q(decided_by__isnull=False) & ~Q(reason="")),
                violation_error_message="An import that ends so much is confirmed by a person, with a reason.",
            ),
            # What was written can be traced to its evidence, and nothing else claims to have written.
            models.CheckConstraint(
                name="applied_import_has_its_evidence",
                condition=Q(stage=RunStage.APPLIED, evidence__isnull=False)
                | (~Q(stage=RunStage.APPLIED) & Q(evidence__isnull=True)),
                violation_error_message="An applied import, and no other, has its evidence.",
            ),
        ]

    def __str__(self) -> str:
        return f"import run {self.pk}"

    @property
    def is_worked_on(self) -> bool:
        """Whether a worker still has to do something."""
        return self.stage in WORKED_ON

    @property
    def waits_for_a_person(self) -> bool:
        """Whether it is planned, and goes on only when somebody says so."""
        return self.stage in WAITING_FOR_A_PERSON

    @property
    def is_open(self) -> bool:
        """Whether it has not ended."""
        return self.stage in OPEN


class RosterPart(models.Model):
    """A piece of a set's archive, kept until the run ends, so that web and workers may be on several machines."""

    run = models.ForeignKey(RosterRun, on_delete=models.CASCADE, related_name="parts")
    number = models.PositiveIntegerField()
    content = models.BinaryField()

    class Meta:
        ordering = ["run_id", "number"]
        constraints = [
            # Two pieces in one place would make another archive of it.
            models.UniqueConstraint(
                fields=["run", "number"],
                name="one_part_in_each_place",
                violation_error_message="This part of the archive is there already.",
            ),
        ]

    def __str__(self) -> str:
        return f"part {self.number} of {self.run_id}"
