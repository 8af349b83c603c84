"""What became of each thing that a student did in the LMS or talked about, and why it was not used (MS-15, RD-21)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from attendance.rules.day import WORK, DayFacts
from attendance.rules.evidence import Evidence, approved, refusal
from attendance.rules.modes import ASYNC_ONLINE
from attendance.rules.plan import SECTION, Plan

# Beside the reasons of `evidence`: the work was this day's and was done on another; no class asked for a measure that
# day; each class asks for its own and this one is of none, or of another; nobody answered.
DONE_ANOTHER_DAY, NOT_ASKED, OF_NO_CLASS, UNANSWERED = "done_another_day", "not_asked", "of_no_class", "unanswered"


@dataclass(frozen=True, slots=True)
class DayMeasures:
    """How a student's day is measured: by which measures, in which asynchronous online classes, one for all or each."""

    day: date
    measures: frozenset[str]
    online_sections: frozenset[int]
    by_section: bool
    is_rescued: bool = False


def measures_of(day: date, facts: DayFacts, plan: Plan, accommodations: Collection[str]) -> DayMeasures:
    """How a judged day is measured."""
    online = (each.section_id for each in facts.meetings if each.kind == WORK and each.mode == ASYNC_ONLINE)
    measures = approved(plan, accommodations)
    return DayMeasures(day, measures, frozenset(online), plan.measured_by == SECTION, bool(facts.rescued_by))


def why_unused(evidence: Evidence, happened_on: date, its: DayMeasures) -> str:
    """Why something that happened on a day does not count for the day asked about; empty where it does.

    Work of the day that was done on another leaves it absent (MS-15). Without an asynchronous online class there is
    nothing to measure: an evening in the LMS rescues no skipped school (RD-21).
    """
    if happened_on != its.day:
        return DONE_ANOTHER_DAY
    if why := refusal(evidence, its.day, its.measures):
        return why
    if not its.online_sections:
        return NOT_ASKED
    if its.by_section and not its.is_rescued and evidence.section_id not in its.online_sections:
        return OF_NO_CLASS
    return ""
