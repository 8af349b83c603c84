"""Immunization compliance (MS-36), from a column of the district's own: OneRoster has none."""

from students.oneroster.draft import Draft
from students.rules.reconciliation import Claim

KIND = "immunization compliance"
COLUMN = "metadata.immunizationCompliant"


def read_immunizations(draft: Draft) -> None:
    """Claims by student, from demographics.csv, else users.csv. Where neither says anything, what is known stands."""
    if "users" not in draft.tables:
        return
    said = {
        row.sourcedId: (row.immunizationCompliant, f"{file}.csv", row.line)
        for file in ("users", "demographics")
        for row in draft.rows(file)
        if row.immunizationCompliant is not None and row.sourcedId in draft.known.students
    }
    if not said:
        return
    draft.claims[KIND] = {}
    for student, (is_compliant, file, line) in said.items():
        draft.claim(KIND, (student,), Claim(None, None, (is_compliant,), draft.today, file, line))
