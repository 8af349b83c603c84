"""The rows of a packet's tables, and of every change that the triggers kept, some students at a time."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.apps import apps

from attendance.models import Document, Excuse
from reporting.selectors.packet_cells import Cells
from reporting.selectors.packet_slices import Slice
from reporting.selectors.packet_sources import DOCUMENTS, SOURCES, Source
from students.access import Scope, visible_to

Row = list[str]
WHO = ("student", "state_id", "name")
CHANGES = ("what", "row", "changed_at", "changed", "was", "became")
DELETED = "deleted"


@dataclass(frozen=True)
class Table:
    """One table of a packet: its name, title and header."""

    name: str
    title: str
    header: tuple[str, ...]


def header_of(scope: Scope, source: Source) -> Table:
    """The table that a source fills."""
    more = ("file",) if source is DOCUMENTS else ()
    return Table(source.name, source.title, (*WHO, *(header for header, _ in source.columns), *more))


def source_rows(scope: Scope, source: Source, part: Slice, cells: Cells) -> list[Row]:
    """The rows of a source for some students, by student and day; one statement, and one for people's names."""
    paths = [path for _, path in source.columns]
    ends = [source.student, source.day, source.until or source.day]
    found = source.model._default_manager.filter(source.within(part)).order_by(*ends[:2], "pk")
    rows = [row for row in found.values_list(*ends, "pk", *paths) if part.holds(row[0], row[1], row[2] or date.max)]
    shown = _shown(scope, source, part, [row[3] for row in rows])
    people = [number for number, path in enumerate(paths, 4) if path.endswith("by")]
    cells.meet(row[number] for row in rows for number in people)
    hidden = {number for number, path in enumerate(paths, 4) if path in source.health}
    return [_row(part, row, cells, people, hidden if row[3] not in shown else set()) for row in rows]


def _row(part: Slice, row: Sequence[Any], cells: Cells, people: Sequence[int], hidden: set[int]) -> Row:
    values = (
        "" if place in hidden else cells.name(value) if place in people else cells.cell(value)
        for place, value in enumerate(row[4:], 4)
    )
    return [*who(part, row[0]), *values]


def _shown(scope: Scope, source: Source, part: Slice, ids: Sequence[int]) -> set[int]:
    """The rows of which the maker may know the reasons (RD-60): of an excuse all of its days have to be the maker's."""
    if not source.health:
        return set(ids)
    if source.model is Excuse:
        return set(visible_to(scope, Excuse).filter(pk__in=ids).values_list("pk", flat=True))
    if not part.hidden:
        return set(ids)
    known = source.model._default_manager.filter(pk__in=ids).exclude(student__in=part.hidden)
    return set(known.values_list("pk", flat=True))


def who(part: Slice, student_id: int) -> Row:
    """The first cells of every row: our number of the student, the state's, and the name."""
    student = part.students[student_id]
    return [str(student_id), student.state_id, student.listed_name]


def documents_of(scope: Scope, part: Slice) -> list[Document]:
    """The documents whose bytes go into the packet: those that the maker may read (RD-60)."""
    found = visible_to(scope, Document).filter(DOCUMENTS.within(part)).select_related("excuse")
    rows = found.order_by("excuse__student", "excuse", "pk")
    return [each for each in rows if part.holds(each.excuse.student_id, each.excuse.starts_on, each.excuse.ends_on)]


def change_rows(scope: Scope, part: Slice, cells: Cells) -> Iterator[tuple[int, Row]]:
    """Every change of the students' rows, field by field, as (student, row); two statements a source.

    The trigger keeps each row as it stood before; what it became stands in the row that followed.
    """
    for source in SOURCES:
        if source.tracked:
            yield from _changes_of(scope, source, part, cells)


def _changes_of(scope: Scope, source: Source, part: Slice, cells: Cells) -> Iterator[tuple[int, Row]]:
    kept = apps.get_model("attendance", f"{source.model.__name__}Event").objects
    fields = _told_fields(source)
    events = kept.filter(source.within(part)).order_by("pgh_id")
    rows: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for event in events.values("pgh_obj_id", "pgh_label", "pgh_created_at", *fields):
        rows[event["pgh_obj_id"]].append(event)
    now = {each["id"]: each for each in source.model._default_manager.filter(pk__in=rows).values("id", *fields)}
    shown = _shown(scope, source, part, list(rows))
    for row_id, history in rows.items():
        became: list[dict[str, Any] | None] = [*history[1:], now.get(row_id)]
        for before, after in zip(history, became, strict=True):
            told = fields if row_id in shown else [each for each in fields if each not in source.health]
            for row in _changed(source, row_id, before, after, told, cells):
                yield history[0][_student_field(source)], row


def _told_fields(source: Source) -> list[str]:
    left_out = {"id", *source.private}
    return [
        each.attname
        for each in source.model._meta.concrete_fields
        if each.name not in left_out and each.attname not in left_out
    ]


def _student_field(source: Source) -> str:
    return f"{source.student}_id"


def _changed(
    source: Source,
    row_id: int,
    before: dict[str, Any],
    after: dict[str, Any] | None,
    fields: Sequence[str],
    cells: Cells,
) -> Iterator[Row]:
    head = [source.name, str(row_id), cells.cell(before["pgh_created_at"])]
    if after is None:
        yield [*head, DELETED, "", ""]
        return
    for field in fields:
        if before[field] != after[field]:
            yield [
                *head,
                field.removesuffix("_id"),
                _told(field, before[field], cells),
                _told(field, after[field], cells),
            ]


def _told(field: str, value: Any, cells: Cells) -> str:
    return cells.name(value) if field.endswith("by_id") else cells.cell(value)
