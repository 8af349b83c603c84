"""Enrollment in schools: from school_enrollments.csv, else worked out from roles and classes."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Any

from students.oneroster.dates import last_day
from students.oneroster.draft import Draft, Holding
from students.oneroster.stored import stored_schools_of
from students.rules.enrollments import begins_on
from students.rules.reconciliation import Claim, Keep

KIND = "school enrollments"
FILE = "school_enrollments.csv"


def read_school_enrollments(draft: Draft) -> None:
    """Claims of enrollment by student and school."""
    grades = {row.sourcedId: row.grades[0] if row.grades else "" for row in draft.rows("users")}
    if "school_enrollments" in draft.tables:
        draft.claims[KIND] = {}
        for row in draft.rows("school_enrollments"):
            _row(draft, row, grades)
        _warn_of_students_without(draft)
    elif "users" in draft.tables:
        draft.claims[KIND] = {}
        _derive(draft, grades)


def _row(draft: Draft, row: Any, grades: dict[str, str]) -> None:
    if not _is_sound(draft, row):
        return
    values = (
        row.grade or grades.get(row.studentSourcedId, Keep("")),
        row.primary,
        row.adaIncluded,
        row.entryCode,
        row.exitCode,
    )
    claim = Claim(row.entryDate, row.exitDate, values, row.entryDate, FILE, row.line)
    draft.claim(KIND, (row.studentSourcedId, row.schoolSourcedId), claim)


def _is_sound(draft: Draft, row: Any) -> bool:
    known = draft.known
    at = (FILE, row.line, "studentSourcedId", row.studentSourcedId)
    student = draft.refers(*at, known.users) and draft.is_one_of(known.students, "student", *at)
    school = draft.refers(FILE, row.line, "schoolSourcedId", row.schoolSourcedId, known.orgs)
    if school and known.org_types.get(row.schoolSourcedId, "school") != "school":
        draft.findings.refuse(FILE, "This org is not a school.", row.line, "schoolSourcedId", row.schoolSourcedId)
        school = False
    if row.exitCode and not row.exitDate:
        draft.findings.refuse(FILE, "An exit code needs an exit date.", row.line, "exitCode", row.exitCode)
        return False
    return draft.in_order(FILE, row.line, "exitDate", row.entryDate, row.exitDate) and student and school


def _warn_of_students_without(draft: Draft) -> None:
    enrolled = {student for student, _ in draft.claims[KIND]}
    for (student,), record in draft.records.get("students", {}).items():
        if student not in enrolled:
            draft.findings.warn("A student is enrolled in no school.", record.file, record.line)


def _derive(draft: Draft, grades: dict[str, str]) -> None:
    holdings = list(_student_holdings(draft))
    held = stored_schools_of({holding.user for holding, _ in holdings if holding.begin is None})
    known = {student for student, _ in held}
    earliest, dated = _earliest_classes(draft), _earliest_classes(draft, dated_by_term=False)
    counted: Counter[str] = Counter()
    for holding, primary in holdings:
        has_moved = holding.user in known and (holding.user, holding.org) not in held
        start, source = _start(holding, dated if has_moved else earliest, draft.today)
        counted[source] += 1
        values = (grades.get(holding.user, ""), primary, Keep(True), Keep(""), Keep(""))
        claim = Claim(holding.begin, last_day(holding.end), values, start, holding.file, holding.line)
        draft.claim(KIND, (holding.user, holding.org), claim)
    for source, count in counted.items():
        draft.notes.append(f"{count:,} school enrollments begin {source}, since the set has no {FILE}.")


def _student_holdings(draft: Draft) -> Iterator[tuple[Holding, bool]]:
    """Students' roles in schools; where none of a student's is marked primary in a school, the first one is."""
    held: dict[str, list[Holding]] = {}
    for holding in draft.holdings:
        if holding.role == "student" and draft.known.org_types.get(holding.org) == "school":
            held.setdefault(holding.user, []).append(holding)
    for holdings in held.values():
        marked = any(holding.primary for holding in holdings)
        for place, holding in enumerate(holdings):
            yield holding, holding.primary if marked else place == 0


def _earliest_classes(draft: Draft, *, dated_by_term: bool = True) -> dict[tuple[str, str], date]:
    """The first day in a class of the school, by student and school.

    Of a student known from another school the term's first day says nothing: the term began before the transfer, and
    taken at its word it would move months of days to the new school.
    """
    earliest: dict[tuple[str, str], date] = {}
    for (student, section), claims in draft.claims.get("class enrollments", {}).items():
        key = (student, draft.known.class_schools.get(section, ""))
        for claim in claims:
            if claim.starts_on and (dated_by_term or not draft.known.is_first_of_term(section, claim.starts_on)):
                earliest[key] = min(earliest.get(key, claim.starts_on), claim.starts_on)
    return earliest


def _start(holding: Holding, earliest: dict[tuple[str, str], date], today: date) -> tuple[date, str]:
    if holding.begin:
        return holding.begin, "as roles.csv says"
    if found := earliest.get((holding.user, holding.org)):
        return found, "with the student's first class in the school"
    return begins_on(None, today=today), "on the day of the import (RD-11)"
