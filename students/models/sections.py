"""Courses, their sections, and who learns and teaches in them."""

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from students.models.dated import Dated, FactSource, ends_after_start, no_overlap


class Course(models.Model):
    """A subject as the district offers it."""

    source_id = models.CharField(max_length=255, unique=True)
    title = models.CharField(max_length=200)
    code = models.CharField(max_length=100, blank=True)

    def __str__(self) -> str:
        return self.title


class Section(models.Model):
    """A class of a course: a roster, its teachers and the periods it meets in."""

    source_id = models.CharField(max_length=255, unique=True)
    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="sections")
    school = models.ForeignKey("students.School", on_delete=models.PROTECT, related_name="sections")
    title = models.CharField(max_length=200)
    code = models.CharField(max_length=100, blank=True)
    kind = models.CharField(max_length=20, choices=[("scheduled", "Scheduled"), ("homeroom", "Homeroom")])
    location = models.CharField(max_length=100, blank=True)
    # Whose bells and calendar it keeps, where grades differ; empty keeps those of the school.
    grades = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    # As the roster names them; they are met every day of the terms where meetings.csv says nothing.
    periods = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    terms = models.ManyToManyField("students.Term", related_name="sections")

    class Meta:
        ordering = ["title", "id"]

    def __str__(self) -> str:
        return self.title


class SectionEnrollment(Dated):
    """A student on a section's roster."""

    source_id = models.CharField(max_length=255)
    student = models.ForeignKey("students.Student", on_delete=models.PROTECT, related_name="section_enrollments")
    section = models.ForeignKey(Section, on_delete=models.PROTECT, related_name="enrollments")

    class Meta:
        constraints = [
            ends_after_start("section_enrollment_ends_after_start"),
            # A roster line that ended and came back is a second row; an import finds each by these two.
            models.UniqueConstraint(
                fields=["source_id", "starts_on"],
                name="one_section_enrollment_per_source_and_start",
                violation_error_message="The roster names this line from this day already.",
            ),
            # A student twice on a roster would be marked twice in one meeting.
            no_overlap(
                "once_on_a_roster_a_day",
                "student",
                "section",
                message="The student is on this roster on some of these days already.",
            ),
        ]

    def __str__(self) -> str:
        return f"section enrollment {self.pk}"


@pghistory.track(
    pghistory.UpdateEvent(row=pghistory.Old),
    pghistory.DeleteEvent(row=pghistory.Old),
    context_field=None,
)
class SectionTeacher(Dated):
    """Somebody who teaches a section: from the roster, or a substitute named on the class's page, with who named them.

    What stood before a change is kept.
    """

    source_id = models.CharField(max_length=255)
    user = models.ForeignKey("students.User", on_delete=models.PROTECT, related_name="teaching")
    section = models.ForeignKey(Section, on_delete=models.PROTECT, related_name="teachers")
    is_primary = models.BooleanField(default=False)
    source = models.CharField(max_length=10, choices=FactSource.choices, default=FactSource.ROSTER)
    entered_by = models.ForeignKey("students.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    entered_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey("students.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            ends_after_start("section_teacher_ends_after_start"),
            # A roster line that ended and came back is a second row; an import finds each by these two.
            models.UniqueConstraint(
                fields=["source_id", "starts_on"],
                name="one_section_teacher_per_source_and_start",
                violation_error_message="The roster names this line from this day already.",
            ),
            # Ending one of two overlapping rows would leave a former teacher with the class. What the roster says
            # stands beside what was entered here: each is ended where it came from.
            no_overlap(
                "once_a_teacher_of_a_section_a_day",
                "user",
                "section",
                condition=Q(source=FactSource.ROSTER),
                message="This person teaches the section on some of these days already.",
            ),
            no_overlap(
                "once_a_substitute_of_a_section_a_day",
                "user",
                "section",
                condition=Q(source=FactSource.HERE),
                message="This person was named for the section on some of these days already.",
            ),
            # A substitute without a last day would keep the class for good.
            models.CheckConstraint(
                name="substitute_has_an_end_and_says_who",
                condition=~Q(source=FactSource.HERE) | Q(ends_on__isnull=False, entered_by__isnull=False),
                violation_error_message="A substitute has a last day, and somebody who named them.",
            ),
        ]

    def __str__(self) -> str:
        return f"section teacher {self.pk}"
