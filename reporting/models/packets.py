"""Audit packets: the evidence behind a student's span, a school's day or a school's month, as copies to hand out.

A packet is a copy and no documentation: its bytes are removed after a while. Who asked for it, why, about whom, and who
took it away stays.
"""

import pgtrigger
from django.db import models
from django.db.models import F, Q

from students.models.leased import LeasedWork


class PacketKind(models.TextChoices):
    """What a packet is about."""

    STUDENT = "student", "A student"
    DAY = "day", "A school’s day"
    MONTH = "month", "A school’s month"


class PacketBasis(models.TextChoices):
    """Why the law lets these records leave the district, or be looked at (RD-61)."""

    AUDIT = "audit", "Audit or evaluation"
    SCHOOL_OFFICIAL = "school_official", "School official"
    CONSENT = "consent", "Consent"
    COURT_ORDER = "court_order", "Court order"
    CHILD_WELFARE = "child_welfare", "Child welfare"
    EMERGENCY = "emergency", "Health or safety emergency"


class PacketState(models.TextChoices):
    """Where the making of a packet stands."""

    WAITING = "waiting", "Waiting"
    RUNNING = "running", "Being made"
    DONE = "done", "Ready"
    FAILED = "failed", "Failed"
    REMOVED = "removed", "Removed"


UNFINISHED = (PacketState.WAITING, PacketState.RUNNING)


class AuditPacket(LeasedWork):
    """One packet, from the asking on. A worker holds it by a lease that it must renew. Both ends are inclusive."""

    # Made by the page that asks; the same form sent twice is one packet.
    submission_id = models.UUIDField(unique=True)
    kind = models.CharField(max_length=10, choices=PacketKind.choices)
    student = models.ForeignKey(
        "students.Student", on_delete=models.PROTECT, null=True, blank=True, related_name="packets"
    )
    school = models.ForeignKey(
        "students.School", on_delete=models.PROTECT, null=True, blank=True, related_name="packets"
    )
    month = models.PositiveSmallIntegerField(null=True, blank=True, help_text="1 to 9, of a packet of a month.")
    starts_on = models.DateField()
    ends_on = models.DateField()
    basis = models.CharField(max_length=20, choices=PacketBasis.choices)
    recipient = models.CharField(max_length=200, help_text="Who is given it: the name of an office or a person.")
    requested_by = models.ForeignKey("students.User", on_delete=models.PROTECT, related_name="+")
    requested_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=PacketState.choices, default=PacketState.WAITING)
    step = models.CharField(max_length=20, blank=True)
    students_done = models.PositiveIntegerField(default=0)
    students_total = models.PositiveIntegerField(default=0)
    as_of = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    file_name = models.CharField(max_length=150, blank=True)
    size_bytes = models.PositiveBigIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True)
    # As its manifest lists them: name, title, rows, bytes, sha256.
    members = models.JSONField(default=list, blank=True)
    kept_until = models.DateField(null=True, blank=True, help_text="The last day on which its bytes are there.")

    class Meta:
        ordering = ["-requested_at", "-id"]
        constraints = [
            models.CheckConstraint(
                name="packet_ends_after_start",
                condition=Q(ends_on__gte=F("starts_on")),
                violation_error_message="The last day lies before the first.",
            ),
            # A packet about nobody in particular would be one about everybody.
            models.CheckConstraint(
                name="packet_names_what_it_is_about",
                condition=Q(kind="student", student__isnull=False, school__isnull=True, month__isnull=True)
                | Q(kind="day", student__isnull=True, school__isnull=False, month__isnull=True, ends_on=F("starts_on"))
                | Q(kind="month", student__isnull=True, school__isnull=False, month__isnull=False),
                violation_error_message="A packet is of a student, of a school’s day, or of a school’s month.",
            ),
            # RD-61: what is told of a child records to whom, and on which legal basis.
            models.CheckConstraint(
                name="packet_says_to_whom_and_on_which_basis",
                condition=Q(basis__in=PacketBasis.values) & ~Q(recipient=""),
                violation_error_message="Say who is given the packet, and on which legal basis (RD-61).",
            ),
            # A packet without its lease could never be taken up from a killed worker.
            models.CheckConstraint(
                name="packet_at_work_has_a_lease",
                condition=~Q(state="running") | Q(lease_token__isnull=False, leased_until__isnull=False),
                violation_error_message="A packet that is being made is held by a lease.",
            ),
            # Nobody downloads half a packet: it is ready with its hash, and with the day on which it goes.
            models.CheckConstraint(
                name="ready_packet_is_whole",
                condition=~Q(state__in=["done", "removed"])
                | (Q(finished_at__isnull=False, kept_until__isnull=False, as_of__isnull=False) & ~Q(sha256="")),
                violation_error_message="A packet that is ready says when, with which hash, and how long it is kept.",
            ),
        ]

    def __str__(self) -> str:
        return f"packet {self.pk}"

    @property
    def is_worked_on(self) -> bool:
        """Whether a worker still has to do something."""
        return self.state in UNFINISHED


