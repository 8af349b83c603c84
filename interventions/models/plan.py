"""Action plans as data (MD-05 to MD-07), and the steps that a case makes of them."""

import pghistory
from django.db import models
from django.db.models import Q


class ActionKind(models.TextChoices):
    """What kind of act a step is."""

    CALL = "call", "Personal call"
    VISIT = "visit", "Home visit"
    CONFERENCE = "conference", "Parent conference"
    SERVICES = "services", "Referral or services"
    REVIEW = "review", "Attendance review committee"
    FAMILY_MEETING = "family_meeting", "Family meeting and support plan"
    INCENTIVE = "incentive", "Incentive"
    LOCATE = "locate", "Locate and engage"
    MENTORING = "mentoring", "Mentoring"
    DISTRICT = "district", "District support"
    COMMUNITY = "community", "Community organization"
    CASE_MANAGEMENT = "case_management", "Intensive case management"
    AGENCY = "agency", "Agency that locates students"
    OTHER = "other", "Other"


@pghistory.track(
    pghistory.UpdateEvent(row=pghistory.Old),
    pghistory.DeleteEvent(row=pghistory.Old),
    context_field=None,
)
class PlannedAction(models.Model):
    """One action of a tier's plan. A case takes over the actions of its tier and of those below; later changes of the
    plan leave the steps of open cases as they are.
    """

    tier = models.PositiveSmallIntegerField()
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=20, choices=ActionKind.choices)
    words = models.CharField(max_length=200)
    due_school_days = models.PositiveSmallIntegerField(help_text="School days after the tier was reached.")
    # For disengaged or unlocated students alone, never on count (MD-07).
    only_unlocated = models.BooleanField(default=False)
    rule = models.CharField(max_length=10, blank=True)
    retired_at = models.DateTimeField(null=True, blank=True)
    retired_by = models.ForeignKey("students.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["tier", "position", "id"]
        constraints = [
            models.CheckConstraint(
                name="action_is_of_a_tier",
                condition=Q(tier__gte=1, tier__lte=3),
                violation_error_message="An action belongs to tier 1, 2 or 3.",
            ),
            models.CheckConstraint(
                name="retired_action_says_who",
                condition=Q(retired_at__isnull=True, retired_by__isnull=True)
                | Q(retired_at__isnull=False, retired_by__isnull=False),
                violation_error_message="An action that left the plan says who took it out.",
            ),
        ]

    def __str__(self) -> str:
        return self.words


class StepState(models.TextChoices):
    """Where a step stands."""

    OPEN = "open", "To do"
    DONE = "done", "Done"
    NOT_NEEDED = "not_needed", "Not needed"
    WITHDRAWN = "withdrawn", "Withdrawn with its tier"


@pghistory.track(
    pghistory.UpdateEvent(row=pghistory.Old),
    pghistory.DeleteEvent(row=pghistory.Old),
    context_field=None,
)
class Step(models.Model):
    """Something to do in a case, by a day, by somebody. What was tried stands in Contact rows beside it."""

    case = models.ForeignKey("interventions.Case", on_delete=models.PROTECT, related_name="steps")
    # Nothing where the care team added the step itself.
    action = models.ForeignKey(PlannedAction, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    tier = models.PositiveSmallIntegerField()
    position = models.PositiveSmallIntegerField(default=0)
    kind = models.CharField(max_length=20, choices=ActionKind.choices)
    words = models.CharField(max_length=200)
    # Nothing while the calendar does not reach that far.
    due_on = models.DateField(null=True, blank=True)
    # Nobody: the case's owner.
    owner = models.ForeignKey("students.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    state = models.CharField(max_length=10, choices=StepState.choices, default=StepState.OPEN)
    outcome = models.CharField(max_length=300, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey("students.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["tier", "position", "id"]
        indexes = [models.Index(fields=["due_on"], condition=Q(state="open"), name="open_step_due")]
        constraints = [
            # A plan that is taken over twice would have the family rung twice.
            models.UniqueConstraint(
                fields=["case", "action"],
                name="one_step_per_case_and_action",
                violation_error_message="The case has this step.",
            ),
            # What was done, and by whom, is what a case is kept for; with its tier a step goes by itself.
            models.CheckConstraint(
                name="ended_step_says_who",
                condition=Q(state="open", ended_at__isnull=True, ended_by__isnull=True)
                | Q(state="withdrawn", ended_at__isnull=False, ended_by__isnull=True)
                | Q(state__in=["done", "not_needed"], ended_at__isnull=False, ended_by__isnull=False),
                violation_error_message="A step that is over says when, and who ended it.",
            ),
        ]

    def __str__(self) -> str:
        return f"step {self.pk}"
