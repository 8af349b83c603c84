"""Counts of days and classes in the words of a family."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reporting.rules.family_month import DayCount


def late_words(headline: str, day: DayCount) -> str:
    """A day with the classes that were come to late, or left early."""
    said = [headline]
    if day.tardies:
        said.append(
            ngettext("late to %(n)s class", "late to %(n)s classes", day.tardies) % {"n": day.tardies},
        )
    if day.early_departures:
        left = day.early_departures
        said.append(ngettext("left %(n)s class early", "left %(n)s classes early", left) % {"n": left})
    if len(said) == 1:
        return headline
    return _("%(day)s; %(besides)s") % {"day": headline, "besides": ", ".join(said[1:])}
