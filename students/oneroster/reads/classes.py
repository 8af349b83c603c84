"""courses.csv and classes.csv."""

from typing import Any

from students.oneroster.draft import Draft, Record


def read_courses(draft: Draft) -> None:
    """The courses of the district."""
    if "courses" not in draft.tables:
        return
    records = draft.records["courses"] = {}
    for row in draft.rows("courses"):
        draft.refers("courses.csv", row.line, "schoolYearSourcedId", row.schoolYearSourcedId, draft.known.session_ids)
        draft.refers("courses.csv", row.line, "orgSourcedId", row.orgSourcedId, draft.known.orgs)
        records[(row.sourcedId,)] = Record((row.title, row.courseCode), "courses.csv", row.line)


def read_classes(draft: Draft) -> None:
    """The classes, and the terms each is taught in."""
    if "classes" not in draft.tables:
        return
    draft.records["classes"], draft.records["terms of classes"] = {}, {}
    for row in draft.rows("classes"):
        if _refers_well(draft, row):
            _class(draft, row)


def _refers_well(draft: Draft, row: Any) -> bool:
    sound = [
        draft.refers("classes.csv", row.line, "courseSourcedId", row.courseSourcedId, draft.known.courses),
        draft.refers("classes.csv", row.line, "schoolSourcedId", row.schoolSourcedId, draft.known.orgs),
        draft.refer("classes.csv", row.line, "termSourcedIds", row.termSourcedIds, draft.known.session_ids),
    ]
    kind = draft.known.org_types.get(row.schoolSourcedId, "school")
    if kind != "school":
        message = f"A class belongs to a school; this org is a {kind}."
        draft.findings.refuse("classes.csv", message, row.line, "schoolSourcedId", row.schoolSourcedId)
    return all(sound) and kind == "school"


def _class(draft: Draft, row: Any) -> None:
    kind = row.classType
    if kind.startswith("ext:"):
        draft.findings.warn("A class of a vendor's own type is taken as scheduled.", "classes.csv", row.line)
        kind = "scheduled"
    values = (
        row.courseSourcedId,
        row.schoolSourcedId,
        row.title,
        row.classCode,
        kind,
        row.location,
        tuple(dict.fromkeys(row.periods)),
        tuple(sorted(set(row.grades))),
    )
    draft.records["classes"][(row.sourcedId,)] = Record(values, "classes.csv", row.line)
    draft.known.class_schools[row.sourcedId] = row.schoolSourcedId
    draft.known.class_terms[row.sourcedId] = row.termSourcedIds
    draft.known.class_periods[row.sourcedId] = tuple(dict.fromkeys(row.periods))
    draft.known.class_grades[row.sourcedId] = tuple(sorted(set(row.grades)))
    for term in dict.fromkeys(row.termSourcedIds):
        draft.records["terms of classes"][(row.sourcedId, term)] = Record((), "classes.csv", row.line)
