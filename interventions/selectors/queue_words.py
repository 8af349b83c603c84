"""Why a case is pressing, in words."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from interventions.rules.urgency import Because, Reason


def reason_words(because: Because, overdue_steps: int = 1) -> str:
    """One reason as the queue says it; `overdue_steps` are the case's steps that are late."""
    if because.reason == Reason.OVERDUE:
        return _overdue(because.days, overdue_steps)
    if because.reason == Reason.SILENCE:
        return _("no contact for %(days)s days") % {"days": because.days}
    return _plain(because.reason)


def _overdue(days: int, steps: int) -> str:
    late = ngettext("%(n)s day late", "%(n)s days late", days) % {"n": days}
    if steps < 2:
        return _("a step is %(late)s") % {"late": late}
    return _("%(steps)s steps are late, the first %(late)s") % {"steps": steps, "late": late}


def _plain(reason: Reason) -> str:
    return {
        Reason.UNLOCATED: _("nobody knows where the student is"),
        Reason.DISENGAGED: _("disengaged"),
        Reason.DUE_TODAY: _("a step is due today"),
        Reason.NOBODYS: _("nobody has taken the case"),
    }[reason]
