"""Tiers and their crossings, cases with their plans, what was tried, partners, and what the officer is told."""

from interventions.models.alerts import AlertChoice, AlertKind, AlertPolicy, AlertTiming
from interventions.models.campaigns import Audience, Campaign, CampaignState, CampaignStudent, CampaignText
from interventions.models.cases import Case, CaseNote, Outcome, TimelineEntry, TimelineKind
from interventions.models.contacts import FAILED_RESULTS, Contact, ContactKind, ContactResult
from interventions.models.disclosures import Disclosure, LegalBasis, SharedFact
from interventions.models.letters import Letter, LetterBatch, LetterTemplate, LetterWay, WhyLetterWithdrawn
from interventions.models.messages import Message, MessageKind, MessageState, UndeliverableAddress
from interventions.models.opt_outs import MailTopic, OptOut, OptOutBy
from interventions.models.outbox import DaysChanged, MarksChanged
from interventions.models.outreach import Need, OutreachAssignment, OutreachResult, OutreachWorker
from interventions.models.partners import Partner, PartnerKind
from interventions.models.plan import ActionKind, PlannedAction, Step, StepState
from interventions.models.policy import CarePolicy
from interventions.models.referrals import ConsentFrom, Referral, ReferralMove, ReferralStatus
from interventions.models.tiers import Crossing, Ground, PassState, Standing, TierPass
from interventions.models.trials import PolicyTrial, TrialState
from interventions.models.truancy import SuspensionReport, TruancyNotice, UnenrolledReport, WhyWithdrawn
from interventions.models.warnings import EarlyWarning, WarningRecord

__all__ = [
    "FAILED_RESULTS",
    "ActionKind",
    "AlertChoice",
    "AlertKind",
    "AlertPolicy",
    "AlertTiming",
    "Audience",
    "Campaign",
    "CampaignState",
    "CampaignStudent",
    "CampaignText",
    "CarePolicy",
    "Case",
    "CaseNote",
    "ConsentFrom",
    "Contact",
    "ContactKind",
    "ContactResult",
    "Crossing",
    "DaysChanged",
    "Disclosure",
    "EarlyWarning",
    "Ground",
    "LegalBasis",
    "Letter",
    "LetterBatch",
    "LetterTemplate",
    "LetterWay",
    "MailTopic",
    "MarksChanged",
    "Message",
    "MessageKind",
    "MessageState",
    "Need",
    "OptOut",
    "OptOutBy",
    "Outcome",
    "OutreachAssignment",
    "OutreachResult",
    "OutreachWorker",
    "Partner",
    "PartnerKind",
    "PassState",
    "PlannedAction",
    "PolicyTrial",
    "Referral",
    "ReferralMove",
    "ReferralStatus",
    "SharedFact",
    "Standing",
    "Step",
    "StepState",
    "SuspensionReport",
    "TierPass",
    "TimelineEntry",
    "TimelineKind",
    "TrialState",
    "TruancyNotice",
    "UndeliverableAddress",
    "UnenrolledReport",
    "WarningRecord",
    "WhyLetterWithdrawn",
    "WhyWithdrawn",
]
