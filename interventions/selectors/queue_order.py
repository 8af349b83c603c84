"""Open cases in the order of the queue, counted and put in order by the database: there may be tens of thousands, each
opened, due and tried on days of its own. The order is that of `interventions.rules.urgency.rank`; a test holds both
equal.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

from interventions.models import Case, StepState
from interventions.rules.urgency import MOST_WEEKS_OVERDUE, CaseFacts
from students.access import Scope

OVERDUE, TODAY, LOST = "overdue", "today", "lost"
MINE, NOBODYS = "mine", "nobody"
# What is overdue is not also due today.
_SHOWN = {OVERDUE: "next_due_on < today", TODAY: "next_due_on = today", LOST: "is_disengaged OR is_unlocated"}
_TIERS = range(4)


@dataclass(frozen=True)
class Figures:
    """How many of the cases of the school, grade and mode asked for: all of them, and by what else can be asked."""

    total: int = 0
    overdue: int = 0
    today: int = 0
    lost: int = 0
    mine: int = 0
    nobodys: int = 0
    tiers: Mapping[int, int] = field(default_factory=dict)


class OrderedCases(NamedTuple):
    """Some cases in order, of `found` that were asked for; the figures are of all that were given."""

    cases: list[CaseFacts]
    found: int
    figures: Figures


# Steps and contacts are grouped for all cases at once: a look-up for each takes twice the time.
_FACTS = f"""
    WITH asked (id, student_id, year_id, tier, opened_on, owner_id, is_unlocated) AS MATERIALIZED ({{cases}}),
    fact AS MATERIALIZED (
        SELECT asked.id, asked.tier, asked.opened_on, asked.owner_id, standing.student_id IS NOT NULL AS is_disengaged,
            asked.is_unlocated, due.first AS next_due_on, tried.last AS last_contact_on, now.today, now.me
        FROM asked CROSS JOIN (SELECT %s::date AS today, %s::bigint AS me) now
        LEFT JOIN interventions_standing standing ON standing.student_id = asked.student_id
            AND standing.year_id = asked.year_id AND standing.criteria <> '[]'
        LEFT JOIN (SELECT step.case_id, min(step.due_on) AS first FROM interventions_step step
            WHERE step.state = '{StepState.OPEN}' AND step.due_on IS NOT NULL
                AND step.case_id IN (SELECT id FROM asked)
            GROUP BY step.case_id) due ON due.case_id = asked.id
        LEFT JOIN (SELECT contact.student_id, max(contact.day) AS last FROM interventions_contact contact
            WHERE contact.withdrawn_at IS NULL AND contact.student_id IN (SELECT student_id FROM asked)
            GROUP BY contact.student_id) tried ON tried.student_id = asked.student_id)
"""  # noqa: S608 - constants of this module
_COUNTS = ("true", *_SHOWN.values(), "owner_id = me", "owner_id IS NULL", *(f"tier = {tier}" for tier in _TIERS))
_COUNTED = ", ".join(f"count(*) FILTER (WHERE {condition})" for condition in ("{narrowed}", *_COUNTS))
# The rank of a case, as the rule has it. Weeks are begun ones; of no day the difference is none, and 0 the greatest.
_ORDER = f"""
    -least({MOST_WEEKS_OVERDUE}, (greatest(0, today - next_due_on) + 6) / 7), NOT ({_SHOWN[LOST]}), -tier,
    next_due_on IS DISTINCT FROM today, owner_id IS NOT NULL, coalesce(next_due_on, '9999-12-31'),
    coalesce(last_contact_on, opened_on), id
"""
# The last page where there are not so many: cases may have been closed since somebody opened a page before it.
_IN_ORDER = f"""{_FACTS}
    SELECT counted.*, shown.id, tier, opened_on, owner_id IS NOT NULL, is_disengaged, is_unlocated, next_due_on,
        last_contact_on
    FROM (SELECT {_COUNTED} FROM fact) counted (found)
    LEFT JOIN LATERAL (SELECT * FROM fact WHERE {{narrowed}} ORDER BY {_ORDER}
        LIMIT %s OFFSET least(%s::bigint, greatest(0, found - 1) / %s) * %s) shown ON true
    ORDER BY {_ORDER}
"""  # noqa: S608 - constants of this module
_OF_CASE = ("pk", "student", "year", "tier", "opened_on", "owner", "is_unlocated")


def cases_in_order(
    scope: Scope,
    cases: QuerySet[Case],
    *,
    tier: int | None = None,
    owner: str = "",
    show: str = "",
    place: int = 0,
    size: int | None = None,
) -> OrderedCases:
    """The page at a place, from 0, of some cases in scope, or all of them without a size; one statement.

    `owner` and `show` as the queue is asked for them.
    """
    try:
        asked, params = cases.order_by().values_list(*_OF_CASE).query.sql_with_params()
    except EmptyResultSet:
        return OrderedCases([], 0, Figures())
    narrowed, given = _narrowed(tier, owner, show)
    statement = _IN_ORDER.format(cases=asked, narrowed=narrowed)
    with connection.cursor() as cursor:
        cursor.execute(statement, [*params, scope.today, scope.user_id, *given, *given, size, place, size, size])
        rows = cursor.fetchall()
    before = 1 + len(_COUNTS)
    found, *counts = rows[0][:before]
    shown = [CaseFacts(*row[before:]) for row in rows if row[before] is not None]
    return OrderedCases(shown, found, _figures(counts))


def _narrowed(tier: int | None, owner: str, show: str) -> tuple[str, list[Any]]:
    """What narrows the cases, with its values."""
    conditions, given = [f"({_SHOWN[show]})"] if show in _SHOWN else [], []
    if tier is not None:
        conditions.append("tier = %s")
        given.append(tier)
    if owner in (MINE, NOBODYS):
        conditions.append("owner_id = me" if owner == MINE else "owner_id IS NULL")
    elif owner:
        conditions.append("owner_id = %s")
        given.append(int(owner))
    return " AND ".join(conditions) or "true", given


def _figures(counts: Sequence[int]) -> Figures:
    total, overdue, today, lost, mine, nobodys, *of_tiers = counts
    tiers = {tier: number for tier, number in zip(_TIERS, of_tiers, strict=True) if number}
    return Figures(total, overdue, today, lost, mine, nobodys, tiers)
