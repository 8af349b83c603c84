"""enrollments.csv: who learns and who teaches in a class."""

from typing import Any

from students.oneroster.dates import last_day
from students.oneroster.draft import Draft
from students.oneroster.findings import Findings
from students.oneroster.stored import stored_schools_of
from students.rules.enrollments import begins_on
from students.rules.reconciliation import Claim

FILE = "enrollments.csv"


def read_enrollments(draft: Draft) -> None:
    """Claims of class enrollments and of teaching, by person and class."""
    if "enrollments" not in draft.tables:
        return
    draft.claims["class enrollments"], draft.claims["teachers of classes"] = {}, {}
    undated = sum(_enrollment(draft, row) for row in draft.rows("enrollments"))
    if undated:
        day = begins_on(None, today=draft.today)
        draft.notes.append(
            f"{undated:,} rows of {FILE} have no begin date: where none is held yet, they begin on {day} (RD-11)."
        )


def warn_of_rosters_elsewhere(draft: Draft) -> None:
    """Name students on rosters of a school that they are not enrolled in, by the files or as stored.

    Their classes count all the same, in the school of the primary enrollment (RD-09).
    """
    claimed = draft.claims.get("school enrollments", {})
    elsewhere: dict[tuple[str, str], list[Claim]] = {}
    for (student, section), claims in draft.claims.get("class enrollments", {}).items():
        at = (student, draft.known.class_schools.get(section, ""))
        if at not in claimed:
            elsewhere.setdefault(at, []).extend(claims)
    held = stored_schools_of({student for student, _ in elsewhere})
    for claim in (claim for at, claims in elsewhere.items() if at not in held for claim in claims):
        draft.findings.warn("A student is on a roster of a school without being enrolled there.", FILE, claim.line)


def _enrollment(draft: Draft, row: Any) -> bool:
    """Claim what the row says; whether it has no begin date."""
    if not _refers_well(draft, row):
        return False
    key = (row.userSourcedId, row.classSourcedId)
    start, end = row.beginDate, last_day(row.endDate)
    otherwise = begins_on(start, today=draft.today)
    if row.role == "student" and _is_a(draft, row, "student"):
        claim = Claim(start, end, (row.sourcedId,), otherwise, FILE, row.line)
        draft.claim("class enrollments", key, claim)
        return start is None
    if row.role == "teacher" and _is_a(draft, row, "member of staff"):
        claim = Claim(start, end, (row.sourcedId, row.primary), otherwise, FILE, row.line)
        draft.claim("teachers of classes", key, claim)
        return start is None
    if row.role not in {"student", "teacher"}:
        message = "Only students and teachers are kept of a class; a row with another role is skipped."
        draft.findings.warn(message, FILE, row.line)
    return False


def _refers_well(draft: Draft, row: Any) -> bool:
    known, findings = draft.known, draft.findings
    sound = _all_known(draft, row) and draft.in_order(FILE, row.line, "endDate", row.beginDate, row.endDate)
    if sound and known.class_schools.get(row.classSourcedId, row.schoolSourcedId) != row.schoolSourcedId:
        _warn_of_other_school(findings, row)
    return sound


def _all_known(draft: Draft, row: Any) -> bool:
    known = draft.known
    a = draft.refers(FILE, row.line, "classSourcedId", row.classSourcedId, known.classes)
    b = draft.refers(FILE, row.line, "schoolSourcedId", row.schoolSourcedId, known.orgs)
    c = draft.refers(FILE, row.line, "userSourcedId", row.userSourcedId, known.users)
    return a and b and c


def _warn_of_other_school(findings: Findings, row: Any) -> None:
    findings.warn("A row names another school than its class does; the class's own counts.", FILE, row.line)


def _is_a(draft: Draft, row: Any, what: str) -> bool:
    group = draft.known.students if what == "student" else draft.known.staff
    return draft.is_one_of(group, what, FILE, row.line, "userSourcedId", row.userSourcedId)
