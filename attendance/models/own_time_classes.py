"""Which classes of a date nobody meets live, found once, so that boards and lists need not ask class by class."""

from django.db import models


class OwnTimeClass(models.Model):
    """A class that met on a date, and all of whose students worked in own time: no teacher is asked to take it.

    What stands here is true of every school's date of which there is no news; of the others whoever asks finds out
    anew.
    """

    section = models.ForeignKey("students.Section", on_delete=models.PROTECT, related_name="+", db_index=False)
    school = models.ForeignKey(
        "students.School", on_delete=models.PROTECT, related_name="+", db_index=False, help_text="Where it met."
    )
    date = models.DateField()

    class Meta:
        verbose_name_plural = "classes in own time"
        indexes = [models.Index(fields=["school", "date"], name="own_time_class_school_date")]
        constraints = [
            # A class that stood here twice would be taken off what is due twice.
            models.UniqueConstraint(
                fields=["section", "date", "school"],
                name="one_row_of_a_class_in_own_time",
                violation_error_message="It is known already that nobody meets this class live.",
            )
        ]

    def __str__(self) -> str:
        return f"class in own time {self.pk}"


class OwnTimeNews(models.Model):
    """A school's date on which classes may have become own time, or live. Triggers write a row for each change of the
    ledger, of rosters and of meetings; finding out takes them.

    Rows are only ever added by those who save, so two saves never wait for each other.
    """

    school = models.ForeignKey("students.School", on_delete=models.PROTECT, related_name="+", db_index=False)
    date = models.DateField()

    class Meta:
        verbose_name_plural = "own time news"
        indexes = [models.Index(fields=["school", "date"], name="own_time_news_school_date")]

    def __str__(self) -> str:
        return f"news {self.pk}"
