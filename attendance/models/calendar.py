"""School days, when sections meet, and how students are taught."""

from typing import Any

import pghistory
import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, OuterRef, Q

from attendance.models.bells import BellSchedule
from students.models.dated import Dated, ends_after_start


class EventType(models.TextChoices):
    """The state's calendar events (CalendarEventType)."""

    INSTRUCTIONAL = "IN", "Instructional day"
    HOLIDAY = "H", "Holiday"
    EMERGENCY = "ED", "Emergency day"
    TEACHER_ONLY = "TD", "Teacher-only day"
    PROFESSIONAL_DEVELOPMENT = "PD", "Professional development day"
    LATE_OR_EARLY = "LAED", "Late arrival or early dismissal"
    STRIKE = "ST", "Strike"
    OTHER = "O", "Other"


IN_SESSION = (EventType.INSTRUCTIONAL, EventType.LATE_OR_EARLY)


class DayKind(models.TextChoices):
    """How a day is held (MS-38)."""

    TRADITIONAL = "traditional", "Traditional"
    HYBRID = "hybrid", "Hybrid"
    VIRTUAL = "virtual", "Virtual"


class CalendarDayQuerySet(models.QuerySet):
    """Days of calendars."""

    def in_session(self) -> "CalendarDayQuerySet":
        """Days on which school is held for anybody: a grade may have school while the others have none."""
        own = GradeDay.objects.filter(calendar_day=OuterRef("pk"), event_type__in=IN_SESSION)
        return self.filter(Q(event_type__in=IN_SESSION) | Exists(own))


class CalendarEdit(models.Model):
    """One change of some days on the calendar's pages: who, when and why. The same form sent twice is one change."""

    submission_id = models.UUIDField(unique=True)
    edited_by = models.ForeignKey("students.User", on_delete=models.PROTECT, related_name="+")
    edited_at = models.DateTimeField()
    reason = models.CharField(max_length=300)
    days = models.PositiveIntegerField(help_text="Days of schools that it changed.")

    append_only = True

    class Meta:
        triggers = [
            pgtrigger.Protect(name="calendar_edits_are_kept", operation=pgtrigger.Update | pgtrigger.Delete),
        ]
        constraints = [
            # A day called off is a day of everybody's record: an auditor asks why.
            models.CheckConstraint(
                name="calendar_edit_says_why",
                condition=~Q(reason=""),
                violation_error_message="Say why the calendar is changed.",
            )
        ]

    def __str__(self) -> str:
        return f"edit {self.pk}"


