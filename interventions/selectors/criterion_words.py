"""Criteria of disengagement in plain words: the district's, and the one that a student meets with its days (RD-42)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from interventions.rules.disengagement import Sign
from interventions.rules.policy import CarePolicy

# Days shown of one criterion; the file has them all.
SHOWN = 12


@dataclass(frozen=True)
class CriterionLine:
    """A criterion that a student meets. `days` are the newest last; those of weeks are their Mondays."""

    sign: str
    words: str
    since: date
    days: Sequence[date]
    of_weeks: bool

    @property
    def shown(self) -> Sequence[date]:
        """The newest of the days, in order."""
        return self.days[-SHOWN:]

    @property
    def earlier(self) -> int:
        """How many days come before those shown."""
        return len(self.days) - len(self.shown)


def sign_name(sign: str) -> str:
    """A criterion's name as filters list it."""
    return {
        Sign.DAYS_RUNNING: _("Days running without presence or engagement"),
        Sign.WEEKS: _("Weeks without an interaction"),
        Sign.SHARE: _("Absent on a large share of the days"),
        Sign.FAILED_CONTACTS: _("Failed contacts"),
    }[Sign(sign)]


def policy_words(policy: CarePolicy) -> list[str]:
    """The criteria that a policy uses, any of which makes a student disengaged."""
    found = []
    if (days := policy.absent_days_running) is not None:
        found.append(_running(days))
    if (weeks := policy.weeks_without_interaction) is not None:
        found.append(_weeks(weeks))
    if policy.absent_percent is not None:
        figures = {"percent": policy.absent_percent, "days": policy.absent_window_days}
        words = _("absent on %(percent)s%% or more of the last %(days)s session days enrolled") % figures
        found.append(f"{words} ({_('%(n)s at least') % {'n': policy.absent_fewest_days}})")
    if (contacts := policy.failed_contacts) is not None:
        found.append(_failed(contacts))
    return found


def criterion_line(kept: Mapping[str, Any]) -> CriterionLine:
    """A criterion as a standing keeps it, in words with its own figures."""
    days = [date.fromisoformat(each) for each in kept["days"]]
    words = {
        Sign.DAYS_RUNNING: lambda: _running(len(days)),
        Sign.WEEKS: lambda: _weeks(len(days)),
        Sign.SHARE: lambda: (
            _("absent on %(n)s of the last %(among)s session days") % {"n": len(days), "among": kept["among"]}
        ),
        Sign.FAILED_CONTACTS: lambda: _failed(len(days)),
    }[Sign(kept["sign"])]()
    return CriterionLine(
        kept["sign"], words, date.fromisoformat(kept["since"]), days, of_weeks=kept["sign"] == Sign.WEEKS
    )


def _running(days: int) -> str:
    return ngettext(
        "%(n)s session day without presence or engagement",
        "%(n)s session days running without presence or engagement",
        days,
    ) % {"n": days}


def _weeks(weeks: int) -> str:
    return ngettext("%(n)s week without an interaction", "%(n)s weeks running without an interaction", weeks) % {
        "n": weeks
    }


def _failed(contacts: int) -> str:
    return ngettext("a failed contact on %(n)s day", "failed contacts on %(n)s different days", contacts) % {
        "n": contacts
    }
