"""Whether a mode may be entered: nothing of its kind holds on its days, and the learning plan offers it (MS-18)."""

from collections.abc import Iterable
from datetime import date

from attendance.rules.modes import IN_PERSON, ModeFact
from attendance.rules.plan import Plan, plan_on


def meet(one: ModeFact, other: ModeFact) -> bool:
    """Whether two facts speak of one day in one way, so that neither goes before the other (RD-23).

    A quarantine goes before everything, and a plan by days beside the student's own mode is decided by the rule.
    """
    return (
        _kind(one) == _kind(other)
        and one.starts_on <= (other.ends_on or one.starts_on)
        and other.starts_on <= (one.ends_on or other.starts_on)
        and _share(one.weekdays, other.weekdays)
        and _share(one.rotation_days, other.rotation_days)
    )


def _kind(fact: ModeFact) -> tuple[int | None, bool, bool]:
    return fact.section_id, fact.is_quarantine, not fact.is_quarantine and fact.is_plan


def _share(mine: tuple[object, ...], others: tuple[object, ...]) -> bool:
    """Whether both name some day; none named means every one."""
    return not mine or not others or bool(set(mine) & set(others))


def not_offered_on(fact: ModeFact, plans: Iterable[Plan], *, school_id: int, grade: str) -> date | None:
    """The first day of a fact on which the learning plan does not offer its mode; None where it always does.

    Being in person is offered everywhere, so that nobody is kept from school by a list.
    """
    if fact.mode == IN_PERSON:
        return None
    plans = list(plans)
    turns = {each.starts_on for each in plans if fact.starts_on < each.starts_on <= (fact.ends_on or date.max)}
    for day in sorted({fact.starts_on, *turns}):
        if fact.mode not in plan_on(day, plans, school_id=school_id, grade=grade).modes:
            return day
    return None


class BadMode(ValueError):
    """A mode that cannot be, in words."""


def check_mode(fact: ModeFact) -> None:
    """Raise BadMode for what no day could be judged by."""
    if fact.ends_on is not None and fact.ends_on < fact.starts_on:
        raise BadMode("The last day lies before the first.")
    if any(day not in range(7) for day in fact.weekdays):
        raise BadMode("A week has the days 0 (Monday) to 6 (Sunday).")
    if not fact.is_quarantine:
        return
    if fact.ends_on is None:
        raise BadMode("A quarantine has a last day.")
    if fact.mode == IN_PERSON:
        raise BadMode("Who is in quarantine is taught in another mode than in person.")
    if fact.is_plan or fact.section_id is not None:
        raise BadMode("A quarantine holds on all days and in all classes.")
