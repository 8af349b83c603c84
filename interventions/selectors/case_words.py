"""Crossings, contacts and steps of cases in words for people."""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from interventions.models import Contact, Crossing, Ground, Step, StepState
from interventions.rules.attendance_weeks import BeforeAndAfter, Share


def crossing_words(crossing: Crossing) -> str:
    """What was reached, and by what."""
    if crossing.ground == Ground.DISENGAGED:
        return _("tier %(tier)s, disengaged") % {"tier": crossing.tier}
    said = ngettext("tier %(tier)s, %(n)s absence", "tier %(tier)s, %(n)s absences", crossing.absences)
    return said % {"tier": crossing.tier, "n": crossing.absences}


def withdrawal_words(crossing: Crossing) -> str:
    """What took the ground of a withdrawn crossing away; empty where it stands."""
    if crossing.withdrawn_at is None:
        return ""
    left = crossing.withdrawn_absences or 0
    return ngettext("withdrawn: %(n)s absence is left", "withdrawn: %(n)s absences are left", left) % {"n": left}


def contact_words(contact: Contact) -> str:
    """How somebody tried, whom, and what came of it."""
    kind, result = contact.get_kind_display(), contact.get_result_display().lower()
    if contact.guardian is None:
        return f"{kind}: {result}"
    return _("%(kind)s to %(whom)s: %(result)s") % {"kind": kind, "whom": contact.guardian, "result": result}


def step_end_words(step: Step) -> str:
    """A step with how it ended."""
    ended = _("done") if step.state == StepState.DONE else _("not needed")
    return f"{step.words}: {ended}"


def around_words(around: BeforeAndAfter) -> str:
    """Attendance before and after a day, as figures with their denominators; empty while there is nothing to tell."""
    if not around.before.determined:
        return ""
    before = _("present %(share)s days before") % {"share": _of(around.before)}
    if not around.after.determined:
        return _("%(before)s; no school day since") % {"before": before}
    return _("%(before)s, %(share)s after") % {"before": before, "share": _of(around.after)}


def _of(share: Share) -> str:
    return _("%(present)s of %(days)s") % {"present": share.present, "days": share.determined}


def listed_days(days: Sequence[date]) -> str:
    """Days as a line of text."""
    return ", ".join(f"{day:%b} {day.day}" for day in days)
