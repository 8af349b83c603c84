"""Policies that somebody tries before they hold: whom they would move, as a worker found."""

from django.db import models
from django.db.models import Q

from interventions.rules.policy import CarePolicy, policy_of
from students.models.leased import LeasedWork


class TrialState(models.TextChoices):
    """Where the trial of a policy stands."""

    WAITING = "waiting", "Waiting"
    RUNNING = "running", "Running"
    DONE = "done", "Done"
    FAILED = "failed", "Failed"


UNFINISHED = (TrialState.WAITING, TrialState.RUNNING)


class PolicyTrial(LeasedWork):
    """One policy compared with the one it would replace. A working copy without names, removed after a week."""

    asked_by = models.ForeignKey("students.User", on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    name = models.CharField(max_length=100, help_text="Of the policy that is tried.")
    tried = models.JSONField(help_text="The figures of that policy.")
    # Of the policy and of those that stood: whoever saves it agrees to what was compared, and to nothing else.
    agreed = models.CharField(max_length=50)
    state = models.CharField(max_length=10, choices=TrialState.choices, default=TrialState.WAITING)
    finished_at = models.DateTimeField(null=True, blank=True)
    as_of = models.DateTimeField(null=True, blank=True, help_text="The instant through whose day the days were judged.")
    replaced = models.JSONField(null=True, blank=True, help_text="The figures of the policy that it would replace.")
    looked_at = models.PositiveIntegerField(default=0, help_text="Students.")
    # Lists of codes: thousands of students move in the same few ways.
    ways = models.JSONField(default=list, blank=True)
    # In the order of names: the student's id, the school's or null, absences before and after, and a place in `ways`.
    moves = models.JSONField(default=list, blank=True)

    class Meta:
        ordering = ["-asked_at", "-id"]
        constraints = [
            # A trial without its lease could never be taken up from a killed worker.
            models.CheckConstraint(
                name="running_trial_has_a_lease",
                condition=~Q(state=TrialState.RUNNING) | Q(lease_token__isnull=False, leased_until__isnull=False),
                violation_error_message="A trial that runs is held by a lease.",
            ),
            # Figures are worth nothing without the days and the policy that they compare.
            models.CheckConstraint(
                name="done_trial_says_what_it_compared",
                condition=~Q(state=TrialState.DONE)
                | Q(as_of__isnull=False, finished_at__isnull=False, replaced__isnull=False),
                violation_error_message="A trial that is done says as of when, and beside which policy.",
            ),
        ]

    def __str__(self) -> str:
        return f"policy trial {self.pk}"

    @property
    def is_worked_on(self) -> bool:
        """Whether a worker still has to do something."""
        return self.state in UNFINISHED

    @property
    def policy(self) -> CarePolicy:
        """The policy that is tried."""
        return policy_of(self.tried)
