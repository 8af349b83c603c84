"""Writing a plan: by COPY, endings before beginnings, so that no two facts ever share a day on the way."""

import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, time
from typing import Any

from django.db import connection
from django.db.backends.utils import CursorWrapper
from django.db.models import NOT_PROVIDED

from students.oneroster import registry
from students.oneroster.kinds import Kind
from students.oneroster.plan import KindPlan, Plan, Row
from students.oneroster.stored import stored_records

_BATCH = 20_000
_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


def write(plan: Plan) -> None:
    """Write all that a plan says, inside the caller's transaction."""
    ids = _Ids()
    with connection.cursor() as cursor:
        for found in plan.kinds:
            _write_kind(cursor, found, ids)


class _Ids:
    """The database's ids by source ids, read when a kind is first referred to."""

    def __init__(self) -> None:
        self._known: dict[Kind, dict[Any, int]] = {}

    def of(self, kind: Kind) -> dict[Any, int]:
        if kind not in self._known:
            single = len(kind.key) == 1
            self._known[kind] = {key[0] if single else key: row.id for key, row in stored_records(kind).items()}
        return self._known[kind]

    def forget(self, kind: Kind) -> None:
        self._known.pop(kind, None)


def _write_kind(cursor: CursorWrapper, plan: KindPlan, ids: _Ids) -> None:
    if plan.is_empty:
        return
    if plan.kind.rewritten:
        _rewrite(cursor, plan, ids)
        return
    changes = [*plan.ended, *plan.changed]
    if plan.kind.exclusive:
        _free_exclusive(cursor, plan)
    if plan.kind.dated:
        _update(cursor, plan.kind, [(c.id, _narrowed(plan.kind, c.old, c.new)) for c in changes], ids)
    _remove(plan)
    _update(cursor, plan.kind, [(change.id, change.new) for change in changes], ids)
    _insert(cursor, plan.kind, plan.created, ids)
    ids.forget(plan.kind)


def _rewrite(cursor: CursorWrapper, plan: KindPlan, ids: _Ids) -> None:
    gone = [removal.id for removal in plan.removed] + [change.id for change in plan.changed]
    plan.kind.model._base_manager.filter(pk__in=gone).delete()
    _insert(cursor, plan.kind, [*plan.created, *(change.new for change in plan.changed)], ids)


def _narrowed(kind: Kind, old: Row, new: Row) -> Row:
    """What a fact is both before and after: it stands in the way of nothing that either of them allows."""
    row = list(new)
    starts, ends = kind.columns.index("starts_on"), kind.columns.index("ends_on")
    row[starts] = max(old[starts], new[starts])
    given = [end for end in (old[ends], new[ends]) if end is not None]
    row[ends] = min(given) if given else None
    if "is_primary" in kind.columns:
        primary = kind.columns.index("is_primary")
        row[primary] = old[primary] and new[primary]
    return tuple(row)


def _remove(plan: KindPlan) -> None:
    gone = [removal.id for removal in plan.removed]
    if gone:
        registry.release(plan.kind.name, gone)
        plan.kind.model._base_manager.filter(pk__in=gone).delete()


def _free_exclusive(cursor: CursorWrapper, plan: KindPlan) -> None:
    """Take values that only one may have from those who give them up, before another gets them."""
    kind = plan.kind
    place = kind.columns.index(kind.exclusive)
    moving = [change.id for change in plan.changed if change.old[place] != change.new[place]]
    column = _column(kind, kind.exclusive)
    if moving:
        free = "''" if _field(kind, kind.exclusive).blank else "'~' || found.place"
        cursor.execute(
            f"UPDATE {_table(kind)} AS kept SET {column} = {free} "  # noqa: S608 - names of our own models
            "FROM unnest(%s) WITH ORDINALITY AS found (id, place) WHERE kept.id = found.id",
            [moving],
        )


def _update(cursor: CursorWrapper, kind: Kind, rows: list[tuple[int, Row]], ids: _Ids) -> None:
    if not rows or not (kind.fields or kind.dated):
        return
    columns = [_column(kind, name) for name in kind.columns]
    names = ", ".join(columns)
    cursor.execute(f"CREATE TEMP TABLE changed AS SELECT id, {names} FROM {_table(kind)} WITH NO DATA")  # noqa: S608
    resolved = _resolved(kind, (row for _, row in rows), ids)
    _copy(cursor, "changed", ["id", *columns], ((found, *row) for (found, _), row in zip(rows, resolved, strict=True)))
    assigned = ", ".join(f"{column} = changed.{column}" for column in columns)
    cursor.execute(f"UPDATE {_table(kind)} AS kept SET {assigned} FROM changed WHERE kept.id = changed.id")  # noqa: S608
    cursor.execute("DROP TABLE changed")


def _insert(cursor: CursorWrapper, kind: Kind, rows: Sequence[Row], ids: _Ids) -> None:
    if not rows:
        return
    made = _made(kind)
    columns = [_column(kind, name) for name in kind.columns] + [name for name, _ in made]
    filled = ((*row, *(make() for _, make in made)) for row in _resolved(kind, rows, ids))
    _copy(cursor, _table(kind), columns, filled)


def _made(kind: Kind) -> list[tuple[str, Any]]:
    """Columns that no file carries, each with what makes its value: the kind's own, else the model's default."""
    made: list[tuple[str, Any]] = []
    fields: Any = kind.model._meta.concrete_fields
    for field in fields:
        if field.primary_key or field.generated or field.name in kind.columns:
            continue
        if field.name in kind.made:
            made.append((field.column, kind.made[field.name]))
        elif field.default is not NOT_PROVIDED or not field.null:
            made.append((field.column, field.get_default))
    return made


def _resolved(kind: Kind, rows: Iterable[Row], ids: _Ids) -> Iterator[list[Any]]:
    """Rows with the database's ids in the place of source ids."""
    places = [(kind.columns.index(name), ids.of(other)) for name, other in kind.references.items()]
    for row in rows:
        values = list(row)
        for place, known in places:
            if values[place] is not None:
                values[place] = known[values[place]]
        yield values


def _copy(cursor: CursorWrapper, table: str, columns: list[str], rows: Iterable[Sequence[Any]]) -> None:
    sql = f"COPY {table} ({', '.join(columns)}) FROM STDIN"
    lines: list[str] = []
    for row in rows:
        lines.append("\t".join([_cell(value) for value in row]))
        if len(lines) == _BATCH:
            _send(cursor, sql, lines)
            lines = []
    if lines:
        _send(cursor, sql, lines)


def _send(cursor: CursorWrapper, sql: str, lines: list[str]) -> None:
    cursor.copy_expert(sql, io.StringIO("\n".join(lines) + "\n"))


def _cell(value: Any) -> str:
    """A value as COPY's text format writes it."""
    if isinstance(value, str):
        return value if value.isalnum() else value.translate(_ESCAPES)
    if value is None:
        return "\\N"
    if isinstance(value, bool):
        return "t" if value else "f"
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return ("{" + ",".join(_element(str(part)) for part in value) + "}").translate(_ESCAPES)
    return str(value)


def _element(text: str) -> str:
    quoted = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{quoted}"'


def _table(kind: Kind) -> str:
    return connection.ops.quote_name(kind.model._meta.db_table)


def _column(kind: Kind, name: str) -> str:
    return _field(kind, name).column


def _field(kind: Kind, name: str) -> Any:
    return kind.model._meta.get_field(name)
