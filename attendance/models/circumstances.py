"""What makes one student's day another than the class's: own schedules, accommodations, assessments, colleges."""

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from attendance.models.modes import EntersPast
from attendance.models.own_time import says_who_withdrew
from attendance.models.plans import Measure
from students.models.dated import Dated, ends_after_start, no_overlap


class OwnScheduleKind(models.TextChoices):
    """Why a student's own day may be shorter than 240 minutes (RD-01)."""

    EARLY_RELEASE = "early_release", "Early-release senior"
    PART_TIME = "part_time", "Part-time"
    HOMEBOUND = "homebound", "Homebound instruction"


@pghistory.track(
    pghistory.UpdateEvent(row=pghistory.Old),
    pghistory.DeleteEvent(row=pghistory.Old),
    context_field=None,
)
class OwnSchedule(EntersPast, Dated):
    """A student under the early-release policy (MS-04), part-time, or taught at home in minutes that are entered."""

    student = models.ForeignKey("students.Student", on_delete=models.PROTECT, related_name="own_schedules")
    kind = models.CharField(max_length=20, choices=OwnScheduleKind.choices)
    # For those entitled (RD-60); pages of a class never show it.
    reason = models.CharField(max_length=300, blank=True)
    submission_id = models.UUIDField(unique=True)
    entered_by = models.ForeignKey("students.User", on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()

    class Meta:
        constraints = [
            ends_after_start("own_schedule_ends_after_start"),
            # Part-time and homebound at once would say twice, and otherwise, how a day is judged.
            no_overlap(
                "one_own_schedule_at_a_time",
                "student",
                message="The student has a schedule of this sort on some of these days.",
            ),
        ]

    def __str__(self) -> str:
        return self.kind


@pghistory.track(
    pghistory.UpdateEvent(row=pghistory.Old),
    pghistory.DeleteEvent(row=pghistory.Old),
    context_field=None,
)
class Accommodation(EntersPast, Dated):
    """Measures that count for one student with a disability beside those of the plan (MS-39)."""

    student = models.ForeignKey("students.Student", on_delete=models.PROTECT, related_name="accommodations")
    measures = ArrayField(models.CharField(max_length=20, choices=Measure.choices))
    # For those entitled alone (RD-60): every page else says "accommodation on file".
    reason = models.CharField(max_length=300)
    submission_id = models.UUIDField(unique=True)
    entered_by = models.ForeignKey("students.User", on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()

    class Meta:
        constraints = [
            ends_after_start("accommodation_ends_after_start"),
            models.CheckConstraint(
                name="accommodation_says_what_and_why",
                condition=Q(measures__len__gte=1) & ~Q(reason=""),
                violation_error_message="Say which measure counts for this student, and why.",
            ),
        ]

    def __str__(self) -> str:
        return f"accommodation {self.pk}"


class Assessment(models.Model):
    """A state assessment at a school on one day (MS-12). It adds in-person minutes for students who learn elsewhere."""

    submission_id = models.UUIDField(unique=True)
    school = models.ForeignKey("students.School", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=100)
    date = models.DateField()
    starts_at = models.TimeField()
    ends_at = models.TimeField()
    # Kindergarten Readiness alone may be taken from home.
    may_be_remote = models.BooleanField(default=False)
    entered_by = models.ForeignKey("students.User", on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()
    withdrawn_by = models.ForeignKey("students.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["date", "starts_at", "id"]
        constraints = [
            models.CheckConstraint(
                name="assessment_ends_after_start",
                condition=Q(ends_at__gt=F("starts_at")),
                violation_error_message="The assessment ends before it starts.",
            ),
            # Whose day turns on an assessment learns who took it back.
            models.CheckConstraint(
                name="withdrawn_assessment_says_who_and_why",
                condition=Q(withdrawn_at__isnull=True) | (Q(withdrawn_by__isnull=False) & ~Q(withdrawn_reason="")),
                violation_error_message="A withdrawn assessment says who withdrew it and why.",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class AssessmentSeatQuerySet(models.QuerySet["AssessmentSeat"]):
    """Seats of assessments."""

    def listed(self) -> "AssessmentSeatQuerySet":
        """Those that were not taken off their list."""
        return self.filter(withdrawn_at__isnull=True)


@pghistory.track(
    pghistory.UpdateEvent(row=pghistory.Old),
    pghistory.DeleteEvent(row=pghistory.Old),
    context_field=None,
)
class AssessmentSeat(models.Model):
    """A student listed for an assessment, and the minutes attended once it is taken. Taken off the list, never deleted.

    `listed_by` is None where the student was listed with the assessment itself.
    """

    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="seats", db_index=False)
    student = models.ForeignKey("students.Student", on_delete=models.PROTECT, related_name="+")
    listed_by = models.ForeignKey("students.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    listed_at = models.DateTimeField(null=True, blank=True)
    minutes_attended = models.PositiveSmallIntegerField(null=True, blank=True)
    marked_by = models.ForeignKey("students.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    marked_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey("students.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_reason = models.CharField(max_length=300, blank=True)

    objects = AssessmentSeatQuerySet.as_manager()

    class Meta:
        constraints = [
            # Whose day no longer has the assessment's minutes learns who took the student off the list.
            says_who_withdrew("withdrawn_seat_says_who_and_why"),
            # Listed twice, the same minutes would be required twice (RD-23).
            models.UniqueConstraint(
                fields=["assessment", "student"],
                name="one_seat_per_assessment_and_student",
                violation_error_message="The student is listed for this assessment already.",
            ),
            models.CheckConstraint(
                name="taken_seat_says_who_and_when",
                condition=Q(minutes_attended__isnull=True) | Q(marked_by__isnull=False, marked_at__isnull=False),
                violation_error_message="Attendance at an assessment says who took it and when.",
            ),
        ]

    def __str__(self) -> str:
        return f"seat {self.pk}"


class College(models.Model):
    """A college whose classes count for both (MS-32)."""

    name = models.CharField(max_length=200, unique=True)

    def __str__(self) -> str:
        return self.name


@pghistory.track(
    pghistory.UpdateEvent(row=pghistory.Old),
    pghistory.DeleteEvent(row=pghistory.Old),
    context_field=None,
)
class CollegeDay(models.Model):
    """A day on which a college holds no class, while the district may (RD-27)."""

    college = models.ForeignKey(College, on_delete=models.CASCADE, related_name="days_off", db_index=False)
    date = models.DateField()
    name = models.CharField(max_length=100, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["college", "date"],
                name="one_day_off_per_college_and_date",
                violation_error_message="The college has this day off already.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.date}"


class CollegeSection(models.Model):
    """A class of the roster that a college teaches."""

    section = models.OneToOneField("students.Section", on_delete=models.PROTECT, related_name="+")
    college = models.ForeignKey(College, on_delete=models.PROTECT, related_name="sections")

    def __str__(self) -> str:
        return f"{self.section_id}"
