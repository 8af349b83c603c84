"""orgs.csv and academicSessions.csv: the district, its schools, its years and terms."""

import re
from datetime import date
from typing import Any

from students.oneroster.dates import last_day
from students.oneroster.draft import Draft, Record
from students.oneroster.findings import line_named
from students.rules.campuses import speaks_of_virtual

_DISTRICT = re.compile(r"[0-9A-Z]{4}", re.ASCII)
_SCHOOL = re.compile(r"([0-9A-Z]{4})-?([0-9A-Z]{3})", re.ASCII)


def read_orgs(draft: Draft) -> None:
    """The district and its schools; other kinds of org are only referred to."""
    table = draft.tables.get("orgs")
    if table is None or table.unreadable:
        return
    for row in table.rows:
        draft.known.org_types[row.sourcedId] = row.type
        draft.refers("orgs.csv", row.line, "parentSourcedId", row.parentSourcedId, table.ids)
    district = _district(draft)
    if district is None:
        return
    draft.records["district"] = {
        (district.sourcedId,): Record((district.name, district.identifier), "orgs.csv", district.line)
    }
    draft.records["schools"] = {}
    for row in table.rows:
        if row.type == "school":
            _school(draft, row, district)


def _district(draft: Draft) -> Any:
    districts = [row for row in draft.rows("orgs") if row.type == "district"]
    if len(districts) != 1:
        second = districts[1].line if districts else None
        draft.findings.refuse(
            "orgs.csv", f"The file has {len(districts)} districts; it needs exactly one.", second, "type"
        )
        return None
    if not _DISTRICT.fullmatch(districts[0].identifier):
        _refuse_identifier(draft, districts[0], "A district's identifier is the state's dddd, four characters.")
        return None
    return districts[0]


def _school(draft: Draft, row: Any, district: Any) -> None:
    _check_campus(draft, row)
    found = _SCHOOL.fullmatch(row.identifier)
    if not found:
        _refuse_identifier(draft, row, "A school's identifier is the state's dddd-sss.")
        return
    if found[1] != district.identifier:
        _refuse_identifier(
            draft, row, f"The school's identifier begins otherwise than the district's, {district.identifier}."
        )
        return
    schools = draft.records["schools"]
    if same := next((other for other in schools.values() if other.values[2] == found[2]), None):
        _refuse_identifier(draft, row, f"{line_named(same.line)} has the same school code.")
        return
    schools[(row.sourcedId,)] = Record((district.sourcedId, row.name, found[2]), "orgs.csv", row.line)


def _check_campus(draft: Draft, row: Any) -> None:
    """MS-11: virtual students belong to the campus they would attend, and have no school of their own."""
    if row.isVirtual:
        message = "A school for virtual students alone is refused (MS-11): enroll them at the campus they would attend."
        draft.findings.refuse("orgs.csv", message, row.line, "metadata.isVirtual", "true")
    elif speaks_of_virtual(row.name):
        message = "A school's name speaks of virtual or online. Is it a campus (MS-11)? It is taken for one."
        draft.findings.warn(message, "orgs.csv", row.line)


def _refuse_identifier(draft: Draft, row: Any, message: str) -> None:
    draft.findings.refuse("orgs.csv", message, row.line, "identifier", row.identifier)


def read_sessions(draft: Draft) -> None:
    """School years, and every session as a term, since classes may name a year as their term."""
    if "academicSessions" not in draft.tables:
        return
    table = draft.tables["academicSessions"]
    draft.records["school years"], draft.records["terms"] = {}, {}
    sound = [row for row in table.rows if _is_sound(draft, row)]
    by_id = {row.sourcedId: row for row in sound}
    for row in sound:
        span = _span(row)
        draft.known.sessions[row.sourcedId] = span
        if row.type == "schoolYear":
            draft.records["school years"][(row.sourcedId,)] = Record((row.title, *span), table.file, row.line)
        if year := _year_of(row, by_id):
            values = (year, row.title, row.type, *span)
            draft.records["terms"][(row.sourcedId,)] = Record(values, table.file, row.line)
        elif draft.findings.fault_count == 0:
            draft.findings.refuse(
                table.file, "No session of type schoolYear holds this term.", row.line, "parentSourcedId"
            )


def _is_sound(draft: Draft, row: Any) -> bool:
    table = draft.tables["academicSessions"]
    draft.refers(table.file, row.line, "parentSourcedId", row.parentSourcedId, table.ids)
    if not (len(row.schoolYear) == 4 and row.schoolYear.isascii() and row.schoolYear.isdigit()):
        draft.findings.refuse(
            table.file, "A school year is its four-digit last year.", row.line, "schoolYear", row.schoolYear
        )
        return False
    if row.startDate >= row.endDate:
        message = f"The end (the day after the last) does not lie after the start, {row.startDate}."
        draft.findings.refuse(table.file, message, row.line, "endDate", str(row.endDate))
        return False
    return True


def _span(row: Any) -> tuple[date, date]:
    last = last_day(row.endDate)
    assert last is not None  # noqa: S101 - the column is required
    return row.startDate, last


def _year_of(row: Any, by_id: dict[str, Any]) -> str | None:
    """The school year that a session belongs to: by its parents, else by the year it names."""
    seen: set[str] = set()
    at: Any = row
    while at is not None and at.sourcedId not in seen:
        if at.type == "schoolYear":
            return at.sourcedId
        seen.add(at.sourcedId)
        at = by_id.get(at.parentSourcedId)
    years = (other for other in by_id.values() if other.type == "schoolYear" and other.schoolYear == row.schoolYear)
    found = next(years, None)
    return found.sourcedId if found else None
