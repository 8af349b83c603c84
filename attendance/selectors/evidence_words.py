"""Whether something done in own time counts for a student's day, in words that name the rule (MS-15, MS-19, MS-27)."""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from attendance.models import Measure
from attendance.rules.evidence import ANOTHER_DAYS_WORK, NOT_APPROVED, Evidence, approved, refusal
from attendance.rules.modes import ASYNC_ONLINE, DayModes, modes_on
from attendance.rules.plan import LMS_LOGIN, SECTION
from attendance.selectors.day_words import day_words
from attendance.selectors.judged import JudgedDay

Weighed = tuple[bool, str]


@dataclass(frozen=True)
class Weighing:
    """What evidence of a day is weighed against; `online_sections` are the classes that ask for a measure."""

    day: date
    modes: DayModes
    measures: AbstractSet[str]
    accommodated: AbstractSet[str]
    by_section: bool
    online_sections: AbstractSet[int]
    rescued: bool

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
        measures = approved(plan, about.accommodations)
        return cls(
            day=day.date,
            modes=modes,
            measures=measures,
            accommodated=measures - set(plan.measures),
            by_section=plan.measured_by == SECTION,
            online_sections={each for each in judged.own_time_sections if modes.of_section(each) == ASYNC_ONLINE},
            rescued="MS-20" in judged.verdict.rules,
        )

    def weighed(self, evidence: Evidence) -> Weighed:
        """Whether evidence of the day counts, and by which rule."""
        if not self.online_sections:
            return False, _("Kept; no class of this day was done online in own time (RD-21).")
        refused = refusal(evidence, self.day, self.measures)
        if refused == NOT_APPROVED:
            return False, _not_approved(evidence.measure)
        if refused == ANOTHER_DAYS_WORK:
            return False, _another_days_work(evidence.work_of)
        if self.by_section and evidence.section_id not in self.online_sections and not self.rescued:
            return False, _("Kept; each class asks for a measure of its own (RD-20), and this is of none of them.")
        if evidence.measure in self.accommodated:
            return True, _("Counts: accommodation on file (MS-39).")
        if self.rescued:
            return True, _("Counts, for the whole day: engaged on the day of the live class that was missed (MS-20).")
        return True, _("Counts: an approved measure, met on the day itself (MS-19).")

    def of_another_day(self, happened_on: date) -> Weighed:
        """What is said of this day's work that was done on another."""
        said = _("Does not count for this day: it was done on %(day)s, and a measure is of its own day alone (MS-15).")
        return False, said % {"day": day_words(happened_on)}


def _not_approved(measure: str) -> str:
    if measure == LMS_LOGIN:
        return _("Does not count: the learning plan does not let a log-in count (MS-27, RD-20).")
    label = str(Measure(measure).label).lower()
    return _("Does not count: the learning plan does not approve this measure, %(measure)s (MS-19).") % {
        "measure": label
    }


def _another_days_work(work_of: date | None) -> str:
    return _("Does not count: it was the work of %(day)s, and work counts on its own day alone (MS-15).") % {
        "day": day_words(work_of) if work_of else _("another day")
    }
