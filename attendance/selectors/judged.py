"""Student-days with their verdicts: facts gathered, the policy of the day chosen, `judge` asked."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from attendance.rules.contributions import taught
from attendance.rules.day import DayFacts, DayVerdict, judge
from attendance.rules.entry import waiting
from attendance.rules.excuse import suffices
from attendance.rules.plan import Plan, plan_on
from attendance.rules.policy import Policy, policy_on
from attendance.selectors.facts import StudentDay, gather
from attendance.selectors.plans import plans
from attendance.selectors.policies import policies
from students.access import Scope


@dataclass(frozen=True, slots=True)
class JudgedDay:
    """A student's day, the facts it was judged by, what it is, and the policy and plan that said so."""

    day: StudentDay
    facts: DayFacts
    verdict: DayVerdict
    policy: Policy
    plan: Plan
    mode: str
    own_time_sections: tuple[int, ...]
    own_time_open: tuple[int, ...]


def judged_days(scope: Scope, student_ids: Iterable[int], from_date: date, to_date: date) -> Iterator[JudgedDay]:
    """Judge the days of students between two dates, both inclusive. The caller took the students from the scope."""
    known, planned = policies(scope), plans(scope)
    policy_of: dict[date, Policy] = {}
    plan_of: dict[tuple[date, int, str], Plan] = {}
    for day in gather(scope, student_ids, from_date, to_date):
        if day.date not in policy_of:
            policy_of[day.date] = policy_on(day.date, known)
        key = (day.date, day.school_id, day.grade)
        if key not in plan_of:
            plan_of[key] = plan_on(day.date, planned, school_id=day.school_id, grade=day.grade)
        yield _judged(day, policy_of[day.date], plan_of[key])


def _judged(day: StudentDay, policy: Policy, plan: Plan) -> JudgedDay:
    its = taught(
        day.date,
        day.meetings,
        day.about,
        day_kind=day.day_kind,
        rotation_day=day.rotation_day,
        excused=[each.span for each in day.excuses if suffices(each, policy)],
        plan=plan,
        policy=policy,
    )
    verdict = judge(its.facts, policy)
    own = its.own_time_sections
    return JudgedDay(day, its.facts, verdict, policy, plan, its.mode, own, waiting(its.facts, own, day.about.reviews))
