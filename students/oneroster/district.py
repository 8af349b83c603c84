"""The district's own files that carry what OneRoster does not, as data. Both ends of a span are inclusive here."""

from students.oneroster.columns import boolean, choice, day, language, sourced_id, text, whole_number
from students.oneroster.tables import FileSpec
from students.rules.state_codes import ENTRY_CODES, EXIT_CODES

SCHOOL_ENROLLMENTS = FileSpec(
    "school_enrollments",
    (
        sourced_id("studentSourcedId"),
        sourced_id("schoolSourcedId"),
        day("entryDate", required=True),
        choice("entryCode", *ENTRY_CODES),
        day("exitDate"),
        choice("exitCode", *EXIT_CODES),
        boolean("primary", required=True),
        text("grade", longest=20),
        boolean("adaIncluded", empty=True),
    ),
    key=("studentSourcedId", "schoolSourcedId", "entryDate"),
    in_manifest=False,
    remembered=True,
)
STAFF_ROLES = FileSpec(
    "staff_roles",
    (
        sourced_id("userSourcedId"),
        choice(
            "role",
            "teacher",
            "clerk",
            "counselor",
            "school_administrator",
            "district_administrator",
            "outreach",
            "nurse",
            "auditor",
            "system_administrator",
            required=True,
        ),
        sourced_id("schoolSourcedId", required=False),
        day("startDate"),
        day("endDate"),
    ),
    in_manifest=False,
    remembered=True,
    lasting=True,
)
GUARDIANS = FileSpec(
    "guardians",
    (
        sourced_id("studentSourcedId"),
        sourced_id("guardianSourcedId"),
        text("relationship", longest=60),
        whole_number("contactOrder", 1, 999),
        language("language"),
        boolean("mayAccess", empty=None),
        boolean("mayContact", empty=None),
        day("startDate"),
        day("endDate"),
    ),
    in_manifest=False,
    remembered=True,
    lasting=True,
)
FILES = (SCHOOL_ENROLLMENTS, STAFF_ROLES, GUARDIANS)
