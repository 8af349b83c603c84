"""Tokens by which programs sign in as somebody."""

from datetime import timedelta

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from students.rules.token_scopes import LONGEST_LIFE, TOKEN_SCOPES


class ApiToken(models.Model):
    """A token that somebody made for a program. Only its hash is kept: whoever reads the table cannot use it."""

    user = models.ForeignKey("students.User", on_delete=models.PROTECT, related_name="api_tokens")
    name = models.CharField(max_length=100)
    # The first letters of the token, by which its owner knows it again; far too few to guess the rest.
    prefix = models.CharField(max_length=16)
    sha256 = models.CharField(max_length=64)
    scopes = ArrayField(models.CharField(max_length=40))
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    # To the hour: writing it at each request would make every read a write.
    last_used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_by = models.ForeignKey("students.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["-created_at", "-id"]
        constraints = [
            # Two people behind one token: whose scope would it be?
            models.UniqueConstraint(
                fields=["sha256"], name="one_token_per_hash", violation_error_message="This token exists already."
            ),
            # DRF's own tokens live for ever; one that leaked is then a door nobody closes.
            models.CheckConstraint(
                name="token_expires_within_a_year",
                condition=Q(expires_at__gt=F("created_at"))
                & Q(expires_at__lte=F("created_at") + models.Value(LONGEST_LIFE, models.DurationField())),
                violation_error_message="A token ends after it begins, and within a year.",
            ),
            # A token that names nothing it may do would have to be read as "everything" or as "nothing".
            models.CheckConstraint(
                name="token_names_known_scopes",
                condition=Q(scopes__len__gt=0, scopes__contained_by=list(TOKEN_SCOPES)),
                violation_error_message="A token names at least one of the things a token may do.",
            ),
            models.CheckConstraint(
                name="revoked_token_says_by_whom",
                condition=Q(revoked_at__isnull=True, revoked_by__isnull=True)
                | Q(revoked_at__isnull=False, revoked_by__isnull=False),
                violation_error_message="A revoked token says who revoked it and when.",
            ),
        ]

    def __str__(self) -> str:
        return self.prefix


# How coarsely the last use is kept.
USE_IS_KEPT_EACH = timedelta(hours=1)
