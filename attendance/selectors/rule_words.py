"""What each rule that may decide a day says, in one sentence that a parent and an auditor can read."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from attendance.rules.policy import Policy

# They tell that a student is in quarantine: for those who may know reasons (RD-60).
OF_HEALTH = frozenset({"RD-26", "MS-33"})


@dataclass(frozen=True)
class RuleLine:
    """A rule that had a part in the verdict, in one sentence; one of health bears no number for a shared screen."""

    number: str
    text: str


def rule_lines(numbers: Iterable[str], policy: Policy, *, health: bool) -> Sequence[RuleLine]:
    """The rules, each once, in their order; `health`: whether the reader may know reasons (RD-60)."""
    told, lines = _told(policy), []
    for number in dict.fromkeys(numbers):
        if health or number not in OF_HEALTH:
            lines.append(RuleLine(number, told[number]))
        elif number == "RD-26":
            lines.append(RuleLine("", _("Present with every class of the day attended and its work done.")))
    return tuple(lines)


def cited(numbers: Iterable[str], *, health: bool) -> str:
    """The numbers as sentences end in them: " (MS-05, RD-08)"; empty where none may be told."""
    named = [each for each in dict.fromkeys(numbers) if health or each not in OF_HEALTH]
    return f" ({', '.join(named)})" if named else ""


def _told(policy: Policy) -> dict[str, str]:
    return {**_of_the_day(policy), **_of_modes(), **_of_own_days()}


def _of_the_day(policy: Policy) -> dict[str, str]:
    share = {"percent": policy.presence_percent}
    return {
        "MS-05": _("Present when the minutes attended reach %(percent)s%% of the minutes required of the student.")
        % share,
        "RD-02": _("Nothing required is not presence: it takes early release or dual credit to be present without it."),
        "RD-03": _("A class not taken counts neither way: the day stands once no such class could change it."),
        "RD-06": _("A sign-in or sign-out caps what was attended, and never makes an absence presence."),
        "RD-07": _(
            "Supervised activities, visits and in-school suspension are minutes attended; a suspension out of school "
            "is an absence of its own kind, which no excuse changes."
        ),
        "RD-08": _("An absence is excused when attended and excused minutes together reach the minutes needed."),
    }


def _of_modes() -> dict[str, str]:
    return {
        "MS-12": _("Who is listed for a state assessment comes to school for it."),
        "MS-19": _("Work online counts by an approved measure met that same day; without one it does not count."),
        "MS-20": _("Who missed a live class online is present by engaging with the teacher or the LMS that same day."),
        "MS-21": _("Work offline counts by the assignments completed, for the day for which they were given."),
        "RD-20": _("One approved measure makes the online minutes assigned for the day attended."),
        "RD-21": _("Classes add up one by one; engagement online never makes up for a class in the building."),
        "RD-22": _("Work offline is handed in by the last day of the turn-in of its week; later it is refused."),
        "RD-23": _("An assessment adds its minutes to those required and, when attended, to those attended."),
    }


def _of_own_days() -> dict[str, str]:
    return {
        "MS-04": _("A senior under early release needs no more than the own classes of the day."),
        "MS-32": _("A dual-credit student is counted present when the college has no class on a day of school."),
        "MS-33": _("Without an excuse that the policy accepts, a day missed in quarantine is unexcused."),
        "RD-01": _("What is required are the minutes of the student’s own classes and work of the day."),
        "RD-26": _("In quarantine a day is present with every class of it attended and its work done."),
        "RD-27": _("Of a dual-credit student’s day only the class of the college is credited so."),
    }
