"""Student-days with their verdicts: facts gathered, the policy of the day chosen, `judge` asked."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from attendance.rules.day import DayFacts, DayVerdict, judge
from attendance.rules.excuse import suffices
from attendance.rules.modes import mode_on
from attendance.rules.policy import Policy, policy_on
from attendance.selectors.facts import StudentDay, gather
from attendance.selectors.policies import policies
from students.access import Scope


@dataclass(frozen=True, slots=True)
class JudgedDay:
    """A student's day, the facts it was judged by, what it is, and the policy that said so."""

    day: StudentDay
    facts: DayFacts
    verdict: DayVerdict
    policy: Policy
    mode: str


def judged_days(scope: Scope, student_ids: Iterable[int], from_date: date, to_date: date) -> Iterator[JudgedDay]:
    """Judge the days of students between two dates, both inclusive. The caller took the students from the scope."""
    known = policies(scope)
    in_force: dict[date, Policy] = {}
    for day in gather(scope, student_ids, from_date, to_date):
        if day.date not in in_force:
            in_force[day.date] = policy_on(day.date, known)
        yield _judged(day, in_force[day.date])


def _judged(day: StudentDay, policy: Policy) -> JudgedDay:
    accepted = [each.span for each in day.excuses if suffices(each, policy)]
    facts = day.facts(accepted)
    mode = mode_on(day.date, day.modes, day_kind=day.day_kind, rotation_day=day.rotation_day)
    return JudgedDay(day, facts, judge(facts, policy), policy, mode)
