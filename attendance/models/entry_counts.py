"""How much of what was to be entered was entered in time, late, or not yet: by school, teacher and date (RD-25)."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q


class EntryKind(models.TextChoices):
    """What is entered."""

    CLASS = "class", "Class meetings"
    WORK = "work", "Days of students in own time"


class EntryCount(models.Model):
    """Entries of a school, of one kind, date and last day for entering in time; within the row, of each teacher.

    By date and not by week, so that months may begin on any day, and that what is open tells by itself, without being
    counted again, when it becomes late and overdue. Teachers stand within the row, for a district of 2,100 teachers
    would have half a million rows a year to add up, and has fourteen thousand.
    """

    school = models.ForeignKey("students.School", on_delete=models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField(max_length=5, choices=EntryKind.choices)
    date = models.DateField()
    due_on = models.DateField(help_text="The last day, inclusive, for entering in time.")
    in_time = models.PositiveIntegerField()
    late = models.PositiveIntegerField(help_text="First entered after the last day.")
    open = models.PositiveIntegerField(help_text="Not entered.")
    students = models.PositiveIntegerField(help_text="At least so many students stand behind days in own time.")
    # Side by side: the teacher (null for classes that nobody is named for), and of the above what is theirs.
    teacher_ids = ArrayField(models.BigIntegerField(null=True), default=list)
    in_time_of = ArrayField(models.IntegerField(), default=list)
    late_of = ArrayField(models.IntegerField(), default=list)
    open_of = ArrayField(models.IntegerField(), default=list)

    class Meta:
        indexes = [
            # Without the arrays, so that a district's year is read from the index alone.
            models.Index(
                fields=["date", "school", "kind"],
                include=["due_on", "in_time", "late", "open", "students"],
                name="entry_count_date",
            ),
        ]
        constraints = [
            # Two counts of the same would both be added up.
            models.UniqueConstraint(
                fields=["school", "date", "kind", "due_on"],
                name="entries_are_counted_once",
                violation_error_message="These entries are counted already.",
            ),
            # RD-25: an entry in time would be late.
            models.CheckConstraint(
                name="entry_is_due_on_its_day_or_later",
                condition=Q(due_on__gte=F("date")),
                violation_error_message="Nothing is due before its day.",
            ),
        ]

    def __str__(self) -> str:
        return f"entries {self.pk}"


class EntryNews(models.Model):
    """A school's date whose entries are to be counted anew. Triggers write a row for each change; counting takes them.

    Rows are only ever added by those who save, so two saves never wait for each other.
    """

    school = models.ForeignKey("students.School", on_delete=models.PROTECT, related_name="+")
    date = models.DateField()

    class Meta:
        verbose_name_plural = "entry news"

    def __str__(self) -> str:
        return f"news {self.pk}"


class EntriesCounted(models.Model):
    """When a school's entries were last counted."""

    school = models.OneToOneField("students.School", on_delete=models.PROTECT, related_name="+", primary_key=True)
    counted_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "entries counted"

    def __str__(self) -> str:
        return f"counted {self.pk}"
