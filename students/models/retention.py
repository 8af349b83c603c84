"""How long a school year's records are kept, what stands in the way of their disposal, and what disposals removed."""

import pghistory
import pgtrigger
from django.db import models
from django.db.models import F, Q

from students.models.leased import LeasedWork
from students.rules.retention import FLOOR_YEARS


class RetentionPolicy(models.Model):
    """For how many years after a school year's end its records are kept, from a day on. Never changed."""

    starts_on = models.DateField()
    documentation_years = models.PositiveSmallIntegerField(help_text="Attendance documentation: 5 at least (MS-31).")
    support_years = models.PositiveSmallIntegerField(help_text="Case notes, letters and messages.")
    reason = models.CharField(max_length=300)
    entered_by = models.ForeignKey("students.User", on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()

    append_only = True

    class Meta:
        ordering = ["-starts_on"]
        triggers = [
            pgtrigger.Protect(name="retention_policies_are_kept", operation=pgtrigger.Update | pgtrigger.Delete),
        ]
        constraints = [
            # Two policies from one day on would leave a year's last day to chance.
            models.UniqueConstraint(
                fields=["starts_on"],
                name="one_retention_policy_from_a_day",
                violation_error_message="A policy that begins on this day stands already. Choose a later day.",
            ),
            # MS-31: the state's floor.
            models.CheckConstraint(
                name="documentation_is_kept_five_years",
                condition=Q(documentation_years__gte=FLOOR_YEARS),
                violation_error_message="Attendance documentation is kept five years at least (MS-31).",
            ),
            # A parent may ask after a call or a note when the summer is over.
            models.CheckConstraint(
                name="support_records_are_kept_a_year",
                condition=Q(support_years__gte=1),
                violation_error_message="Case notes and messages are kept one year at least.",
            ),
        ]

    def __str__(self) -> str:
        return f"retention policy {self.pk}"


@pghistory.track(pghistory.UpdateEvent(row=pghistory.Old), context_field=None)
class LegalHold(models.Model):
    """Records that must not go, whatever their age: of a school year, a school, a student, or of these together.

    While it stands, nothing of the school years that it touches is disposed of: a day is judged by rows that many
    students share. Lifted, never deleted.
    """

    submission_id = models.UUIDField(unique=True)
    school_year = models.ForeignKey(
        "students.SchoolYear", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    school = models.ForeignKey("students.School", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    student = models.ForeignKey("students.Student", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    reason = models.CharField(max_length=300)
    placed_by = models.ForeignKey("students.User", on_delete=models.PROTECT, related_name="+")
    placed_at = models.DateTimeField()
    lifted_by = models.ForeignKey("students.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    lifted_at = models.DateTimeField(null=True, blank=True)
    lifted_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["-placed_at", "-id"]
        triggers = [pgtrigger.Protect(name="legal_holds_are_kept", operation=pgtrigger.Delete)]
        constraints = [
            # A hold of nothing would look like a hold of everything.
            models.CheckConstraint(
                name="legal_hold_says_of_what",
                condition=Q(school_year__isnull=False) | Q(school__isnull=False) | Q(student__isnull=False),
                violation_error_message="Say what is held: a school year, a school or a student.",
            ),
            # A court asks by whom and why the records were let go.
            models.CheckConstraint(
                name="lifted_hold_says_who_and_why",
                condition=Q(lifted_at__isnull=True, lifted_by__isnull=True, lifted_reason="")
                | (Q(lifted_at__isnull=False, lifted_by__isnull=False) & ~Q(lifted_reason="")),
                violation_error_message="A hold that is lifted says who lifted it, when and why.",
            ),
        ]

    def __str__(self) -> str:
        return f"legal hold {self.pk}"


class RecordKind(models.TextChoices):
    """What a disposal is of; each follows its own years."""

    DOCUMENTATION = "documentation", "Attendance documentation"
    SUPPORT = "support", "Case notes and messages"


class DisposalState(models.TextChoices):
    """Where a disposal stands."""

    PROPOSED = "proposed", "Waits for the second person"
    WITHDRAWN = "withdrawn", "Withdrawn"
    CONFIRMED = "confirmed", "Confirmed, waiting for a worker"
    RUNNING = "running", "Being carried out"
    DONE = "done", "Carried out"
    FAILED = "failed", "Stopped"


UNFINISHED = (DisposalState.PROPOSED, DisposalState.CONFIRMED, DisposalState.RUNNING)


@pghistory.track(
    pghistory.UpdateEvent(row=pghistory.Old, condition=pgtrigger.AnyChange("state")),
    context_field=None,
    exclude=["attempts", "lease_token", "leased_until", "heartbeat_at"],
)
class Disposal(LeasedWork):
    """The disposal of one school year's records of a kind: one person proposes it, another confirms it (MS-31)."""

    submission_id = models.UUIDField(unique=True)
    school_year = models.ForeignKey("students.SchoolYear", on_delete=models.PROTECT, related_name="disposals")
    kind = models.CharField(max_length=20, choices=RecordKind.choices)
    state = models.CharField(max_length=10, choices=DisposalState.choices, default=DisposalState.PROPOSED)
    reason = models.CharField(max_length=300)
    proposed_by = models.ForeignKey("students.User", on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    confirmed_by = models.ForeignKey("students.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey("students.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    step = models.CharField(max_length=63, blank=True, help_text="The table that is being gone through.")
    rows_removed = models.PositiveBigIntegerField(default=0)
    finished_at = models.DateTimeField(null=True, blank=True)
    proof_sha256 = models.CharField(max_length=64, blank=True, help_text="Over the hashes of all that was removed.")

    class Meta:
        ordering = ["-proposed_at", "-id"]
        triggers = [pgtrigger.Protect(name="disposals_are_kept", operation=pgtrigger.Delete)]
        constraints = [
            models.UniqueConstraint(
                fields=["school_year", "kind"],
                # Two workers on one year would write two proofs, neither of them whole.
                condition=Q(state__in=UNFINISHED),
                name="one_unfinished_disposal_per_year_and_kind",
                violation_error_message="A disposal of these records is under way already.",
            ),
            # MS-31: nobody destroys a child's records alone.
            models.CheckConstraint(
                name="disposal_takes_two_persons",
                condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=F("proposed_by")),
                violation_error_message="Another person than the one who proposed a disposal confirms it.",
            ),
            models.CheckConstraint(
                name="disposal_is_carried_out_when_confirmed",
                condition=Q(state__in=[DisposalState.PROPOSED, DisposalState.WITHDRAWN])
                | Q(confirmed_by__isnull=False, confirmed_at__isnull=False),
                violation_error_message="A disposal is carried out when a second person has confirmed it.",
            ),
            # A row without its lease could never be taken up from a killed worker.
            models.CheckConstraint(
                name="running_disposal_has_a_lease",
                condition=~Q(state=DisposalState.RUNNING) | Q(lease_token__isnull=False, leased_until__isnull=False),
                violation_error_message="A disposal that is being carried out is held by a lease.",
            ),
            # The proof is what remains of the records.
            models.CheckConstraint(
                name="finished_disposal_has_its_proof",
                condition=~Q(state=DisposalState.DONE) | (Q(finished_at__isnull=False) & ~Q(proof_sha256="")),
                violation_error_message="A disposal that was carried out has its proof.",
            ),
        ]

    def __str__(self) -> str:
        return f"disposal {self.pk}"

    @property
    def unfinished(self) -> bool:
        """Whether somebody or a worker still has to do something."""
        return self.state in UNFINISHED


class RemovedRows(models.Model):
    """Rows that one step of a disposal removed from one table, all in one transaction. Never changed."""

    disposal = models.ForeignKey(Disposal, on_delete=models.PROTECT, related_name="removed")
    table = models.CharField(max_length=63)
    batch = models.PositiveIntegerField(help_text="Counted from 1 in each table.")
    rows = models.PositiveIntegerField()
    first_day = models.DateField(null=True, blank=True)
    last_day = models.DateField(null=True, blank=True)
    sha256 = models.CharField(max_length=64, help_text="Over the id and the hash of each row, by id.")
    removed_at = models.DateTimeField()

    append_only = True

    class Meta:
        ordering = ["id"]
        triggers = [
            pgtrigger.Protect(name="removals_are_kept", operation=pgtrigger.Update | pgtrigger.Delete),
        ]
        constraints = [
            # The same step told twice would prove more than there was.
            models.UniqueConstraint(
                fields=["disposal", "table", "batch"],
                name="one_removal_per_table_and_batch",
                violation_error_message="This step of the disposal is told already.",
            ),
            models.CheckConstraint(
                name="removal_is_of_some_rows",
                condition=Q(rows__gt=0),
                violation_error_message="A step that removed nothing proves nothing.",
            ),
        ]

    def __str__(self) -> str:
        return f"removed rows {self.pk}"
