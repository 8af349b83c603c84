"""The daily ledger: the only source of any figure."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from attendance.models.modes import Mode


class DayStatus(models.TextChoices):
    """What a day is, to everybody."""

    PRESENT = "present", "Present"
    ABSENT = "absent", "Absent"
    UNDETERMINED = "undetermined", "Undetermined"


class AbsenceKind(models.TextChoices):
    """What an absence is."""

    EXCUSED = "excused", "Excused"
    UNEXCUSED = "unexcused", "Unexcused"
    SUSPENDED = "suspended", "Suspended"


class DailyAttendance(models.Model):
    """One student on one session day, up to the day the school's days are opened through. Written by one writer."""

    # Every index is paid for at each save of each class: the constraint and the two below serve these columns.
    student = models.ForeignKey("students.Student", on_delete=models.PROTECT, related_name="days", db_index=False)
    date = models.DateField()
    school = models.ForeignKey("students.School", on_delete=models.PROTECT, related_name="+", db_index=False)
    enrollment = models.ForeignKey("students.Enrollment", on_delete=models.PROTECT, related_name="+")
    policy = models.ForeignKey(
        "attendance.AttendancePolicy", on_delete=models.PROTECT, related_name="+", null=True, db_index=False
    )
    grade = models.CharField(max_length=20, blank=True)
    ada_included = models.BooleanField(default=True)
    mode = models.CharField(max_length=20, choices=Mode.choices, blank=True)
    status = models.CharField(max_length=15, choices=DayStatus.choices, default=DayStatus.UNDETERMINED)
    absence_kind = models.CharField(max_length=10, choices=AbsenceKind.choices, blank=True)
    minutes_required = models.PositiveSmallIntegerField(default=0)
    minutes_needed = models.PositiveSmallIntegerField(default=0)
    minutes_attended = models.PositiveSmallIntegerField(default=0)
    minutes_excused = models.PositiveSmallIntegerField(default=0)
    minutes_untaken = models.PositiveSmallIntegerField(default=0)
    meetings_expected = models.PositiveSmallIntegerField(default=0)
    meetings_untaken = models.PositiveSmallIntegerField(default=0)
    tardies = models.PositiveSmallIntegerField(default=0)
    early_departures = models.PositiveSmallIntegerField(default=0)
    # Classes that the student did in own time that day (asynchronous, offline): no teacher is asked for a mark there.
    own_time_sections = ArrayField(models.BigIntegerField(), default=list, blank=True)
    # Classes that wait for the entry of what the student did (MS-26); in quarantine live ones, too (RD-26).
    own_time_open = ArrayField(models.BigIntegerField(), default=list, blank=True)
    # The rules that decided, in the rule book's numbers.
    rules = models.CharField(max_length=100, blank=True)

    class Meta:
        ordering = ["date", "student_id"]
        indexes = [
            models.Index(fields=["school", "date"], name="ledger_school_date"),
            models.Index(
                fields=["school", "date"],
                condition=Q(status=DayStatus.UNDETERMINED),
                name="ledger_undetermined",
            ),
            models.Index(
                fields=["school", "date"],
                condition=~Q(own_time_open=[]),
                name="ledger_own_time_open",
            ),
            # Days with classes in own time are few, and boards, weeks and lists of what nobody took ask for them by
            # student; a row without such classes costs this index nothing.
            models.Index(
                fields=["student", "date"],
                condition=~Q(own_time_sections=[]),
                name="ledger_own_time",
            ),
            # A student's absences of a year lie on as many pages as there were days: the nightly pass of the tiers
            # asks for them alone, and takes half the time by this.
            models.Index(
                fields=["student", "date"],
                condition=Q(status=DayStatus.ABSENT) | Q(tardies__gt=0),
                name="ledger_absent_or_tardy",
            ),
        ]
        constraints = [
            # RD-09: a second row would be a second day of funding.
            models.UniqueConstraint(
                fields=["student", "date"],
                name="one_ledger_row_per_student_and_date",
                violation_error_message="The student's day stands in the ledger.",
            ),
            # An absence without a kind vanishes from the state's counts; a kind without an absence is added to them.
            models.CheckConstraint(
                name="absences_alone_have_a_kind",
                condition=Q(status=DayStatus.ABSENT, absence_kind__in=AbsenceKind.values)
                | (~Q(status=DayStatus.ABSENT) & Q(absence_kind="")),
                violation_error_message="An absence is excused, unexcused or suspended; nothing else is.",
            ),
        ]

    def __str__(self) -> str:
        return f"day {self.pk}"
