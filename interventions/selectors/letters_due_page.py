"""A page of the letters that are due, counted and put in order by the database: there may be tens of thousands."""

from collections.abc import Collection
from typing import Any, NamedTuple

from django.db import connection

from interventions.rules.letter_kinds import LetterKind
from interventions.selectors.letters_due import (
    DUE_COLUMNS,
    Due,
    due_of,
    due_rows,
    grounds_known,
    in_their_languages,
    kind_of,
    truancy_thresholds,
)
from students.access import Scope

_ORDER = "school_id, sort_name, ground, ground_id, student_id, guardian_id"
# The last page where there are not so many: the list may have grown shorter since somebody opened a page before it.
_PAGE = """
    WITH due ({columns}) AS MATERIALIZED ({due}),
        counted AS (SELECT count(*) AS total, count(*) FILTER (WHERE {asked}) AS found FROM due)
    SELECT counted.total, counted.found, shown.* FROM counted LEFT JOIN LATERAL (
        SELECT * FROM due WHERE {asked} ORDER BY {order} LIMIT %s
        OFFSET LEAST(%s::bigint, greatest(0, counted.found - 1) / %s) * %s) shown ON true
    ORDER BY {order}
"""


class DueSlice(NamedTuple):
    """The letters of a page, of `found` that were asked for and `total` in all."""

    due: list[Due]
    found: int
    total: int


def due_slice(scope: Scope, *, school_id: int | None, kind: str, place: int, size: int) -> DueSlice:
    """The page at a place, from 0, of a school's letters and of a kind, or of all; in the order of `due_letters`."""
    thresholds = truancy_thresholds(scope)
    asked, given = _asked(school_id, _grounds_of(scope, kind, thresholds) if kind else None)
    due, params = due_rows(scope).query.sql_with_params()
    statement = _PAGE.format(columns=", ".join(DUE_COLUMNS), due=due, asked=asked, order=_ORDER)
    with connection.cursor() as cursor:
        cursor.execute(statement, [*params, *given, *given, size, place, size, size])
        rows = cursor.fetchall()
    total, found = rows[0][:2]
    shown = [due_of(row[2:], thresholds) for row in rows if row[2] is not None]
    return DueSlice(in_their_languages(scope, shown), found, total)


def _asked(school_id: int | None, grounds: Collection[str] | None) -> tuple[str, list[Any]]:
    of_school = [("school_id = %s", school_id)] if school_id else []
    of_kind = [("concat_ws('-', ground, step, way) = ANY(%s)", list(grounds))] if grounds is not None else []
    asked = of_school + of_kind
    return " AND ".join(words for words, _ in asked) or "true", [value for _, value in asked]


def _grounds_of(scope: Scope, kind: str, thresholds: Collection[int]) -> list[str]:
    """The grounds that call for a kind of letter, as the statement names them."""
    known = grounds_known(scope)
    return [
        f"{ground}-{step}-{way}"
        for ground, step, way in known
        if kind_of(ground, step, way, list(thresholds)) == LetterKind(kind)
    ]
