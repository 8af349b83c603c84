"""Whose days an import changes, and from when."""

from datetime import date, timedelta

from students.oneroster.draft import Draft
from students.oneroster.kinds import Kind
from students.oneroster.plan import Change, Effects, KindPlan, Row

# Values that no verdict hangs on.
_BESIDE = frozenset({"source_id"})


def note_students_facts(plan: KindPlan, effects: Effects) -> None:
    """Add the students (the first part of the key) whose dated facts change."""
    starts = plan.kind.columns.index("starts_on")
    for row in [*plan.created, *(removal.old for removal in plan.removed)]:
        effects.students.add(row[0])
        effects.since(row[starts])
    for change in [*plan.changed, *plan.ended]:
        if day := first_changed_day(plan.kind, change):
            effects.students.add(change.new[0])
            effects.since(day)


def note_moved_classes(plan: KindPlan, draft: Draft, effects: Effects) -> None:
    """Add the schools between which a class moves: its meetings are theirs from the first day of its terms."""
    section, school = plan.kind.columns.index("source_id"), plan.kind.columns.index("school")
    for change in plan.changed:
        if change.old[school] == change.new[school]:
            continue
        effects.whole_schools |= {change.old[school], change.new[school]}
        terms = draft.known.class_terms.get(change.new[section], ())
        for start, _ in (draft.known.sessions[term] for term in terms if term in draft.known.sessions):
            effects.since(start)


def note_grades_of_classes(plan: KindPlan, today: date, effects: Effects) -> None:
    """Add the schools of classes that are for other grades now: from today on they may keep other bells."""
    school, grades = plan.kind.columns.index("school"), plan.kind.columns.index("grades")
    for change in plan.changed:
        if change.old[grades] != change.new[grades]:
            effects.whole_schools.add(change.new[school])
            effects.since(today)


def first_changed_day(kind: Kind, change: Change) -> date | None:
    """The first day on which a fact says something else than before; None where no day does."""
    starts, ends = (kind.columns.index(name) for name in ("starts_on", "ends_on"))
    old, new = change.old, change.new
    if old[starts] != new[starts] or _values(kind, old) != _values(kind, new):
        return min(old[starts], new[starts])
    if old[ends] == new[ends]:
        return None
    shorter = min(end for end in (old[ends], new[ends]) if end is not None)
    return shorter + timedelta(days=1)


def _values(kind: Kind, row: Row) -> list:
    return [row[kind.columns.index(name)] for name in kind.fields if name not in _BESIDE]
