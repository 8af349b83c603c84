"""What staff may do: roles of OneRoster mapped to ours, and staff_roles.csv."""

from datetime import date
from typing import Any

from students.oneroster.dates import last_day
from students.oneroster.draft import Draft, Holding
from students.oneroster.reads.people import GUARDIAN_ROLES
from students.rules.reconciliation import Claim

KIND = "roles"
FILE = "staff_roles.csv"
_OURS = {
    "teacher": "teacher",
    "principal": "school_administrator",
    "siteAdministrator": "school_administrator",
    "districtAdministrator": "district_administrator",
}
_BUILT = frozenset({"teacher", "school_administrator", "district_administrator"})


def read_roles(draft: Draft) -> None:
    """Claims of roles by person, role and school. Without users and staff roles in the set, roles stay as held."""
    if "users" not in draft.tables and "staff_roles" not in draft.tables:
        return
    draft.claims[KIND] = {}
    for holding in draft.holdings:
        if holding.role != "student" and holding.role not in GUARDIAN_ROLES:
            _of_holding(draft, holding)
    for row in draft.rows("staff_roles"):
        _of_row(draft, row)
    for key, claims in draft.claims[KIND].items():
        draft.claims[KIND][key] = _joined(claims)


def _of_holding(draft: Draft, holding: Holding) -> None:
    kind = draft.known.org_types.get(holding.org, "")
    role = _role_of(holding, kind)
    if role is None:
        message = f"The role {holding.role} is not kept yet; the person gets no rights by it."
        draft.findings.warn(message, holding.file, holding.line)
        return
    school = None if role == "district_administrator" else holding.org
    if school and kind != "school":
        draft.findings.warn(f"A {role} of no single school gets no rights by that role.", holding.file, holding.line)
        return
    span = (holding.begin, last_day(holding.end))
    _claim(draft, (holding.user, role, school), span, holding.file, holding.line)


def _role_of(holding: Holding, org_type: str) -> str | None:
    """Our role for OneRoster's; an administrator of 1.1 administers the org that is named."""
    if holding.role == "administrator":
        return {"school": "school_administrator", "district": "district_administrator"}.get(org_type)
    return _OURS.get(holding.role)


def _of_row(draft: Draft, row: Any) -> None:
    if not _is_sound(draft, row):
        return
    if row.role not in _BUILT:
        message = f"The role {row.role} is not kept yet; the person gets no rights by it."
        draft.findings.warn(message, FILE, row.line)
        return
    district_wide = row.role == "district_administrator"
    if district_wide == bool(row.schoolSourcedId):
        message = "A district administrator has no school; a teacher or school administrator has one."
        draft.findings.refuse(FILE, message, row.line, "schoolSourcedId", row.schoolSourcedId)
        return
    key = (row.userSourcedId, row.role, row.schoolSourcedId or None)
    _claim(draft, key, (row.startDate, row.endDate), FILE, row.line)


def _is_sound(draft: Draft, row: Any) -> bool:
    known = draft.known
    at = (FILE, row.line, "userSourcedId", row.userSourcedId)
    user = draft.refers(*at, known.users) and draft.is_one_of(known.staff, "member of staff", *at)
    school = draft.refers(FILE, row.line, "schoolSourcedId", row.schoolSourcedId, known.orgs)
    if row.schoolSourcedId and school and known.org_types.get(row.schoolSourcedId, "school") != "school":
        draft.findings.refuse(FILE, "This org is not a school.", row.line, "schoolSourcedId", row.schoolSourcedId)
        school = False
    return draft.in_order(FILE, row.line, "endDate", row.startDate, row.endDate) and user and school


def _claim(draft: Draft, key: tuple, span: tuple[date | None, date | None], file: str, line: int) -> None:
    draft.claim(KIND, key, Claim(*span, (), draft.today, file, line))


def _joined(claims: list[Claim]) -> list[Claim]:
    """Roles said twice (in roles.csv and in staff_roles.csv) hold from the first day given to the last."""
    joined: list[Claim] = []
    for claim in sorted(claims, key=lambda c: c.starts_on or c.otherwise):
        last = joined[-1] if joined else None
        if last and (last.ends_on is None or (claim.starts_on or claim.otherwise) <= last.ends_on):
            ends = None if claim.ends_on is None or last.ends_on is None else max(last.ends_on, claim.ends_on)
            joined[-1] = last._replace(ends_on=ends)
        else:
            joined.append(claim)
    return joined
