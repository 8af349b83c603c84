"""Why a mode cannot be entered, in words for whoever enters it."""

from collections.abc import Sequence
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from attendance.models import ModeAssignment
from attendance.rules.modes import ModeFact
from attendance.selectors.day_words import mode_words
from students.models import FactSource


def conflict_words(row: ModeAssignment) -> str:
    """What stands in the way of a new mode, and what to do."""
    what = {"mode": mode_words(row.mode), "from": date_format(row.starts_on, "M j, Y")}
    what["until"] = date_format(row.ends_on, "M j, Y") if row.ends_on else ""
    held = (
        _("%(mode)s holds from %(from)s until %(until)s already.")
        if row.ends_on
        else _("%(mode)s holds from %(from)s on already.")
    ) % what
    if row.source == FactSource.HERE:
        return held + " " + _("End it first, or choose other days.")
    return held + " " + _("It came with the roster (modes.csv): end it there, or choose other days.")


def not_offered_words(fact: ModeFact, day: date, offered: Sequence[str]) -> str:
    """Why the learning plan stands in the way, and what it offers."""
    words = {
        "mode": mode_words(fact.mode),
        "day": date_format(day, "M j, Y"),
        "offered": ", ".join(mode_words(each) for each in offered),
    }
    return _("The learning plan does not offer “%(mode)s” on %(day)s. It offers: %(offered)s.") % words
