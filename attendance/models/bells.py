"""Bell schedules: their periods by date and by grade, and who changed them on a page."""

from datetime import date

import pghistory
import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from attendance.models.timed import Timed
from attendance.rules.bells import BellRow
from attendance.rules.schedule import BellPeriod
from students.models.dated import Dated, ends_after_start

# The first periods of a schedule ring on every day that uses it, also on one that was put in the calendar later.
SINCE_EVER = date(1900, 1, 1)


@pghistory.track(
    pghistory.UpdateEvent(row=pghistory.Old),
    pghistory.DeleteEvent(row=pghistory.Old),
    context_field=None,
)
class BellSchedule(models.Model):
    """A school's bells, by name: regular, early release, … What no person made here came by import."""

    school = models.ForeignKey("students.School", on_delete=models.PROTECT, related_name="bell_schedules")
    name = models.CharField(max_length=100)
    made_by = models.ForeignKey("students.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["school", "name"],
                name="one_bell_schedule_per_name",
                violation_error_message="The school has a bell schedule of this name.",
            ),
            # An import leaves alone what a person made; half a signature would be neither.
            models.CheckConstraint(
                name="bells_made_here_say_who_and_when",
                condition=Q(made_by__isnull=True, made_at__isnull=True)
                | Q(made_by__isnull=False, made_at__isnull=False),
                violation_error_message="Bells made here say who made them and when.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_imported(self) -> bool:
        """Whether the source system owns it: it is edited there, and each import brings it again."""
        return self.made_by_id is None


class PeriodKind(models.TextChoices):
    """What happens in a period; class and homeroom alone are instruction (MS-03)."""

    CLASS = "class", "Class"
    HOMEROOM = "homeroom", "Homeroom"
    LUNCH = "lunch", "Lunch"
    RECESS = "recess", "Recess"
    BREAKFAST = "breakfast", "Breakfast"


# What rings for a grade on a day: its own row of a period, else the row without grades. The rows of a schedule change
# on few days, so each of them is looked at. Locked, or two who add a row each would not see the other's.
_NO_MINUTE_TWICE = """
    PERFORM 1 FROM attendance_bellschedule WHERE id = touched FOR NO KEY UPDATE;
    IF EXISTS (
        WITH period AS (SELECT * FROM attendance_period WHERE bell_schedule_id = touched),
        grade AS (SELECT DISTINCT unnest(grades) AS grade FROM period UNION SELECT ''),
        day AS (SELECT starts_on AS day FROM period UNION SELECT ends_on + 1 FROM period WHERE ends_on IS NOT NULL),
        held AS (SELECT day.day, period.* FROM day JOIN period
            ON day.day BETWEEN period.starts_on AND COALESCE(period.ends_on, 'infinity')),
        rung AS (
            SELECT grade.grade, held.* FROM grade JOIN held ON grade.grade = ANY(held.grades)
                OR (held.grades = '{}' AND NOT EXISTS (SELECT FROM held own
                    WHERE own.day = held.day AND own.name = held.name AND grade.grade = ANY(own.grades)))
        )
        SELECT FROM rung one JOIN rung other ON one.day = other.day AND one.grade = other.grade AND one.id < other.id
        WHERE one.name = other.name OR (one.starts_at < other.ends_at AND other.starts_at < one.ends_at)
    ) THEN
        RAISE EXCEPTION 'Two periods of bell schedule % lie on the same minutes of a grade.', touched
            USING ERRCODE = 'exclusion_violation', CONSTRAINT = 'periods_do_not_overlap',
                  TABLE = 'attendance_period';
    END IF;
    RETURN NULL;
"""


@pghistory.track(
    pghistory.UpdateEvent(row=pghistory.Old),
    pghistory.DeleteEvent(row=pghistory.Old),
    context_field=None,
)
class Period(Timed, Dated):
    """One period of a bell schedule, from a day on, local times, the end exclusive; a meal inside is deducted (MS-03).

    `grades` names those for whom this row rings; without grades it rings for all who have no row of their own. Only a
    change that says so reaches into the past: else it ends the row and begins another, and past days keep their bells.
    """

    bell_schedule = models.ForeignKey(BellSchedule, on_delete=models.CASCADE, related_name="periods")
    name = models.CharField(max_length=40)
    kind = models.CharField(max_length=20, choices=PeriodKind.choices)
    grades = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    starts_on = models.DateField(default=SINCE_EVER)

    class Meta:
        ordering = ["starts_at"]
        constraints = [
            ends_after_start("period_holds_on_some_day"),
            # An import finds a row by these.
            models.UniqueConstraint(
                fields=["bell_schedule", "name", "grades", "starts_on"],
                name="one_period_per_name",
                violation_error_message="The bell schedule has a period of this name.",
            ),
            # A period of no length offers no minutes, and 63% of nothing is nothing.
            models.CheckConstraint(
                name="period_ends_after_start",
                condition=Q(ends_at__gt=F("starts_at")),
                violation_error_message="The period ends before it starts.",
            ),
            # Half a deduction cannot be taken off, and one outside the period would take off what was never offered.
            models.CheckConstraint(
                name="deduction_lies_in_its_period",
                condition=Q(deduction_starts_at__isnull=True, deduction_ends_at__isnull=True)
                # Named, because a comparison with nothing is neither true nor false, and so would pass.
                | Q(
                    deduction_starts_at__isnull=False,
                    deduction_ends_at__isnull=False,
                    deduction_starts_at__gte=F("starts_at"),
                    deduction_ends_at__lte=F("ends_at"),
                    deduction_ends_at__gt=F("deduction_starts_at"),
                ),
                violation_error_message="The meal inside the period needs a start and an end within the period.",
            ),
        ]
        # Minutes in two periods at once would be counted twice (MS-02). A range cannot see for whom a row rings, and
        # that hangs on other rows; asked at the end of the transaction, so that bells can be exchanged row by row.
        triggers = [
            pgtrigger.Trigger(
                name="periods_do_not_overlap",
                when=pgtrigger.After,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                timing=pgtrigger.Deferred,
                declare=[("touched", "bigint := COALESCE(NEW.bell_schedule_id, OLD.bell_schedule_id)")],
                func=_NO_MINUTE_TWICE,
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def row(self) -> BellRow:
        """The row as somebody would enter it."""
        meal = (self.deduction_starts_at, self.deduction_ends_at)
        return BellRow(self.name, self.kind, self.starts_at, self.ends_at, *meal, tuple(self.grades))

    @property
    def rung(self) -> BellPeriod:
        """The row as the rules want it."""
        return BellPeriod(self.name, self.kind, self.times, frozenset(self.grades))


class BellChange(models.Model):
    """One change of bells on a page: from which day on, by whom, why; sent twice it counts once. Never changed."""

    submission_id = models.UUIDField(unique=True)
    bell_schedule = models.ForeignKey(BellSchedule, on_delete=models.PROTECT, related_name="changes")
    holds_from = models.DateField(help_text="The first day that rings otherwise.")
    reason = models.CharField(max_length=300)
    made_by = models.ForeignKey("students.User", on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    append_only = True

    class Meta:
        ordering = ["-made_at", "-id"]
        triggers = [
            pgtrigger.Protect(name="bell_changes_are_kept", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return str(self.submission_id)

    @property
    def is_of_all_days(self) -> bool:
        """Whether it was made while no day rang by the bells, so that they never rang otherwise."""
        return self.holds_from == SINCE_EVER
