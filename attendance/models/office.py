"""What the front office knows of a student's day: who came and left when, who is away, and who is elsewhere."""

import pghistory
import pgtrigger
from django.db import models
from django.db.models import Count, F, Max, Min, Q


class OfficeKind(models.TextChoices):
    """What the office entered."""

    SIGN_IN = "sign_in", "Signed in"
    SIGN_OUT = "sign_out", "Signed out"
    REPORTED_ABSENCE = "reported_absence", "Reported absent"
    ACTIVITY = "activity", "School activity"
    IN_SCHOOL_SUSPENSION = "in_school_suspension", "In-school suspension"
    SUSPENSION = "suspension", "Suspended out of school"
    NURSE = "nurse", "With the nurse"
    COUNSELOR = "counselor", "With the counselor"


# One minute of one day each: when the student came in, or left.
AT_THE_DOOR = (OfficeKind.SIGN_IN, OfficeKind.SIGN_OUT)


class OfficeEntryQuerySet(models.QuerySet["OfficeEntry"]):
    """Entries, as lists want them."""

    def counted(self) -> "OfficeEntryQuerySet":
        """With how many students and dates they are of, and what of them still stands."""
        return self.annotate(
            students=Count("events"),
            withdrawn=Count("events", filter=Q(events__withdrawn_at__isnull=False)),
            first=Min("events__starts_on"),
            last=Max("events__ends_on"),
            begins=Min("events__starts_at"),
            ends=Max("events__ends_at"),
        )


class OfficeEntry(models.Model):
    """One entry of the office, for one student or for a bus of them. Never changed: its events are withdrawn."""

    # Made by the page that asks; the same form sent twice is one entry.
    submission_id = models.UUIDField(unique=True)
    # Whose office entered it; also what the day's list of a school is found by.
    school = models.ForeignKey("students.School", on_delete=models.PROTECT, related_name="office_entries")
    kind = models.CharField(max_length=20, choices=OfficeKind.choices)
    # What every teacher may read beside the student's name: "Band trip", never a word of health (RD-60).
    shown_as = models.CharField(max_length=60, blank=True)
    # For the office alone: who called, which bus, why.
    note = models.CharField(max_length=300, blank=True)
    entered_by = models.ForeignKey("students.User", on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()

    append_only = True

    objects = OfficeEntryQuerySet.as_manager()

    class Meta:
        triggers = [
            pgtrigger.Protect(name="office_entries_are_kept", operation=pgtrigger.Update | pgtrigger.Delete),
        ]
        constraints = [
            # RD-60: a visit to the nurse is told to nobody outside the office, whatever somebody typed.
            models.CheckConstraint(
                name="nurse_visit_shows_no_words",
                condition=~Q(kind=OfficeKind.NURSE) | Q(shown_as=""),
                violation_error_message="What a nurse visit was about is not shown to teachers.",
            ),
        ]

    def __str__(self) -> str:
        return f"office entry {self.pk}"


@pghistory.track(
    pghistory.UpdateEvent(row=pghistory.Old),
    pghistory.DeleteEvent(row=pghistory.Old),
    context_field=None,
)
class OfficeEvent(models.Model):
    """What an entry says of one student. Days and times are local; days are inclusive. Withdrawn, never deleted.

    A sign-in and a sign-out have the minute in `starts_at` alone. A student who left and came back has one of each:
    who is away is so from a sign-out to the next sign-in of the day. The other kinds have both times on one day, or
    none for whole days.
    """

    # No index of their own where a constraint or a wider index begins with the column.
    entry = models.ForeignKey(OfficeEntry, on_delete=models.PROTECT, related_name="events", db_index=False)
    student = models.ForeignKey(
        "students.Student", on_delete=models.PROTECT, related_name="office_events", db_index=False
    )
    # The entry's own, so that the day is judged without asking for it.
    kind = models.CharField(max_length=20, choices=OfficeKind.choices)
    starts_on = models.DateField()
    ends_on = models.DateField()
    starts_at = models.TimeField(null=True, blank=True)
    ends_at = models.TimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey("students.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["starts_on", "starts_at", "id"]
        indexes = [
            models.Index(fields=["student", "starts_on"], name="office_event_student_start"),
            # A day's list asks for what has not ended; most of a year has.
            models.Index(fields=["ends_on"], name="office_event_end"),
        ]
        constraints = [
            # The same student twice on one list is one student.
            models.UniqueConstraint(
                fields=["entry", "student"],
                name="one_office_event_per_entry_and_student",
                violation_error_message="The student is in this entry already.",
            ),
            models.CheckConstraint(
                name="office_event_ends_after_start",
                condition=Q(ends_on__gte=F("starts_on")),
                violation_error_message="The last day lies before the first.",
            ),
            # RD-06: a sign-in without its minute, or of two days, would cap nobody's minutes.
            models.CheckConstraint(
                name="sign_in_and_out_are_one_minute",
                condition=~Q(kind__in=AT_THE_DOOR)
                | Q(starts_on=F("ends_on"), starts_at__isnull=False, ends_at__isnull=True),
                violation_error_message="A sign-in or sign-out has one day and one time.",
            ),
            # Times over several days would not say which minutes of which day; the nulls are named, since a
            # comparison with nothing is neither true nor false, and so would pass.
            models.CheckConstraint(
                name="office_times_are_of_one_day",
                condition=Q(kind__in=AT_THE_DOOR)
                | Q(starts_at__isnull=True, ends_at__isnull=True)
                | Q(
                    starts_on=F("ends_on"),
                    starts_at__isnull=False,
                    ends_at__isnull=False,
                    ends_at__gt=F("starts_at"),
                ),
                violation_error_message="Times need one day, a start and a later end.",
            ),
            # RD-07: a suspension makes whole days absences of their own kind; minutes of one would mean nothing.
            models.CheckConstraint(
                name="suspension_is_of_whole_days",
                condition=~Q(kind=OfficeKind.SUSPENSION) | Q(starts_at__isnull=True),
                violation_error_message="A suspension is of whole days.",
            ),
            models.CheckConstraint(
                name="withdrawn_office_event_says_who_and_why",
                condition=Q(withdrawn_at__isnull=True) | (Q(withdrawn_by__isnull=False) & ~Q(withdrawn_reason="")),
                violation_error_message="A withdrawn entry says who withdrew it and why.",
            ),
        ]

    def __str__(self) -> str:
        return f"office event {self.pk}"
