"""What came in by roster files."""

import pgtrigger
from django.db import models


class RosterImport(models.Model):
    """One applied import: kept as evidence of where a record came from. Never changed."""

    applied_at = models.DateTimeField()
    applied_by = models.ForeignKey("students.User", on_delete=models.PROTECT, null=True, blank=True)
    source_system = models.CharField(max_length=200, blank=True)
    file_name = models.CharField(max_length=255)
    sha256 = models.CharField(max_length=64)
    counts = models.JSONField(help_text="Per kind of record: created, changed, ended, unchanged.")

    append_only = True

    class Meta:
        ordering = ["-applied_at"]
        triggers = [
            pgtrigger.Protect(name="imports_are_kept", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"import {self.pk}"
