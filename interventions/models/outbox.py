"""What must be looked at again because days changed: written in the change's own transaction, drained by workers."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Now


class DaysChanged(models.Model):
    """Some students' days are otherwise than they were. A row for each change, so that two saves never wait for each
    other; it goes in the transaction that has looked.
    """

    # Empty where a school's students are all meant.
    student_ids = ArrayField(models.BigIntegerField(), default=list, blank=True)
    # Empty together with the students: everybody.
    school_ids = ArrayField(models.BigIntegerField(), default=list, blank=True)
    noted_at = models.DateTimeField(db_default=Now())

    class Meta:
        verbose_name_plural = "days changed"

    def __str__(self) -> str:
        return f"days changed {self.pk}"


class MarksChanged(models.Model):
    """Some students were marked otherwise than present, or no longer so: what families may be told of may be otherwise.

    Written by a trigger in the marking transaction itself, a row for each save; it goes in the transaction that has
    looked.
    """

    student_ids = ArrayField(models.BigIntegerField(), default=list)
    noted_at = models.DateTimeField(db_default=Now())

    class Meta:
        verbose_name_plural = "marks changed"

    def __str__(self) -> str:
        return f"marks changed {self.pk}"
