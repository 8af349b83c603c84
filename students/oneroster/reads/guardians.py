"""Guardians and their students: by agent ids, on the student's row or on the guardian's, and by guardians.csv."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from students.oneroster.draft import Draft, Key, Record
from students.oneroster.reads.people import GUARDIAN_ROLES
from students.rules.reconciliation import Claim, Keep

KIND = "guardians of students"
FILE = "guardians.csv"


class _Rights(NamedTuple):
    """What a link says where guardians.csv does not: parents and guardians may know, relatives wait to be named."""

    relationship: str
    may: bool


def read_guardians(draft: Draft) -> None:
    """The persons, then claims of links by guardian and student; both ways round are one link."""
    if "users" not in draft.tables:
        if "guardians" in draft.tables:
            draft.findings.refuse(FILE, "Guardians are read with users.csv, and none has come in yet.")
        return
    roles = {h.user: h.role for h in draft.holdings if h.role in GUARDIAN_ROLES}
    links = draft.claims[KIND] = {}
    rows = [row for row in draft.rows("guardians") if _is_sound(draft, row)]
    for row in rows:
        draft.claim(KIND, (row.guardianSourcedId, row.studentSourcedId), _of_row(draft, row, roles))
    by_agents = {pair: line for pair, line in _pairs(draft, roles) if pair not in links}
    for (guardian, student), line in by_agents.items():
        relationship, may = _rights(guardian, roles)
        values = (relationship, None, may, may)
        draft.claim(KIND, (guardian, student), Claim(None, None, values, draft.today, "users.csv", line))
    _persons(draft, {guardian for guardian, _ in links} | roles.keys(), rows)
    _note_rights(draft, len(by_agents))


def _rights(guardian: str, roles: dict[str, str]) -> _Rights:
    role = roles.get(guardian, "")
    return _Rights(role, role in {"parent", "guardian"})


def _is_sound(draft: Draft, row: Any) -> bool:
    known = draft.known
    at = (FILE, row.line, "studentSourcedId", row.studentSourcedId)
    student = draft.refers(*at, known.users) and draft.is_one_of(known.students, "student", *at)
    guardian = draft.refers(FILE, row.line, "guardianSourcedId", row.guardianSourcedId, known.users)
    return draft.in_order(FILE, row.line, "endDate", row.startDate, row.endDate) and student and guardian


def _of_row(draft: Draft, row: Any, roles: dict[str, str]) -> Claim:
    relationship, may = _rights(row.guardianSourcedId, roles)
    values = (
        row.relationship or relationship,
        row.contactOrder,
        may if row.mayAccess is None else row.mayAccess,
        may if row.mayContact is None else row.mayContact,
    )
    return Claim(row.startDate, row.endDate, values, row.startDate or draft.today, FILE, row.line)


def _pairs(draft: Draft, roles: dict[str, str]) -> Iterator[tuple[Key, int]]:
    """Guardian and student of every agent id, with the line of the row that has it."""
    for row in draft.rows("users"):
        for agent in row.agentSourcedIds:
            if pair := _pair(draft, row.sourcedId, agent, roles):
                yield pair, row.line
            elif agent in draft.known.people:
                message = "Of a person and an agent neither is the other's student; the pair is skipped."
                draft.findings.warn(message, "users.csv", row.line)


def _pair(draft: Draft, person: str, agent: str, roles: dict[str, str]) -> Key | None:
    students, people = draft.known.students, draft.known.people
    for guardian, student in ((agent, person), (person, agent)):
        if student in students and guardian in people and (guardian in roles or guardian not in students):
            return guardian, student
    return None


def _persons(draft: Draft, guardians: set[str], rows: list[Any]) -> None:
    spoken = _languages(draft, rows)
    records = draft.records["guardians"] = {}
    for row in draft.rows("users"):
        if row.sourcedId in guardians:
            language = spoken.get(row.sourcedId, "") if "guardians" in draft.tables else Keep("")
            values = (row.givenName, row.familyName, row.email, row.phone, row.sms, language)
            records[(row.sourcedId,)] = Record(values, "users.csv", row.line)


def _languages(draft: Draft, rows: list[Any]) -> dict[str, str]:
    """The language of each guardian, which guardians.csv says once for every student."""
    spoken: dict[str, str] = {}
    for row in rows:
        if row.language and spoken.setdefault(row.guardianSourcedId, row.language) != row.language:
            message = "A guardian has two languages; the first one counts."
            draft.findings.warn(message, FILE, row.line)
    return spoken


def _note_rights(draft: Draft, count: int) -> None:
    if count:
        draft.notes.append(
            f"{count:,} guardians of students stand by agent ids alone: parents and guardians may be told and may see, "
            f"relatives neither, until {FILE} says otherwise."
        )
