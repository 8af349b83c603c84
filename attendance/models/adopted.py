"""What a calendar is held against: the calendar as adopted, the days waived since, and the teachers' working day."""

import pghistory
import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from attendance.models.documents import ContentType


class AdoptedCalendar(models.Model):
    """A school's calendar as the board adopted it: the baseline of MS-01 and RD-30. The last one of a year counts."""

    # One form adopts for several schools at once.
    submission_id = models.UUIDField()
    school = models.ForeignKey(
        "students.School", on_delete=models.PROTECT, related_name="adopted_calendars", db_index=False
    )
    first_year = models.PositiveSmallIntegerField(help_text="The year in which the school year begins.")
    session_days = ArrayField(models.DateField())
    adopted_on = models.DateField()
    document = models.CharField(max_length=200, help_text="By which decision: the minutes of the board.")
    reason = models.CharField(max_length=300, blank=True, help_text="Why it replaces an earlier one.")
    recorded_by = models.ForeignKey("students.User", on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    append_only = True

    class Meta:
        ordering = ["recorded_at", "id"]
        indexes = [models.Index(fields=["school", "first_year"], name="adopted_by_school_and_year")]
        triggers = [
            # A baseline that could be moved would be none.
            pgtrigger.Protect(name="adopted_calendars_are_kept", operation=pgtrigger.Update | pgtrigger.Delete),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["submission_id", "school"],
                name="one_adoption_per_form_and_school",
                violation_error_message="This form has adopted the school's calendar already.",
            ),
            # Against an empty calendar no day could be waived, and every one would be an addition.
            models.CheckConstraint(
                name="adopted_calendar_has_days",
                condition=Q(session_days__len__gt=0),
                violation_error_message="An adopted calendar has at least one school day.",
            ),
            models.CheckConstraint(
                name="adopted_calendar_names_its_document",
                condition=~Q(document=""),
                violation_error_message="Say by which decision the calendar was adopted.",
            ),
        ]

    def __str__(self) -> str:
        return f"adopted {self.first_year} {self.pk}"


class WaiverReason(models.TextChoices):
    """Why a school day may be waived: each has to do with COVID-19 (MS-01)."""

    OUTBREAK = "outbreak", "Outbreak among students or staff"
    STAFF = "staff", "Too many of the staff in quarantine"
    HEALTH_ORDER = "health_order", "Closed by a health order"
    CLEANING = "cleaning", "Closed to be disinfected"
    PREPARATION = "preparation", "Preparing for distance learning or a safe opening"


@pghistory.track(
    pghistory.UpdateEvent(row=pghistory.Old),
    pghistory.DeleteEvent(row=pghistory.Old),
    context_field=None,
)
class WaivedDay(models.Model):
    """A day of a school's adopted calendar on which school is not held, and which counts all the same (MS-01)."""

    submission_id = models.UUIDField()
    school = models.ForeignKey("students.School", on_delete=models.PROTECT, related_name="waived_days", db_index=False)
    date = models.DateField()
    reason = models.CharField(max_length=20, choices=WaiverReason.choices)
    document = models.CharField(max_length=200, blank=True)
    kept_at = models.CharField(max_length=200, blank=True)
    entered_by = models.ForeignKey("students.User", on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()
    withdrawn_by = models.ForeignKey("students.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["date", "id"]
        constraints = [
            # A day waived twice would count twice; one withdrawn may be waived again.
            models.UniqueConstraint(
                fields=["school", "date"],
                condition=Q(withdrawn_at__isnull=True),
                name="one_waiver_per_school_and_date",
                violation_error_message="This day is waived already.",
            ),
            # A storm is no reason: the state's waiver is for COVID-19 alone.
            models.CheckConstraint(
                name="waiver_has_a_covid_reason",
                condition=Q(reason__in=WaiverReason.values),
                violation_error_message="A day is waived for a reason that has to do with COVID-19.",
            ),
            # A document that nobody can find is none.
            models.CheckConstraint(
                name="waivers_document_says_where_it_is",
                condition=Q(document="") | ~Q(kept_at=""),
                violation_error_message="Say where the document is kept.",
            ),
            models.CheckConstraint(
                name="withdrawn_waiver_says_who_and_why",
                condition=Q(withdrawn_at__isnull=True) | (Q(withdrawn_by__isnull=False) & ~Q(withdrawn_reason="")),
                violation_error_message="A withdrawn waiver says who withdrew it and why.",
            ),
        ]

    def __str__(self) -> str:
        return f"waiver {self.date}"


class WaiverDocument(models.Model):
    """A document of a waived day on file; its bytes stand in the folder of documents, for several days at once."""

    waiver = models.ForeignKey(WaivedDay, on_delete=models.PROTECT, related_name="documents", db_index=False)
    file_name = models.CharField(max_length=150, help_text="As it was sent; the name in the folder tells nothing.")
    content_type = models.CharField(max_length=20, choices=ContentType.choices)
    size_bytes = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    storage_name = models.CharField(max_length=40)
    uploaded_by = models.ForeignKey("students.User", on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField()

    append_only = True

    class Meta:
        ordering = ["uploaded_at", "id"]
        triggers = [pgtrigger.Protect(name="waiver_documents_are_kept", operation=pgtrigger.Update | pgtrigger.Delete)]
        constraints = [
            # A form sent twice adds nothing.
            models.UniqueConstraint(
                fields=["waiver", "sha256"],
                name="waivers_document_is_on_file_once",
                violation_error_message="This document is on file already.",
            ),
            models.CheckConstraint(
                name="waivers_document_has_content",
                condition=Q(size_bytes__gt=0),
                violation_error_message="The document is empty.",
            ),
        ]

    def __str__(self) -> str:
        return f"document {self.pk} of a waiver"


@pghistory.track(
    pghistory.UpdateEvent(row=pghistory.Old),
    pghistory.DeleteEvent(row=pghistory.Old),
    context_field=None,
)
class StaffHours(models.Model):
    """The teachers' working day of a school, in local times, from a day on until the next row's first (MS-40)."""

    school = models.ForeignKey("students.School", on_delete=models.PROTECT, related_name="staff_hours", db_index=False)
    starts_on = models.DateField()
    starts_at = models.TimeField()
    ends_at = models.TimeField()
    entered_by = models.ForeignKey("students.User", on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()

    class Meta:
        ordering = ["starts_on"]
        verbose_name_plural = "staff hours"
        constraints = [
            models.UniqueConstraint(
                fields=["school", "starts_on"],
                name="one_working_day_per_school_and_start",
                violation_error_message="The school has a working day from this date on.",
            ),
            # No planning lies in a working day of no length.
            models.CheckConstraint(
                name="working_day_ends_after_start",
                condition=Q(ends_at__gt=F("starts_at")),
                violation_error_message="The working day ends before it starts.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.starts_at} to {self.ends_at}"
