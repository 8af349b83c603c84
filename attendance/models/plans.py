"""The district's learning plan (MS-18): which modes, measures and frequencies hold, by school or grade."""

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from attendance.models.modes import Mode
from attendance.rules.plan import Plan


class Measure(models.TextChoices):
    """The measures by which asynchronous online attendance is established (MS-19, MS-27)."""

    LMS_ACTIVITY = "lms_activity", "Engagement with the LMS"
    CONTACT = "contact", "Contact with the teacher"
    WORK = "work", "That day’s assignments completed"
    LMS_LOGIN = "lms_login", "Log-in to the LMS"


class MeasuredBy(models.TextChoices):
    """Whether one measure stands for a student's day, or each class asks for its own (RD-20)."""

    DAY = "day", "Day"
    SECTION = "section", "Class"


class Frequency(models.TextChoices):
    """How often something is due."""

    DAILY = "daily", "Daily"
    WEEKLY = "weekly", "Weekly"


def _modes() -> list[str]:
    return list(Mode.values)


def _measures() -> list[str]:
    return [Measure.LMS_ACTIVITY, Measure.CONTACT, Measure.WORK]


@pghistory.track(
    pghistory.UpdateEvent(row=pghistory.Old),
    pghistory.DeleteEvent(row=pghistory.Old),
    context_field=None,
)
class LearningPlan(models.Model):
    """What holds from a day on, until the next row of the same school and grade begins.

    Without a school it is the district's, without a grade it is for all grades; the narrowest that has begun decides.
    """

    starts_on = models.DateField()
    school = models.ForeignKey("students.School", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    grade = models.CharField(max_length=20, blank=True)
    modes = ArrayField(models.CharField(max_length=20, choices=Mode.choices), default=_modes)
    measures = ArrayField(models.CharField(max_length=20, choices=Measure.choices), default=_measures)
    measured_by = models.CharField(max_length=10, choices=MeasuredBy.choices, default=MeasuredBy.DAY)
    contact_frequency = models.CharField(max_length=10, choices=Frequency.choices, default=Frequency.WEEKLY)
    least_contact_minutes = models.PositiveSmallIntegerField(default=0)
    entry_frequency = models.CharField(max_length=10, choices=Frequency.choices, default=Frequency.WEEKLY)
    turn_in_session_days = models.PositiveSmallIntegerField(
        default=1, help_text="Which session day after the week is the last for handing work in (RD-22)."
    )
    virtual_day_mode = models.CharField(
        max_length=20,
        choices=[each for each in Mode.choices if each[0] != Mode.IN_PERSON],
        default=Mode.SYNC_ONLINE,
        help_text="How students who come to school are taught on a virtual day (RD-23).",
    )
    quarantine_by_minutes = models.BooleanField(
        default=False, help_text="Judge quarantined students by MS-05 alone, not by every class and its work (RD-26)."
    )
    entered_by = models.ForeignKey("students.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    entered_at = models.DateTimeField(null=True, blank=True)
    submission_id = models.UUIDField(unique=True, null=True, blank=True)
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["starts_on", "id"]
        constraints = [
            # Two plans of the same reach from the same day would have no arbiter.
            models.UniqueConstraint(
                fields=["starts_on", "school", "grade"],
                nulls_distinct=False,
                name="one_plan_per_day_school_and_grade",
                violation_error_message="A plan for this school and grade begins on this day already.",
            ),
            models.CheckConstraint(
                name="plan_offers_some_mode",
                condition=Q(modes__len__gte=1),
                violation_error_message="A learning plan offers at least one mode of instruction.",
            ),
            # RD-22: with none, work could never be handed in after the week; with many, a month could not be closed.
            models.CheckConstraint(
                name="turn_in_is_within_five_session_days",
                condition=Q(turn_in_session_days__gte=1, turn_in_session_days__lte=5),
                violation_error_message="Work is handed in on the first to fifth session day after its week.",
            ),
        ]

    def __str__(self) -> str:
        return f"plan from {self.starts_on}"

    @property
    def plan(self) -> Plan:
        """The plan as the rules read it."""
        return Plan(
            starts_on=self.starts_on,
            school_id=self.school_id,
            grade=self.grade,
            modes=tuple(self.modes),
            measures=tuple(self.measures),
            measured_by=self.measured_by,
            contact_frequency=self.contact_frequency,
            least_contact_minutes=self.least_contact_minutes,
            entry_frequency=self.entry_frequency,
            turn_in_session_days=self.turn_in_session_days,
            virtual_day_mode=self.virtual_day_mode,
            quarantine_by_minutes=self.quarantine_by_minutes,
        )
