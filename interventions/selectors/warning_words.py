"""Early warnings in plain words: thresholds, how far away they are, and the signs."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from interventions.rules.early_warning import CHRONIC, Sign, Threshold


def threshold_words(threshold: Threshold) -> str:
    """A threshold's name with its figure: what a filter and a row call it."""
    if threshold.key == CHRONIC:
        return _("Chronic absence at 10%")
    kind, _line, number = threshold.key.partition("_")
    if kind == "truancy":
        return _("Truancy at %(n)s") % {"n": number}
    return _("Tier %(tier)s at %(n)s") % {"tier": number, "n": threshold.least}


def sign_words(sign: str) -> str:
    """A sign as filters list it."""
    return {
        Sign.RATE: _("Recent rate"),
        Sign.WEEKDAY: _("The same weekday"),
        Sign.STREAK: _("Days running"),
    }[Sign(sign)]


def away_words(away: int) -> str:
    """How many absences are left to a threshold."""
    return ngettext("%(n)s absence away", "%(n)s absences away", away) % {"n": away}


def reason_words(reason: Mapping[str, Any], threshold: str) -> str:
    """A stored reason as a sentence without its end; truancy counts unexcused absences alone."""
    kind = _("absent without excuse") if threshold.startswith("truancy") else _("absent")
    figures = {"kind": kind, "absent": reason["absent"], "among": reason["among"]}
    if reason["sign"] == Sign.RATE:
        return _("%(kind)s on %(absent)s of the last %(among)s school days") % figures
    if reason["sign"] == Sign.STREAK:
        return _("%(kind)s %(absent)s school days running") % figures
    return "; ".join(_pattern_words(each, kind) for each in reason["patterns"])


def _pattern_words(pattern: Sequence[int], kind: str) -> str:
    weekday, absent, among, ahead = pattern
    figures = {"kind": kind, "absent": absent, "among": among, "n": ahead, "day": WEEKDAYS[weekday]}
    return (
        ngettext(
            "%(kind)s on %(absent)s of the last %(among)s %(day)ss, and one %(day)s lies ahead",
            "%(kind)s on %(absent)s of the last %(among)s %(day)ss, and %(n)s %(day)ss lie ahead",
            ahead,
        )
        % figures
    )