@pghistory.track(
    pghistory.UpdateEvent(row=pghistory.Old),
    pghistory.DeleteEvent(row=pghistory.Old),
    context_field=None,
)
class CalendarDay(models.Model):
    """One day of a school's calendar, as a file brought it or as somebody changed it on a page."""

    school = models.ForeignKey(
        "students.School", on_delete=models.PROTECT, related_name="calendar_days", db_index=False
    )
    date = models.DateField()
    event_type = models.CharField(max_length=4, choices=EventType.choices)
    name = models.CharField(max_length=30, blank=True)
    day_kind = models.CharField(max_length=20, choices=DayKind.choices, blank=True)
    rotation_day = models.CharField(max_length=20, blank=True)
    bell_schedule = models.ForeignKey(BellSchedule, on_delete=models.PROTECT, null=True, blank=True)
    attendance_frequency = models.CharField(
        max_length=10, choices=[("daily", "Daily"), ("weekly", "Weekly")], default="daily"
    )
    reporting_month = models.PositiveSmallIntegerField(null=True, blank=True)
    dismissal_time = models.TimeField(null=True, blank=True)
    # Set once the day, or its reporting month, was changed on a page: what files say of it no longer counts.
    edit = models.ForeignKey(
        CalendarEdit, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    month_edit = models.ForeignKey(
        CalendarEdit, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )

    objects: Any = CalendarDayQuerySet.as_manager()

    class Meta:
        ordering = ["date"]
        constraints = [
            # Two verdicts about one day of one school would have no arbiter.
            models.UniqueConstraint(
                fields=["school", "date"],
                name="one_calendar_day_per_school_and_date",
                violation_error_message="The school's calendar has this date.",
            ),
            # Without them nobody could say what was to be attended (MS-38).
            models.CheckConstraint(
                name="session_day_has_kind_and_bells",
                condition=~Q(event_type__in=IN_SESSION) | (~Q(day_kind="") & Q(bell_schedule__isnull=False)),
                violation_error_message="A day in session needs its kind and its bell schedule.",
            ),
            # The state knows nine months (RD-70).
            models.CheckConstraint(
                name="reporting_month_is_1_to_9",
                condition=Q(reporting_month__isnull=True) | Q(reporting_month__gte=1, reporting_month__lte=9),
                violation_error_message="Reporting months are numbered 1 to 9.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.date}"

    @property
    def in_session(self) -> bool:
        """Whether school is held."""
        return self.event_type in IN_SESSION


class GradeDay(models.Model):
    """A calendar day as one grade has it, where that differs from the school's: seniors' last day, a later start."""

    calendar_day = models.ForeignKey(CalendarDay, on_delete=models.CASCADE, related_name="grade_days", db_index=False)
    grade = models.CharField(max_length=20)
    event_type = models.CharField(max_length=4, choices=EventType.choices)
    name = models.CharField(max_length=30, blank=True)
    day_kind = models.CharField(max_length=20, choices=DayKind.choices, blank=True)
    rotation_day = models.CharField(max_length=20, blank=True)
    bell_schedule = models.ForeignKey(BellSchedule, on_delete=models.PROTECT, null=True, blank=True)
    dismissal_time = models.TimeField(null=True, blank=True)

    class Meta:
        ordering = ["calendar_day", "grade"]
        constraints = [
            # Two verdicts about one day of one grade would have no arbiter.
            models.UniqueConstraint(
                fields=["calendar_day", "grade"],
                name="one_day_per_grade",
                violation_error_message="This day stands already for this grade.",
            ),
            # A day of its own for no grade would be a second day of the whole school.
            models.CheckConstraint(
                name="grade_day_names_its_grade",
                condition=~Q(grade=""),
                violation_error_message="Say for which grade the day differs.",
            ),
            # As of the school's day: without them nobody could say what was to be attended (MS-38).
            models.CheckConstraint(
                name="grades_session_day_has_kind_and_bells",
                condition=~Q(event_type__in=IN_SESSION) | (~Q(day_kind="") & Q(bell_schedule__isnull=False)),
                violation_error_message="A day in session needs its kind and its bell schedule.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.grade} {self.calendar_day_id}"

    @classmethod
    def off_on(cls, day: Any) -> models.QuerySet:
        """The grades that have no school on a day, or on that of an outer query, on which others may have."""
        off = cls.objects.exclude(event_type__in=IN_SESSION).filter(calendar_day__date=day)
        return off.order_by().values("grade")

    @property
    def in_session(self) -> bool:
        """Whether the grade has school."""
        return self.event_type in IN_SESSION


class SectionMeetingTime(Dated):
    """A period in which a section meets, on the rotation days named or on every day."""

    section = models.ForeignKey("students.Section", on_delete=models.CASCADE, related_name="meeting_times")
    period = models.CharField(max_length=40)
    rotation_days = ArrayField(models.CharField(max_length=20), default=list, blank=True)

    class Meta:
        constraints = [
            ends_after_start("meeting_time_ends_after_start"),
            # An import finds a row by these; a change of rotation is another row from another day.
            models.UniqueConstraint(
                fields=["section", "period", "starts_on"],
                name="one_meeting_time_per_section_period_and_start",
                violation_error_message="The section meets in this period from this day already.",
            ),
        ]

    def __str__(self) -> str:
        return self.period


class SchoolDays(models.Model):
    """Up to which date a school's days are opened: class meetings expected, a ledger row per enrolled student."""

    school = models.OneToOneField("students.School", on_delete=models.PROTECT, related_name="days")
    opened_through = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "school days"

    def __str__(self) -> str:
        return f"{self.opened_through}"
