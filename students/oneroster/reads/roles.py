"""What staff may do: roles of OneRoster mapped to ours, and staff_roles.csv."""

import re
from datetime import date
from typing import Any

from students.oneroster.dates import last_day
from students.oneroster.draft import Draft, Holding
from students.oneroster.reads.people import GUARDIAN_ROLES
from students.rules.reconciliation import Claim
from students.rules.rights import ENDS, PLACES, Place

KIND = "roles"
FILE = "staff_roles.csv"
_ONEROSTER = {
    "teacher": "teacher",
    "aide": "teacher",
    "counselor": "counselor",
    "principal": "school_administrator",
    "siteAdministrator": "school_administrator",
    "districtAdministrator": "district_administrator",
    "systemAdministrator": "system_administrator",
}
_OF_ADMINISTRATOR = {"school": "school_administrator", "district": "district_administrator"}


def _letters(name: str) -> str:
    """A name by which vendors' spellings are one: school_administrator, School-Administrator, schoolAdministrator."""
    return re.sub(r"\W|_", "", name).casefold()


_OF_VENDORS = {_letters(name): role for name, role in {**{role: role for role in PLACES}, **_ONEROSTER}.items()}


def read_roles(draft: Draft) -> None:
    """Claims of roles by person, role and school. Without users and staff roles in the set, roles stay as held."""
    if "users" not in draft.tables and "staff_roles" not in draft.tables:
        return
    draft.claims[KIND] = {}
    told_by_us = {row.userSourcedId for row in draft.rows("staff_roles")}
    for holding in draft.holdings:
        if holding.role != "student" and holding.role not in GUARDIAN_ROLES:
            _of_holding(draft, holding, is_told_by_us=holding.user in told_by_us)
    for row in draft.rows("staff_roles"):
        _of_row(draft, row)
    for key, claims in draft.claims[KIND].items():
        draft.claims[KIND][key] = _joined(claims)


def _of_holding(draft: Draft, holding: Holding, *, is_told_by_us: bool) -> None:
    org_type = draft.known.org_types.get(holding.org, "")
    role = _role_of(holding.role, org_type)
    if why := _why_not(role, holding, org_type):
        if not is_told_by_us:
            draft.findings.warn(f"{why} {FILE} can give the person a role.", holding.file, holding.line)
        return
    school = holding.org if org_type == "school" and PLACES[role] is not Place.DISTRICT else None
    span = (holding.begin, last_day(holding.end))
    _claim(draft, (holding.user, role, school), span, holding.file, holding.line)


def _role_of(named: str, org_type: str) -> str:
    """Our role for OneRoster's or a vendor's, empty for none; an administrator of 1.1 administers the org named."""
    if named == "administrator":
        return _OF_ADMINISTRATOR.get(org_type, "")
    if named.startswith("ext:"):
        return _OF_VENDORS.get(_letters(named.removeprefix("ext:")), "")
    return _ONEROSTER.get(named, "")


def _why_not(role: str, holding: Holding, org_type: str) -> str:
    """Why a role of the files gives no rights here, as a sentence; empty where it does."""
    if not role:
        return f"The role {holding.role} gives no rights here."
    if PLACES[role] is Place.SCHOOL and org_type != "school":
        return f"A {role} of no single school gets no rights by that role."
    if PLACES[role] is Place.EITHER and org_type not in ("school", "district"):
        return f"A {role} of neither a school nor the district gets no rights by that role."
    if role in ENDS and holding.end is None:
        return f"The role {role} needs an end date; without one it gives no rights."
    return ""


def _of_row(draft: Draft, row: Any) -> None:
    if not _is_sound(draft, row):
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
    placed = _is_placed(draft, row)
    ends = _ends(draft, row)
    return draft.in_order(FILE, row.line, "endDate", row.startDate, row.endDate) and user and school and placed and ends


def _is_placed(draft: Draft, row: Any) -> bool:
    place = PLACES[row.role]
    if place is Place.EITHER or (place is Place.SCHOOL) == bool(row.schoolSourcedId):
        return True
    message = "This role is held in a school: name it." if place is Place.SCHOOL else "This role names no school."
    draft.findings.refuse(FILE, message, row.line, "schoolSourcedId", row.schoolSourcedId)
    return False


def _ends(draft: Draft, row: Any) -> bool:
    if row.role not in ENDS or row.endDate:
        return True
    draft.findings.refuse(FILE, "An auditor's role has a last day.", row.line, "endDate", "")
    return False


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
