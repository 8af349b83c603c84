"""A page of the letters that are due, counted and put in order by the database: there may be tens of thousands."""

from typing import Any, NamedTuple

from django.db import connection

from interventions.selectors.letters_due import DUE_COLUMNS, Due, due_rows, grounds_of_kind, letters_of
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
    asked, given = _asked(scope, school_id, kind)
    due, params = due_rows(scope).query.sql_with_params()
    statement = _PAGE.format(columns=", ".join(DUE_COLUMNS), due=due, asked=asked, order=_ORDER)
    with connection.cursor() as cursor:
        cursor.execute(statement, [*params, *given, *given, size, place, size, size])
        rows = cursor.fetchall()
    total, found = rows[0][:2]
    return DueSlice(letters_of(scope, [row[2:] for row in rows if row[2] is not None]), found, total)


def _asked(scope: Scope, school_id: int | None, kind: str) -> tuple[str, list[Any]]:
    """What narrows the list, with its values."""
    asked: list[tuple[str, Any]] = [("school_id = %s", school_id)] if school_id else []
    if kind:
        grounds = ["-".join(map(str, each)) for each in grounds_of_kind(scope, kind)]
        asked.append(("concat_ws('-', ground, step, way) = ANY(%s)", grounds))
    return " AND ".join(words for words, _ in asked) or "true", [value for _, value in asked]
