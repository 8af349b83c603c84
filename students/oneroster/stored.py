"""What is stored, in the terms of the files: records by their source ids."""

from collections.abc import Collection, Container, Iterator
from typing import Any, NamedTuple

from django.contrib.postgres.fields import ArrayField

from students.models import Course, Enrollment, School, Section, Student, Term, User
from students.oneroster.draft import Key, Known
from students.oneroster.kinds import DATES, Kind
from students.oneroster.tables import Table
from students.rules.reconciliation import Held


class Stored(NamedTuple):
    """A stored record's id and its values, in the order of its kind."""

    id: int
    values: tuple[Any, ...]


def _rows(kind: Kind) -> Iterator[tuple[int, Key, tuple[Any, ...]]]:
    paths = [lookups_of(kind, name) for name in kind.columns]
    rows = kind.model._base_manager.filter(**kind.imported).exclude(**{f"{paths[0][0]}__isnull": True})
    flat = rows.values_list("pk", *[path for several in paths for path in several]).iterator(chunk_size=10_000)
    widths = [len(several) for several in paths]
    rows_as_keyed = flat if max(widths) == 1 and not _has_lists(kind) else (_joined(row, widths) for row in flat)
    width = len(kind.key)
    for row in rows_as_keyed:
        yield row[0], row[1 : width + 1], row[width + 1 :]


def _has_lists(kind: Kind) -> bool:
    return any(isinstance(kind.model._meta.get_field(name), ArrayField) for name in kind.columns)


def lookups_of(kind: Kind, name: str) -> tuple[str, ...]:
    """The paths to a field, or to the key of what it refers to."""
    if name not in kind.references:
        return (name,)
    other = kind.references[name]
    return tuple(f"{name}__{path}" for key in other.key for path in lookups_of(other, key))


def _joined(row: tuple[Any, ...], widths: list[int]) -> tuple[Any, ...]:
    """A row in which lists are tuples, and a key of several parts is one value (None where it refers to nothing)."""
    joined: list[Any] = [row[0]]
    place = 1
    for width in widths:
        part = row[place : place + width]
        if width > 1:
            joined.append(None if part[-1] is None else part)
        else:
            joined.append(tuple(part[0]) if isinstance(part[0], list) else part[0])
        place += width
    return tuple(joined)


def stored_records(kind: Kind) -> dict[Key, Stored]:
    """The records of an undated kind that came in by files."""
    return {key: Stored(found, values) for found, key, values in _rows(kind)}


def stored_facts(kind: Kind) -> dict[Key, list[Held]]:
    """The facts of a dated kind, by key, the earliest first."""
    facts: dict[Key, list[Held]] = {}
    for found, key, values in _rows(kind):
        facts.setdefault(key, []).append(Held(found, values[0], values[1], values[len(DATES) :]))
    for held in facts.values():
        held.sort(key=lambda fact: fact.starts_on)
    return facts


def stored_schools_of(students: Collection[str]) -> set[tuple[str, str]]:
    """Students, by source id, with each school that they were ever enrolled in."""
    held = Enrollment.objects.filter(student__source_id__in=students) if students else Enrollment.objects.none()
    return set(held.values_list("student__source_id", "school__source_id"))


def known(tables: dict[str, Table]) -> Known:
    """What the rows of a set may refer to: ids of its own files, or stored ones where a file is left out."""
    found = Known()
    found.orgs, found.org_types = _orgs(tables)
    found.session_ids = _ids(tables, "academicSessions", Term)
    found.courses = _ids(tables, "courses", Course)
    found.classes = _ids(tables, "classes", Section)
    if "academicSessions" not in tables:
        found.sessions = {term.source_id: (term.starts_on, term.ends_on) for term in Term.objects.all()}  # type: ignore[misc]
    if "classes" not in tables:
        _add_classes(found)
    if "users" not in tables:
        found.students = set(Student.objects.values_list("source_id", flat=True))
        found.staff = set(User.objects.exclude(source_id=None).values_list("source_id", flat=True))  # type: ignore[arg-type]
        found.people = found.students | found.staff
    found.users = tables["users"].ids if "users" in tables else found.people
    return found


def _ids(tables: dict[str, Table], name: str, model: Any) -> Container[str]:
    return tables[name].ids if name in tables else set(model.objects.values_list("source_id", flat=True))


def _orgs(tables: dict[str, Table]) -> tuple[Any, dict[str, str]]:
    if "orgs" in tables:
        return tables["orgs"].ids, {}
    types = dict.fromkeys(School.objects.values_list("source_id", flat=True), "school")
    types |= dict.fromkeys(School.objects.values_list("district__source_id", flat=True), "district")
    return types, types


def _add_classes(found: Known) -> None:
    for section in Section.objects.select_related("school").prefetch_related("terms"):
        found.class_schools[section.source_id] = section.school.source_id
        found.class_terms[section.source_id] = tuple(term.source_id for term in section.terms.all())
        found.class_periods[section.source_id] = tuple(section.periods)
        found.class_grades[section.source_id] = tuple(section.grades)
