"""Whether something done in own time counts for a student's day, in words that name the rule (MS-15, MS-19, MS-27)."""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from attendance.rules.engagement import DONE_ANOTHER_DAY, NOT_ASKED, OF_NO_CLASS, DayMeasures, measures_of, why_unused
from attendance.rules.evidence import NOT_APPROVED, Evidence
from attendance.rules.modes import DayModes, modes_on
from attendance.rules.plan import LMS_LOGIN
from attendance.selectors.day_words import day_words, measure_words
from attendance.selectors.judged import JudgedDay

Weighed = tuple[bool, str]


@dataclass(frozen=True)
class Weighing:
    """What evidence of a day is weighed against; `accommodated` are measures that count for this student alone."""

    modes: DayModes
    measures: DayMeasures
    accommodated: AbstractSet[str]

    @classmethod
    def of(cls, judged: JudgedDay) -> "Weighing":
        """What a judged day was weighed by."""
        day, about, plan = judged.day, judged.day.about, judged.plan
        modes = modes_on(
            day.date,
            about.modes,
            day_kind=day.day_kind,
            rotation_day=day.rotation_day,
            virtual_day_mode=plan.virtual_day_mode,
        )
        measures = measures_of(day.date, judged.facts, plan, about.accommodations)
        return cls(modes, measures, about.accommodations - set(plan.measures))

    @property
    def online_sections(self) -> AbstractSet[int]:
        """The classes that ask for a measure."""
        return self.measures.online_sections

    def weighed(self, evidence: Evidence, happened_on: date | None = None) -> Weighed:
        """Whether evidence counts for the day, and by which rule; it happened on the day unless said otherwise."""
        happened_on = happened_on or self.measures.day
        why = why_unused(evidence, happened_on, self.measures)
        if why:
            return False, _refused(why, evidence, happened_on)
        if evidence.measure in self.accommodated:
            return True, _("Counts: accommodation on file (MS-39).")
        if self.measures.is_rescued:
            return True, _("Counts, for the whole day: engaged on the day of the live class that was missed (MS-20).")
        return True, _("Counts: an approved measure, met on the day itself (MS-19).")


def _refused(why: str, evidence: Evidence, happened_on: date) -> str:
    if why == DONE_ANOTHER_DAY:
        said = _("Does not count for this day: it was done on %(day)s, and a measure is of its own day alone (MS-15).")
        return said % {"day": day_words(happened_on)}
    if why == NOT_APPROVED:
        return _not_approved(evidence.measure)
    if why == NOT_ASKED:
        return _("Kept; no class of this day was done online in own time (RD-21).")
    if why == OF_NO_CLASS:
        return _("Kept; each class asks for a measure of its own (RD-20), and this is of none of them.")
    return _another_days_work(evidence.work_of)


def _not_approved(measure: str) -> str:
    if measure == LMS_LOGIN:
        return _("Does not count: the learning plan does not let a log-in count (MS-27, RD-20).")
    return _("Does not count: the learning plan does not approve this measure, %(measure)s (MS-19).") % {
        "measure": measure_words(measure)
    }


def _another_days_work(work_of: date | None) -> str:
    return _("Does not count: it was the work of %(day)s, and work counts on its own day alone (MS-15).") % {
        "day": day_words(work_of) if work_of else _("another day")
    }
