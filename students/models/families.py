"""Accounts of families: invitations with a code, and whose account speaks for which guardian or student (RD-62)."""

import pghistory
from django.db import models
from django.db.models import F, Q

ONE_OF_THEM = Q(guardian__isnull=False, student__isnull=True) | Q(guardian__isnull=True, student__isnull=False)


class Invitation(models.Model):
    """A code by which one guardian, or one student of age or without a guardian, joins the portal. Used once.

    Only the code's hash is kept: whoever reads the table cannot use it. It names nobody.
    """

    code_hash = models.CharField(max_length=64)
    guardian = models.ForeignKey(
        "students.Guardian", on_delete=models.PROTECT, null=True, blank=True, related_name="invitations"
    )
    student = models.ForeignKey(
        "students.Student", on_delete=models.PROTECT, null=True, blank=True, related_name="invitations"
    )
    made_by = models.ForeignKey("students.User", on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    # Where it was mailed to; empty where it was printed.
    sent_to = models.EmailField(blank=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    used_by = models.ForeignKey("students.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    # A newer code, or somebody, took its place.
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            # Two people behind one code: whose child would it open?
            models.UniqueConstraint(
                fields=["code_hash"],
                name="one_invitation_per_code",
                violation_error_message="This code stands already.",
            ),
            models.CheckConstraint(
                name="invitation_is_for_one",
                condition=ONE_OF_THEM,
                violation_error_message="An invitation is for one guardian, or for one student.",
            ),
            # A letter that was lost is a door nobody closes.
            models.CheckConstraint(
                name="invitation_expires",
                condition=Q(expires_at__gt=F("made_at")),
                violation_error_message="An invitation ends after it was made.",
            ),
            models.CheckConstraint(
                name="used_invitation_says_by_whom",
                condition=Q(used_at__isnull=True, used_by__isnull=True)
                | Q(used_at__isnull=False, used_by__isnull=False, withdrawn_at__isnull=True),
                violation_error_message="A code that was used says by whom, and cannot be withdrawn any more.",
            ),
        ]

    def __str__(self) -> str:
        return f"invitation {self.pk}"


@pghistory.track(
    pghistory.UpdateEvent(row=pghistory.Old),
    pghistory.DeleteEvent(row=pghistory.Old),
    context_field=None,
)
class FamilyAccount(models.Model):
    """An account speaks for a guardian, or for the student in person. Which children it opens follows from the
    guardian's links of the day, and never from this row.
    """

    user = models.ForeignKey("students.User", on_delete=models.PROTECT, related_name="family")
    guardian = models.ForeignKey(
        "students.Guardian", on_delete=models.PROTECT, null=True, blank=True, related_name="accounts"
    )
    student = models.ForeignKey(
        "students.Student", on_delete=models.PROTECT, null=True, blank=True, related_name="accounts"
    )
    invitation = models.OneToOneField(Invitation, on_delete=models.PROTECT, related_name="account")
    joined_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey("students.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="family_account_is_for_one",
                condition=ONE_OF_THEM,
                violation_error_message="An account speaks for one guardian, or for one student.",
            ),
            # A code that somebody else used first must not open a second account for the same parent.
            models.UniqueConstraint(
                fields=["guardian"],
                condition=Q(ended_at__isnull=True),
                name="one_account_per_guardian",
                violation_error_message="This guardian has an account.",
            ),
            models.UniqueConstraint(
                fields=["student"],
                condition=Q(ended_at__isnull=True),
                name="one_account_per_student",
                violation_error_message="This student has an account.",
            ),
            models.CheckConstraint(
                name="ended_family_account_says_who",
                condition=Q(ended_at__isnull=True, ended_by__isnull=True)
                | Q(ended_at__isnull=False, ended_by__isnull=False),
                violation_error_message="An account that was ended says who ended it.",
            ),
        ]

    def __str__(self) -> str:
        return f"family account {self.pk}"
