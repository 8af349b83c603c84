"""Who answers for a school's month: warnings known by name, the school's approval, the district's certification."""

import pgtrigger
from django.db import models
from django.db.models import Q

_KEPT = pgtrigger.Update | pgtrigger.Delete


class Acknowledgement(models.Model):
    """A person knows the warnings of one kind in a school's month, and says why they stand (RD-71). Never changed.

    It is of the very warnings, by the digest of their words: it holds when the month is built anew with the same ones,
    and must be given anew when they change.
    """

    school = models.ForeignKey("students.School", on_delete=models.PROTECT, related_name="+")
    school_year = models.ForeignKey("students.SchoolYear", on_delete=models.PROTECT, related_name="+")
    month = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=40)
    digest = models.CharField(max_length=64)
    reason = models.CharField(max_length=500)
    acknowledged_by = models.ForeignKey("students.User", on_delete=models.PROTECT, related_name="+")
    # As written that day: people marry, and accounts are renamed.
    acknowledged_by_name = models.CharField(max_length=200)
    acknowledged_at = models.DateTimeField()

    append_only = True

    class Meta:
        ordering = ["id"]
        constraints = [
            # A second click, or two people at once: who was first has said it.
            models.UniqueConstraint(
                fields=["school", "school_year", "month", "code", "digest"],
                name="one_acknowledgement_of_the_same_warnings",
                violation_error_message="These warnings are acknowledged already.",
            ),
            # An auditor reads why nothing was done about them.
            models.CheckConstraint(
                name="acknowledgement_says_why",
                condition=~Q(reason=""),
                violation_error_message="Say why these warnings stand.",
            ),
        ]
        triggers = [pgtrigger.Protect(name="acknowledgements_are_kept", operation=_KEPT)]

    def __str__(self) -> str:
        return f"{self.code} of month {self.month}"


class Approval(models.Model):
    """The school says that the package of a run is its month. Never changed; another run needs another one."""

    run = models.OneToOneField("reporting.MonthRun", on_delete=models.PROTECT, related_name="approval")
    approved_by = models.ForeignKey("students.User", on_delete=models.PROTECT, related_name="+")
    approved_by_name = models.CharField(max_length=200)
    approved_at = models.DateTimeField()

    append_only = True

    class Meta:
        ordering = ["id"]
        constraints = [
            # The certification repeats the name: nobody could be asked about a month that nobody approved.
            models.CheckConstraint(
                name="approval_names_who_approved",
                condition=~Q(approved_by_name=""),
                violation_error_message="An approval bears the name of who approved.",
            ),
        ]
        triggers = [pgtrigger.Protect(name="approvals_are_kept", operation=_KEPT)]

    def __str__(self) -> str:
        return f"approval of run {self.run_id}"


class Certification(models.Model):
    """The district certifies an approved package: one link of the district's chain. Never changed.

    `content` is what was hashed, to the letter; the fields beside it are for finding the row, and must agree with it.
    """

    sequence = models.PositiveIntegerField()
    run = models.OneToOneField("reporting.MonthRun", on_delete=models.PROTECT, related_name="certification")
    approval = models.OneToOneField(Approval, on_delete=models.PROTECT, related_name="certification")
    school = models.ForeignKey("students.School", on_delete=models.PROTECT, related_name="certifications")
    school_year = models.ForeignKey("students.SchoolYear", on_delete=models.PROTECT, related_name="+")
    month = models.PositiveSmallIntegerField()
    package_sha256 = models.CharField(max_length=64)
    certified_by = models.ForeignKey("students.User", on_delete=models.PROTECT, related_name="+")
    certified_by_name = models.CharField(max_length=200)
    certified_at = models.DateTimeField()
    amends = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="amended_by")
    previous_hash = models.CharField(max_length=64, blank=True)
    content = models.TextField()
    hash = models.CharField(max_length=64)

    append_only = True

    class Meta:
        ordering = ["sequence"]
        constraints = [
            # Two at once would both be the next one, and the chain would have two ends.
            models.UniqueConstraint(
                fields=["sequence"],
                name="one_certification_a_place",
                violation_error_message="Another certification has this place in the chain.",
            ),
            models.UniqueConstraint(
                fields=["previous_hash"],
                name="chain_of_certifications_never_forks",
                violation_error_message="Another certification follows that one already.",
            ),
            # Numbered from 1; the first one alone has none before it.
            models.CheckConstraint(
                name="certification_follows_another_or_is_the_first",
                condition=Q(sequence=1, previous_hash="") | (Q(sequence__gt=1) & ~Q(previous_hash="")),
                violation_error_message="A certification but the first names the one before it.",
            ),
            # A month has one line of certifications, the first and its amendments: two would be two truths.
            models.UniqueConstraint(
                fields=["school", "school_year", "month"],
                condition=Q(amends__isnull=True),
                name="one_first_certification_a_month",
                violation_error_message="This month is certified already; a later certification amends that one.",
            ),
            models.UniqueConstraint(
                fields=["amends"],
                name="certification_is_amended_once",
                violation_error_message="Another certification amends that one already.",
            ),
        ]
        triggers = [pgtrigger.Protect(name="certifications_are_kept", operation=_KEPT)]

    def __str__(self) -> str:
        return f"certification {self.sequence}"
