"""Students in own time whom no learning plan bears (MS-18, MS-19)."""

from collections.abc import Iterable
from datetime import date

from attendance.rules.modes import ASYNC_ONLINE, OWN_TIME
from attendance.rules.plan import STANDARD, Plan, plan_on
from attendance.selectors.plans import plans
from reporting.rules.class_facts import UnplannedMode
from reporting.rules.facts import StudentDay
from students.access import Scope


def unplanned(scope: Scope, school_id: int, days: Iterable[StudentDay]) -> list[UnplannedMode]:
    """Of each student the first of some days in own time without a plan that offers it; one statement.

    The caller took the days, which are of the school, from the scope.
    """
    known = plans(scope)
    whys: dict[tuple[date, str, str], str] = {}
    found: dict[tuple[int, str, str], date] = {}
    for day in days:
        if day.mode not in OWN_TIME:
            continue
        place = (day.date, day.grade, day.mode)
        if place not in whys:
            whys[place] = _want(plan_on(day.date, known, school_id=school_id, grade=day.grade), day.mode)
        if why := whys[place]:
            key = (day.student_id, day.mode, why)
            found[key] = min(day.date, found.get(key, day.date))
    return [UnplannedMode(student_id, mode, day, why) for (student_id, mode, why), day in sorted(found.items())]


def _want(plan: Plan, mode: str) -> str:
    """What a mode wants of a plan; empty where the plan bears it."""
    if plan is STANDARD:
        return "no_plan"
    if mode not in plan.modes:
        return "not_offered"
    return "no_measure" if mode == ASYNC_ONLINE and not plan.measures else ""
