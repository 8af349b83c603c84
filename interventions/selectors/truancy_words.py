"""What stands beside a notice, in words: the deadline counted down, and what became of it."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from interventions.rules.truancy import NoticeStanding, NoticeState

TELLERS_ALONE = "Only the office and the care team of a school tell the School Attendance Officer."
# What the lists can be narrowed to; what is still to be told comes first.
TO_TELL, OVERDUE, TOLD, WITHDRAWN, EVERY = "", "overdue", "reported", "withdrawn", "every"


def standing_words(standing: NoticeStanding) -> str:
    """A state with its days, as “Due in 2 days”."""
    if standing.state == NoticeState.DUE:
        return _due(standing.days)
    if standing.state == NoticeState.OVERDUE:
        return ngettext("Overdue by %(n)s day", "Overdue by %(n)s days", standing.days) % {"n": standing.days}
    if standing.state == NoticeState.REPORTED_LATE:
        late = ngettext("Reported %(n)s day late", "Reported %(n)s days late", standing.days)
        return late % {"n": standing.days}
    return {
        NoticeState.REPORTED: _("Reported"),
        NoticeState.WITHDRAWN: _("Withdrawn, never reported"),
        NoticeState.TO_TAKE_BACK: _("Reported, later withdrawn: tell the officer"),
        NoticeState.TAKEN_BACK: _("Withdrawn, and the officer knows"),
    }[standing.state]


def _due(days: int) -> str:
    if days == 0:
        return _("Due today")
    return _("Due tomorrow") if days == 1 else _("Due in %(n)s days") % {"n": days}