class PacketPart(models.Model):
    """A piece of a packet's bytes, in the database so that web and workers may be on several machines."""

    packet = models.ForeignKey(AuditPacket, on_delete=models.CASCADE, related_name="parts", db_index=False)
    number = models.PositiveIntegerField()
    content = models.BinaryField()

    class Meta:
        ordering = ["packet_id", "number"]
        constraints = [
            # Two pieces in one place would make another file of it.
            models.UniqueConstraint(
                fields=["packet", "number"],
                name="one_packet_part_in_each_place",
                violation_error_message="This part of the packet is there already.",
            )
        ]

    def __str__(self) -> str:
        return f"part {self.number} of {self.packet_id}"


class PacketSubject(models.Model):
    """A child of whom a packet tells: who asks what was told of this child is answered (RD-61). Never changed."""

    packet = models.ForeignKey(AuditPacket, on_delete=models.PROTECT, related_name="subjects", db_index=False)
    student = models.ForeignKey("students.Student", on_delete=models.PROTECT, related_name="packet_subjects")

    append_only = True

    class Meta:
        triggers = [pgtrigger.Protect(name="packet_subjects_are_kept", operation=pgtrigger.Update | pgtrigger.Delete)]
        constraints = [
            models.UniqueConstraint(
                fields=["packet", "student"],
                name="one_subject_per_packet_and_student",
                violation_error_message="The packet tells of this student already.",
            )
        ]

    def __str__(self) -> str:
        return f"subject {self.pk}"


class PacketAct(models.TextChoices):
    """What was done with a packet."""

    ASKED = "asked", "Asked for"
    MADE = "made", "Made"
    DOWNLOADED = "downloaded", "Downloaded"
    REMOVED = "removed", "Removed after its time"


class PacketLog(models.Model):
    """Who asked for a packet, when it was made, who took it away, and when its bytes went. Never changed."""

    packet = models.ForeignKey(AuditPacket, on_delete=models.PROTECT, related_name="log")
    act = models.CharField(max_length=10, choices=PacketAct.choices)
    # Nobody: the installation did it.
    by = models.ForeignKey("students.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField()

    append_only = True

    class Meta:
        ordering = ["at", "id"]
        triggers = [pgtrigger.Protect(name="packet_log_is_kept", operation=pgtrigger.Update | pgtrigger.Delete)]
        constraints = [
            # A copy of children's records that nobody in particular took would be one that nobody answers for.
            models.CheckConstraint(
                name="packet_is_asked_for_and_taken_by_somebody",
                condition=Q(act__in=["made", "removed"], by__isnull=True)
                | Q(act__in=["asked", "downloaded"], by__isnull=False),
                violation_error_message="A packet is asked for and downloaded by a person.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.act} {self.packet_id}"
