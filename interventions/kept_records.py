"""What the tables of support and messages hold, for their retention (MS-31).

What the state was told is attendance documentation, and so is what was told of a child to whom (RD-61).
"""

from interventions.models import (
    AlertChoice,
    AlertPolicy,
    AlertTiming,
    Campaign,
    CampaignStudent,
    CampaignText,
    CarePolicy,
    Case,
    CaseNote,
    Contact,
    Crossing,
    DaysChanged,
    Disclosure,
    EarlyWarning,
    Letter,
    LetterBatch,
    LetterTemplate,
    MarksChanged,
    Message,
    OptOut,
    OutreachAssignment,
    OutreachWorker,
    Partner,
    PlannedAction,
    PolicyTrial,
    Referral,
    ReferralMove,
    Standing,
    Step,
    SuspensionReport,
    TierPass,
    TimelineEntry,
    TruancyNotice,
    UndeliverableAddress,
    UnenrolledReport,
    WarningRecord,
)
from students.retention import NEVER, Group, Kept, register, register_others

_DOCUMENTATION, _SUPPORT = Group.DOCUMENTATION, Group.SUPPORT


def _year_of(table: str = "", column: str = "") -> str:
    """The last day of the school year that a row names, or that the row of another table does."""
    if not table:
        return "(SELECT year.ends_on FROM students_schoolyear year WHERE year.id = r.year_id)"
    return (
        f"(SELECT year.ends_on FROM {table} of "  # noqa: S608 - names of our own tables
        f"JOIN students_schoolyear year ON year.id = of.year_id WHERE of.id = r.{column})"
    )


_OF_CASE = _year_of("interventions_case", "case_id")
_OF_CAMPAIGN = "(SELECT of.written_at::date FROM interventions_campaign of WHERE of.id = r.campaign_id)"

register(
    Kept(Message, _SUPPORT, "r.made_at::date"),
    Kept(Letter, _SUPPORT, _year_of()),
    Kept(LetterBatch, _SUPPORT, "r.printed_at::date"),
    Kept(Disclosure, _DOCUMENTATION, "r.at::date"),
    Kept(
        ReferralMove,
        _SUPPORT,
        "(SELECT year.ends_on FROM interventions_referral of JOIN interventions_case care ON care.id = of.case_id "
        "JOIN students_schoolyear year ON year.id = care.year_id WHERE of.id = r.referral_id)",
    ),
    Kept(Referral, _SUPPORT, _OF_CASE),
    Kept(Contact, _SUPPORT, "r.day"),
    Kept(CaseNote, _SUPPORT, _OF_CASE),
    Kept(TimelineEntry, _SUPPORT, _OF_CASE),
    Kept(Step, _SUPPORT, _OF_CASE),
    Kept(OutreachAssignment, _SUPPORT, "r.ended_at::date"),
    Kept(TruancyNotice, _DOCUMENTATION, _year_of()),
    Kept(
        SuspensionReport,
        _DOCUMENTATION,
        "(SELECT coalesce(of.ends_on, of.starts_on) FROM attendance_officeevent of WHERE of.id = r.event_id)",
    ),
    Kept(UnenrolledReport, _DOCUMENTATION, _year_of()),
    Kept(Crossing, _SUPPORT, _year_of()),
    Kept(Case, _SUPPORT, _year_of()),
    Kept(Standing, _SUPPORT, _year_of(), record=NEVER),
    Kept(EarlyWarning, _SUPPORT, "r.as_of", record=NEVER),
    # A draft is its writer's to throw away.
    Kept(CampaignText, _SUPPORT, _OF_CAMPAIGN, record=NEVER),
    Kept(CampaignStudent, _SUPPORT, _OF_CAMPAIGN, record=NEVER),
    Kept(Campaign, _SUPPORT, "r.written_at::date", record="r.queued_at IS NOT NULL"),
)
register_others(Group.REFERENCE, AlertPolicy, AlertChoice, AlertTiming, CarePolicy, LetterTemplate, PlannedAction)
register_others(Group.REFERENCE, OptOut, UndeliverableAddress, OutreachWorker, Partner)
register_others(Group.WORK, DaysChanged, MarksChanged, PolicyTrial, TierPass, WarningRecord)
