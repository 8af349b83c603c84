"""Where a student stands in a school year, from the ledger's days alone (RD-40): one judgment for signal and night."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from interventions.rules.disengagement import Criterion, Signs, criteria
from interventions.rules.policy import CarePolicy
from interventions.rules.tiers import AbsentDay, acts_on, counted, reached, tier_for, unlawful

COUNT, DISENGAGED = "count", "disengaged"


@dataclass(frozen=True)
class StudentFacts:
    """What is known of a student up to a day. `school_id` is None for a student who was enrolled in no school.

    `tardies` are those of the term (MD-04); `session_days` those of the school, the whole year's, in order.
    """

    student_id: int
    school_id: int | None
    is_enrolled: bool
    absent: Sequence[AbsentDay] = ()
    tardies: int = 0
    signs: Signs = field(default_factory=Signs)
    session_days: Sequence[date] = ()


@dataclass(frozen=True, slots=True)
class Wanted:
    """A crossing that the days ask for. `acts_on` is the last of dates while the calendar does not reach the end of
    the grace.
    """

    tier: int
    ground: str
    crossed_on: date
    absences: int
    acts_on: date


@dataclass(frozen=True)
class Judged:
    """The judgment: counts, criteria that hold, the tier, and the crossings behind it."""

    facts: StudentFacts
    tier: int
    absences: int
    unlawful_dates: Sequence[date]
    last_absent_on: date | None
    criteria: Sequence[Criterion]
    crossings: Sequence[Wanted]

    @property
    def is_nothing(self) -> bool:
        """Whether there is nothing that anybody would write down."""
        return not (self.absences or self.facts.absent or self.facts.tardies or self.criteria)


def judge(facts: StudentFacts, policy: CarePolicy) -> Judged:
    """Count a student's days and say which tiers they reached, when, and when a case follows."""
    dates = counted(facts.absent, policy)
    held = criteria(facts.signs, policy)
    disengaged = bool(held) and policy.disengaged_is_tier_3
    wanted = [(each.tier, COUNT, each.on, each.absences) for each in reached(dates, policy)]
    if disengaged:
        since = min(each.since for each in held)
        wanted.append((3, DISENGAGED, since, sum(day <= since for day in dates)))
    return Judged(
        facts=facts,
        tier=tier_for(len(dates), disengaged, policy=policy),
        absences=len(dates),
        unlawful_dates=unlawful(facts.absent),
        last_absent_on=max((day.date for day in facts.absent), default=None),
        criteria=held,
        crossings=[
            Wanted(tier, ground, on, count, acts_on(on, facts.session_days, policy.grace_school_days) or date.max)
            for tier, ground, on, count in wanted
        ],
    )
