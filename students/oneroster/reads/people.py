"""users.csv, roles.csv and demographics.csv: students, and staff who may sign in. Nobody is merged by e-mail."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from students.oneroster.draft import Draft, Holding, Record
from students.oneroster.findings import line_named
from students.rules.names import folded
from students.rules.reconciliation import Keep

GUARDIAN_ROLES = frozenset({"guardian", "parent", "relative"})


def read_people(draft: Draft) -> None:
    """Who is who: the roles held first, then the students and the staff."""
    if "users" not in draft.tables:
        return
    if draft.version == "1.2" and "roles" not in draft.tables:
        draft.findings.refuse("roles.csv", "users.csv of OneRoster 1.2 cannot be read without roles.csv.")
        return
    draft.holdings = list(_holdings_1_1(draft) if draft.version == "1.1" else _holdings_1_2(draft))
    _sort_out(draft)
    births = _births(draft)
    draft.records["students"], draft.records["staff"] = {}, {}
    for row in draft.rows("users"):
        _person(draft, row, births)
    _refuse_shared(draft, "students", 0, "identifier", "state id")
    _refuse_shared(draft, "staff", 0, "username", "username")
    _warn_of_shared_addresses(draft)


def _holdings_1_1(draft: Draft) -> Iterator[Holding]:
    for row in draft.rows("users"):
        draft.refer("users.csv", row.line, "orgSourcedIds", row.orgSourcedIds, draft.known.orgs)
        for place, org in enumerate(row.orgSourcedIds):
            yield Holding(row.sourcedId, row.role, org, place == 0, None, None, "users.csv", row.line)


def _holdings_1_2(draft: Draft) -> Iterator[Holding]:
    for row in draft.rows("roles"):
        draft.refers("roles.csv", row.line, "userSourcedId", row.userSourcedId, draft.known.users)
        draft.refers("roles.csv", row.line, "orgSourcedId", row.orgSourcedId, draft.known.orgs)
        if draft.in_order("roles.csv", row.line, "endDate", row.beginDate, row.endDate):
            primary = row.roleType == "primary"
            span = (row.beginDate, row.endDate)
            yield Holding(row.userSourcedId, row.role, row.orgSourcedId, primary, *span, "roles.csv", row.line)


def _sort_out(draft: Draft) -> None:
    """Students and staff by the roles they hold."""
    for holding in draft.holdings:
        if holding.role == "student":
            draft.known.students.add(holding.user)
        elif holding.role not in GUARDIAN_ROLES:
            draft.known.staff.add(holding.user)
    draft.known.people |= {holding.user for holding in draft.holdings}
    _add_district_staff(draft)


def _add_district_staff(draft: Draft) -> None:
    """Those whose only role stands in staff_roles.csv are staff too, unless the roles given say otherwise."""
    listed = {row.sourcedId for row in draft.rows("users")}
    for row in draft.rows("staff_roles"):
        if row.userSourcedId in listed and row.userSourcedId not in draft.known.people:
            draft.known.staff.add(row.userSourcedId)
    draft.known.people |= draft.known.staff


def _births(draft: Draft) -> dict[str, date | None] | None:
    """Birth dates by the user's id; None where the set says nothing of them."""
    if "demographics" not in draft.tables:
        return None
    for row in draft.rows("demographics"):
        draft.refers("demographics.csv", row.line, "sourcedId", row.sourcedId, draft.known.users)
    return {row.sourcedId: row.birthDate for row in draft.rows("demographics")}


def _person(draft: Draft, row: Any, births: dict[str, date | None] | None) -> None:
    draft.refer("users.csv", row.line, "agentSourcedIds", row.agentSourcedIds, draft.known.users)
    if draft.version == "1.2":
        draft.refers("users.csv", row.line, "primaryOrgSourcedId", row.primaryOrgSourcedId, draft.known.orgs)
    if row.sourcedId in draft.known.students:
        _student(draft, row, births)
    if row.sourcedId in draft.known.staff:
        values = (row.username, row.email, row.givenName, row.familyName, row.enabledUser)
        draft.records["staff"][(row.sourcedId,)] = Record(values, "users.csv", row.line)
    if row.sourcedId not in draft.known.people:
        draft.findings.warn("A person holds no role in roles.csv; the person is skipped.", "users.csv", row.line)


def _student(draft: Draft, row: Any, births: dict[str, date | None] | None) -> None:
    if row.identifier and not (len(row.identifier) == 9 and row.identifier.isascii() and row.identifier.isdigit()):
        message = "A student's state id has nine digits, or is empty."
        draft.findings.refuse("users.csv", message, row.line, "identifier", row.identifier)
        return
    preferred = row.preferredGivenName if draft.version == "1.2" else Keep("")
    birth = Keep(None) if births is None else births.get(row.sourcedId)
    names = (row.givenName, row.middleName, row.familyName)
    values = (row.identifier, *names, preferred, birth, folded(row.familyName, row.givenName)[:400])
    draft.records["students"][(row.sourcedId,)] = Record(values, "users.csv", row.line)


def _refuse_shared(draft: Draft, kind: str, place: int, column: str, what: str) -> None:
    """A fault for every second person with a value that only one may have."""
    first: dict[str, int] = {}
    for record in draft.records[kind].values():
        value = record.values[place].casefold()
        if value and (line := first.setdefault(value, record.line)) != record.line:
            message = f"{line_named(line)} has the same {what}."
            draft.findings.refuse("users.csv", message, record.line, column, record.values[place])


def _warn_of_shared_addresses(draft: Draft) -> None:
    seen = set()
    for record in draft.records["staff"].values():
        address = record.values[1].casefold()
        if address and address in seen:
            message = "Two members of staff have one e-mail address; they stay two accounts."
            draft.findings.warn(message, "users.csv", record.line)
        seen.add(address)
