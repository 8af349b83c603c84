"""What came in by roster files."""

import pgtrigger
from django.db import models


class RosterFile(models.Model):
    """The rows of one roster file as they stand: what a delta file changes. Replaced when they change."""

    name = models.CharField(max_length=40, unique=True, help_text="Without .csv.")
    version = models.CharField(max_length=10, blank=True, help_text="Of OneRoster; empty for the district's own files.")
    received_at = models.DateTimeField()
    sha256 = models.CharField(max_length=64, help_text="Of the file or its rows, and of the columns kept.")
    rows = models.BinaryField(help_text="CSV without passwords and dropped columns, packed by zlib.")

    def __str__(self) -> str:
        return f"{self.name}.csv"


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
