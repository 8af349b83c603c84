"""How far a campaign is, what came of each message, and the audience's attendance before and after it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from attendance.models import DailyAttendance, DayStatus
from attendance.rules.rates import printed_percent
from interventions.models import Campaign, CampaignStudent, Message, MessageState
from interventions.rules.attendance_weeks import WINDOW_DAYS, BeforeAndAfter
from interventions.rules.campaign_effect import FEWEST, SchoolDay, around, weeks_of_audience
from interventions.selectors.case_plot import Happening, Lane, Plot, plot_of_weeks
from students.access import Scope, visible_to
from students.clock import local_date
from students.models import Student

# Enough calendar days for the session days on each side, with holidays in between.
_REACH = timedelta(days=56)


@dataclass(frozen=True)
class Progress:
    """A campaign's messages by where they stand, and why some were not sent."""

    total: int
    sent: int
    waiting: int
    dropped: int
    failed: int
    reasons: Sequence[tuple[str, int]]

    @property
    def settled(self) -> int:
        """How many are through."""
        return self.total - self.waiting


@dataclass(frozen=True)
class Effect:
    """Attendance before and after, and by weeks. Hidden: too few children for who may not see them all (RD-63)."""

    sent_on: date
    children: int
    window: int
    is_hidden: bool
    both: BeforeAndAfter | None = None
    plot: Plot | None = None

    @property
    def before(self) -> str:
        """The rate before, as it is printed."""
        return printed_percent(self.both.before.rate) if self.both else ""

    @property
    def after(self) -> str:
        """The rate after, as it is printed."""
        return printed_percent(self.both.after.rate) if self.both else ""


def progress(scope: Scope, campaign: Campaign) -> Progress:
    """How far a campaign is that the caller took from the scope; one statement."""
    states, reasons = Counter[str](), Counter[str]()
    rows = Message.objects.filter(campaign=campaign).order_by().values_list("state", "problem")
    for state, problem, number in rows.annotate(n=Count("pk")):
        states[state] += number
        if problem:
            reasons[problem] += number
    return Progress(
        total=states.total(),
        sent=states[MessageState.SENT],
        waiting=states[MessageState.WAITING],
        dropped=states[MessageState.DROPPED],
        failed=states[MessageState.FAILED],
        reasons=reasons.most_common(),
    )


def effect(scope: Scope, campaign: Campaign) -> Effect | None:
    """The attendance around a campaign to families that the caller took from the scope; None before it was sent."""
    if campaign.queued_at is None:
        return None
    children = CampaignStudent.objects.filter(campaign=campaign)
    number, sent_on = children.count(), local_date(campaign.queued_at, scope.zone)
    if not number:
        return None
    if number < FEWEST and visible_to(scope, Student).filter(pk__in=children.values("student_id")).count() < number:
        return Effect(sent_on, number, WINDOW_DAYS, is_hidden=True)
    days = _days(scope, campaign, sent_on)
    sent = Happening(Lane.STEP, sent_on, _("Campaign sent"))
    plot = plot_of_weeks(scope, weeks_of_audience(days), [sent])
    return Effect(sent_on, number, WINDOW_DAYS, is_hidden=False, both=around(days, sent_on), plot=plot)


def _days(scope: Scope, campaign: Campaign, sent_on: date) -> list[SchoolDay]:
    """The audience's days, added up by the database: a row for each school and date."""
    children = CampaignStudent.objects.filter(campaign=campaign).values("student_id")
    span = (sent_on - _REACH, min(sent_on + _REACH, scope.today))
    rows = DailyAttendance.objects.filter(student__in=children, date__range=span).order_by()
    decided = Q(status__in=[DayStatus.PRESENT, DayStatus.ABSENT])
    counted = rows.values_list("school_id", "date").annotate(
        present=Count("pk", filter=Q(status=DayStatus.PRESENT)),
        determined=Count("pk", filter=decided),
        children=Count("pk"),
    )
    return [SchoolDay(*row) for row in counted]
