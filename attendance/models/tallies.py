"""How many student-days the ledger holds of each kind, and marks each period, so that a year of a whole district is
added up at a look.
"""

from django.db import models
from django.db.models import Q

from attendance.models.modes import Mode

# What the state knows a day of the ledger as, which is how days are counted (ST-02): a suspension is unexcused there.
STANDINGS = ("present", "excused", "unexcused", "undetermined")


def _days() -> list[models.IntegerField]:
    """A column for each day of a week, Monday first."""
    return [models.IntegerField() for _ in range(7)]


class WeekTally(models.Model):
    """Student-days of a school's week that are alike; the sum of all such rows is what the ledger holds.

    Triggers of the ledger write one row for each change, negative where days are no longer so: two saves never wait
    for each other, and the sum is right in every transaction. Rows of a school's week are added up into one later.
    A week is one row of 28 numbers, since figures of a whole district read every row of two years.
    """

    school = models.ForeignKey("students.School", on_delete=models.PROTECT, related_name="+", db_index=False)
    week = models.DateField(help_text="Its Monday.")
    grade = models.CharField(max_length=20, blank=True)
    ada_included = models.BooleanField()
    mode = models.CharField(max_length=20, choices=Mode.choices, blank=True)
    present_1, present_2, present_3, present_4, present_5, present_6, present_7 = _days()
    excused_1, excused_2, excused_3, excused_4, excused_5, excused_6, excused_7 = _days()
    unexcused_1, unexcused_2, unexcused_3, unexcused_4, unexcused_5, unexcused_6, unexcused_7 = _days()
    undetermined_1, undetermined_2, undetermined_3, undetermined_4, undetermined_5, undetermined_6, undetermined_7 = (
        _days()
    )
    settled = models.BooleanField(default=False, db_default=False, help_text="Added up with the others of its week.")

    class Meta:
        verbose_name_plural = "week tallies"
        indexes = [
            models.Index(fields=["school", "week"], name="week_tally_school_week"),
            models.Index(fields=["school"], condition=Q(settled=False), name="week_tally_unsettled"),
        ]
        constraints = [
            # The fewest students of a day are read from settled rows as they stand: two would each seem too few.
            models.UniqueConstraint(
                fields=["school", "week", "grade", "ada_included", "mode"],
                condition=Q(settled=True),
                name="one_settled_tally_of_a_kind_and_week",
                violation_error_message="The tallies of this week were added up already.",
            )
        ]

    def __str__(self) -> str:
        return f"tally {self.pk}"


class MarkTally(models.Model):
    """Marks of classes taken in a school's period of a date; the sum of all such rows is what was marked.

    Written by triggers of marks and of class meetings, a row for each change, as the ledger's tallies are. A class that
    is void or not taken counts nothing: there is no data of it.
    """

    school = models.ForeignKey("students.School", on_delete=models.PROTECT, related_name="+", db_index=False)
    date = models.DateField()
    period = models.CharField(max_length=40)
    # A column each: a save writes one row, whatever it marked.
    present = models.IntegerField(help_text="Marks; negative where they are no longer so, as in the others.")
    tardy = models.IntegerField()
    left_early = models.IntegerField()
    absent = models.IntegerField()
    settled = models.BooleanField(default=False, db_default=False, help_text="Added up with the others of its date.")

    class Meta:
        verbose_name_plural = "mark tallies"
        indexes = [
            models.Index(fields=["school", "date"], name="mark_tally_school_date"),
            models.Index(fields=["school"], condition=Q(settled=False), name="mark_tally_unsettled"),
        ]

    def __str__(self) -> str:
        return f"mark tally {self.pk}"
