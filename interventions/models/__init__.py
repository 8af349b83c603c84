"""Tiers and their crossings, cases with their plans, what was tried, and what the attendance officer is told."""

from interventions.models.cases import Case, CaseNote, Outcome, TimelineEntry, TimelineKind
from interventions.models.contacts import FAILED_RESULTS, Contact, ContactKind, ContactResult
from interventions.models.outbox import DaysChanged
from interventions.models.outreach import Need, OutreachAssignment, OutreachResult, OutreachWorker
from interventions.models.plan import ActionKind, PlannedAction, Step, StepState
from interventions.models.policy import CarePolicy
from interventions.models.tiers import Crossing, Ground, PassState, Standing, TierPass
from interventions.models.truancy import SuspensionReport, TruancyNotice, UnenrolledReport, WhyWithdrawn

__all__ = [
    "FAILED_RESULTS",
    "ActionKind",
    "CarePolicy",
    "Case",
    "CaseNote",
    "Contact",
    "ContactKind",
    "ContactResult",
    "Crossing",
    "DaysChanged",
    "Ground",
    "Need",
    "Outcome",
    "OutreachAssignment",
    "OutreachResult",
    "OutreachWorker",
    "PassState",
    "PlannedAction",
    "Standing",
    "Step",
    "StepState",
    "SuspensionReport",
    "TierPass",
    "TimelineEntry",
    "TimelineKind",
    "TruancyNotice",
    "UnenrolledReport",
    "WhyWithdrawn",
]
