"""Whether a student meets the immunization requirements, as the roster says (MS-36)."""

from django.db import models

from students.models.dated import Dated, ends_after_start, no_overlap


class Immunization(Dated):
    """From which day the roster has said that a student complies, or does not. Health: never a teacher's (RD-60)."""

    student = models.ForeignKey("students.Student", on_delete=models.PROTECT, related_name="immunizations")
    is_compliant = models.BooleanField()

    class Meta:
        constraints = [
            ends_after_start("immunization_ends_after_start"),
            # A student who both complies and does not would be sent home, or not, by which row is read first.
            no_overlap(
                "one_immunization_status_a_day",
                "student",
                message="The student's immunization is known for some of these days already.",
            ),
        ]

    def __str__(self) -> str:
        return f"immunization {self.pk}"
