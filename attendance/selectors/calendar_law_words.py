"""How pages and findings say whether a calendar is lawful: one sentence, and a line for each fault."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.dateformat import format as date_as
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, ngettext_lazy

from attendance.rules.lawful_calendar import Code, Fault, LawfulCalendar

_COUNTED: Mapping[Code, Any] = {
    Code.NOT_ADOPTED: ngettext_lazy(
        "%(n)s waived day is not in the adopted calendar", "%(n)s waived days are not in the adopted calendar", "n"
    ),
    Code.SCHOOL_WAS_HELD: ngettext_lazy(
        "%(n)s day is waived though school is held", "%(n)s days are waived though school is held", "n"
    ),
    Code.WITHOUT_REASON: ngettext_lazy("%(n)s waived day has no reason", "%(n)s waived days have no reason", "n"),
    Code.WITHOUT_DOCUMENT: ngettext_lazy("%(n)s waived day has no document", "%(n)s waived days have no document", "n"),
    Code.END_OF_YEAR: ngettext_lazy(
        "%(n)s day is waived at the end of the year", "%(n)s days are waived at the end of the year", "n"
    ),
    Code.TOO_MANY: ngettext_lazy("%(n)s day more is waived than may be", "%(n)s days more are waived than may be", "n"),
    Code.UNDER_MINIMUM: ngettext_lazy("%(n)s day offers too few minutes", "%(n)s days offer too few minutes", "n"),
    Code.WITHOUT_KIND: ngettext_lazy("%(n)s day has no kind", "%(n)s days have no kind", "n"),
    Code.THIRD_SHORTENED: ngettext_lazy(
        "%(n)s day is shortened beyond the two allowed", "%(n)s days are shortened beyond the two allowed", "n"
    ),
    Code.CUT_TOO_FAR: ngettext_lazy(
        "%(n)s day is cut under 60%% of a normal one", "%(n)s days are cut under 60%% of a normal one", "n"
    ),
}
_OF_DAY: Mapping[Code, Any] = {
    Code.NOT_ADOPTED: gettext_lazy("waived, but no school day of the adopted calendar"),
    Code.SCHOOL_WAS_HELD: gettext_lazy("waived, but school is held"),
    Code.WITHOUT_REASON: gettext_lazy("waived without a reason that has to do with COVID-19"),
    Code.WITHOUT_DOCUMENT: gettext_lazy("waived, but no document is named for it"),
    Code.END_OF_YEAR: gettext_lazy("waived at the end of the year: no day may be taken off the adopted end"),
    Code.TOO_MANY: gettext_lazy("waived beyond the %(waivable)s days that may be"),
    Code.UNDER_MINIMUM: gettext_lazy("offers %(minutes)s instructional minutes, too few"),
    Code.WITHOUT_KIND: gettext_lazy("neither traditional, hybrid nor virtual"),
    Code.THIRD_SHORTENED: gettext_lazy("shortened, after two others"),
    Code.CUT_TOO_FAR: gettext_lazy("cut under 60%% of a normal day (%(normal)s minutes)"),
}
MOST_DAYS_NAMED = 12


@dataclass(frozen=True, slots=True)
class FaultLine:
    """A fault in words, with its rule; `day` is None where it is of the whole year."""

    day: date | None
    words: str
    rule: str


def law_sentence(law: LawfulCalendar) -> str:
    """Whether the calendar is lawful, in one sentence."""
    if law.is_lawful:
        return _("This calendar is lawful: %(days)s, and every one of them offers its minutes.") % {"days": _days(law)}
    return _("This calendar is not lawful: %(faults)s.") % {"faults": "; ".join(_summed(law))}


def _summed(law: LawfulCalendar) -> Sequence[str]:
    counted = Counter(fault.code for fault in law.faults)
    few = [_("it comes to %(days)s") % {"days": _days(law)}] if counted.pop(Code.TOO_FEW_DAYS, 0) else []
    return [*few, *(str(_COUNTED[code] % {"n": n}) for code, n in counted.items())]


def _days(law: LawfulCalendar) -> str:
    said = {"n": law.counted, "due": law.due, "held": law.held, "waived": len(law.waived)}
    if law.waived:
        return _("%(n)s of %(due)s instructional days (%(held)s held, %(waived)s waived)") % said
    return _("%(n)s of %(due)s instructional days") % said


def fault_lines(law: LawfulCalendar) -> Sequence[FaultLine]:
    """Each fault: which day, and why."""
    return [FaultLine(fault.day, fault_words(fault, law), fault.rule) for fault in law.faults]


def fault_words(fault: Fault, law: LawfulCalendar) -> str:
    """What is wrong with a day, or with the year."""
    if fault.code == Code.TOO_FEW_DAYS:
        return _too_few(law)
    said = {"minutes": fault.minutes, "waivable": law.waivable, "normal": law.shortened.normal_minutes}
    words = str(_OF_DAY[fault.code]) % said
    if fault.grades:
        return _("for grade %(grades)s: %(words)s") % {"grades": ", ".join(fault.grades), "words": words}
    return words


def _too_few(law: LawfulCalendar) -> str:
    said = {"missing": law.missing, "due": law.due}
    words = ngettext(
        "%(missing)s of %(due)s instructional days is missing",
        "%(missing)s of %(due)s instructional days are missing",
        law.missing,
    )
    words = words % said
    if not law.lost:
        return words
    return _("%(words)s; adopted, neither held nor waived: %(days)s") % {"words": words, "days": day_list(law.lost)}


def day_list(days: Sequence[date]) -> str:
    """Dates in short, the first dozen of many."""
    named = ", ".join(date_as(day, "M j") for day in days[:MOST_DAYS_NAMED])
    return f"{named} …" if len(days) > MOST_DAYS_NAMED else named
