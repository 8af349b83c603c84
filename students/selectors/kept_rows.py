"""Rows of a school year in the tables that are kept, found by what each app has said of its tables (MS-31)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import ManyToOneRel, Model

from students.access import Scope
from students.models import SchoolYear
from students.retention import Group, Kept, kept_tables
from students.rules.retention import Days, Year, days_of_years

# Of all that stands in a row.
_HASH = "encode(sha256(convert_to(row_to_json(r)::text, 'UTF8')), 'hex')"


@dataclass(frozen=True)
class FoundRow:
    """A row of a school year: its id, the last day that it speaks of, the hash of all that stands in it."""

    id: int
    day: date
    sha256: str
    file: str
    student_id: int | None


@dataclass(frozen=True)
class TableCount:
    """How many rows of a school year a table holds, and the first and last of their days."""

    table: str
    named: str
    rows: int
    first_day: date
    last_day: date


def days_of_year(scope: Scope, year_id: int) -> Days:
    """The days that belong to a school year."""
    years = SchoolYear.objects.values_list("id", "starts_on")
    return days_of_years([Year(*each) for each in years])[year_id]


def counted_rows(scope: Scope, year_id: int, kind: str) -> list[TableCount]:
    """What a disposal of a year would find, table by table; a statement for each table."""
    days = days_of_year(scope, year_id)
    counted = ((kept, _count(kept, days)) for kept in kept_tables(Group(kind)))
    return [TableCount(kept.table, named(kept.model), *found) for kept, found in counted if found[0]]


def named(model: type[Model]) -> str:
    """A table's rows, as people call them."""
    tracked = getattr(model, "pgh_tracked_model", None)
    return f"changes of {named(tracked)}" if tracked else str(model._meta.verbose_name_plural)


def rows_of_year(scope: Scope, kept: Kept, days: Days, *, after: int, most: int) -> list[FoundRow]:
    """Rows of a year's days, by id from after one, to which nothing points; so many at most."""
    file = f"r.{kept.files.column}" if kept.files else "''"
    student = "r.student_id" if kept.frees_students else "NULL"
    query = (
        f"SELECT r.{kept.key}, found.day, {_HASH}, {file}, {student} "  # noqa: S608 - our own tables
        f"FROM {kept.table} r CROSS JOIN LATERAL (SELECT {kept.last_day} AS day) found "
        f"WHERE r.{kept.key} > %s AND found.day BETWEEN %s AND %s {''.join(_unreferenced(kept.model))} "
        f"ORDER BY r.{kept.key} LIMIT %s"
    )
    with connection.cursor() as cursor:
        cursor.execute(query, [after, days.first, days.last, most])
        return [FoundRow(*row) for row in cursor.fetchall()]


def _count(kept: Kept, days: Days) -> tuple[Any, ...]:
    query = (
        f"SELECT count(*), min(found.day), max(found.day) FROM {kept.table} r "  # noqa: S608 - our own tables
        f"CROSS JOIN LATERAL (SELECT {kept.last_day} AS day) found WHERE found.day BETWEEN %s AND %s"
    )
    with connection.cursor() as cursor:
        cursor.execute(query, [days.first, days.last])
        return tuple(cursor.fetchone())


def _unreferenced(model: type[Model], but: frozenset[type[Model]] = frozenset()) -> Iterator[str]:
    """What still points at a row keeps it: a condition for each foreign key of another table."""
    # Those without a name for the way back, too.
    for relation in model._meta.get_fields(include_hidden=True):
        if not isinstance(relation, ManyToOneRel) or relation.related_model in but:
            continue
        field, other = relation.field, relation.related_model
        if not getattr(field, "db_constraint", False):
            continue
        yield (
            f"AND NOT EXISTS (SELECT FROM {other._meta.db_table} other "
            f"WHERE other.{field.column} = r.{model._meta.pk.column}) "
        )


def unreferenced_ids(scope: Scope, model: type[Model], ids: list[int], *, but: frozenset[type[Model]]) -> list[int]:
    """Of these rows, those to which nothing points but rows of these kinds."""
    query = (
        f"SELECT r.id FROM {model._meta.db_table} r WHERE r.id = ANY (%s) "  # noqa: S608 - our own tables
        f"{''.join(_unreferenced(model, but))} ORDER BY r.id"
    )
    with connection.cursor() as cursor:
        cursor.execute(query, [ids])
        return [row[0] for row in cursor.fetchall()]


def hashed_rows(scope: Scope, model: type[Model], ids: list[int]) -> list[tuple[int, str]]:
    """Rows by id with the hash of all that stands in each."""
    query = (
        f"SELECT r.id, {_HASH} FROM {model._meta.db_table} r "  # noqa: S608 - our own tables
        "WHERE r.id = ANY (%s) ORDER BY r.id"
    )
    with connection.cursor() as cursor:
        cursor.execute(query, [ids])
        return cursor.fetchall()
