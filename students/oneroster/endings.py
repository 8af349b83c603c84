"""The circuit breaker: an import that would end too much of what is active waits for a person."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from students.oneroster.accounts import active_after, active_before
from students.oneroster.kinds import (
    CLASS_ENROLLMENTS,
    CLASSES,
    GUARDIAN_LINKS,
    SCHOOL_ENROLLMENTS,
    STAFF,
    STUDENTS,
    TEACHERS,
    Kind,
)
from students.oneroster.plan import Plan, Row

SHARE_PERCENT = 5
COUNT = 20


def count_endings(plan: Plan, stored: dict[Kind, dict]) -> dict[Kind, tuple[int, int]]:
    """How many of each kind end, and how many are active before: of staff, the accounts that may sign in."""
    schools, rosters = stored[SCHOOL_ENROLLMENTS], stored[CLASS_ENROLLMENTS]
    accounts = active_before()
    return {
        STUDENTS: _ending(plan, SCHOOL_ENROLLMENTS, schools, lambda row: row[0]),
        CLASSES: _ending(plan, CLASS_ENROLLMENTS, rosters, lambda row: row[1]),
        CLASS_ENROLLMENTS: _ending(plan, CLASS_ENROLLMENTS, rosters, lambda row: row[:2]),
        STAFF: (len(accounts - active_after(plan, accounts)), len(accounts)),
        TEACHERS: _ending(plan, TEACHERS, stored[TEACHERS], lambda row: row[:2]),
        GUARDIAN_LINKS: _ending(plan, GUARDIAN_LINKS, stored[GUARDIAN_LINKS], lambda row: row[:2]),
    }


def too_many_endings(endings: dict[Kind, tuple[int, int]]) -> list[str]:
    """A sentence for each kind of which too many would end."""
    return [
        f"{ended:,} of {active:,} active {kind.name} would end, more than {SHARE_PERCENT}% and more than {COUNT}."
        for kind, (ended, active) in endings.items()
        if is_too_many(ended, active)
    ]


def is_too_many(ended: int, active: int) -> bool:
    """Whether an ending waits for a person: more than 20 and more than 5% of the active ones."""
    return ended > COUNT and ended * 100 > active * SHARE_PERCENT


def _ending(plan: Plan, kind: Kind, stored: dict, part: Any) -> tuple[int, int]:
    changes = plan.of(kind)
    if not (changes.changed or changes.ended or changes.removed):
        return 0, 0
    gone_ids = {removal.id for removal in changes.removed} | {c.id for c in [*changes.changed, *changes.ended]}
    before, after = set(), set()
    for key, facts in stored.items():
        for fact in facts:
            if _stands(fact.ends_on, plan.today):
                before.add(part(key))
                if fact.id not in gone_ids:
                    after.add(part(key))
    after |= _active(kind, plan.today, [c.new for c in [*changes.changed, *changes.ended]], part)
    after |= _active(kind, plan.today, changes.created, part)
    return len(before - after), len(before)


def _active(kind: Kind, today: date, rows: Iterable[Row], part: Any) -> set:
    ends = kind.columns.index("ends_on")
    return {part(row) for row in rows if _stands(row[ends], today)}


def _stands(ends_on: date | None, today: date) -> bool:
    return ends_on is None or ends_on >= today
