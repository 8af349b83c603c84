"""Says where the stored day and the judged day part, since nobody should have to find out by comparing figures."""

from datetime import date

from django.utils.translation import gettext as _

from attendance.selectors.judged import JudgedDay
from attendance.selectors.ledger_rows import COLUMNS, row_of, stored_rows
from students.access import Scope


def disagreement(scope: Scope, student_id: int, day: date, judged: JudgedDay | None) -> str:
    """What the ledger stores otherwise than the facts say, in words; empty while both agree."""
    stored = next(iter(stored_rows(scope, [student_id], day, day)), None)
    expected = row_of(judged) if judged else None
    if stored == expected:
        return ""
    if stored is None:
        return _("The ledger has no row for this day, and should have one.")
    if expected is None:
        return _("The ledger has a row for this day, and should have none.")
    parts = [
        _("%(column)s %(stored)s instead of %(judged)s")
        % {"column": column.replace("_", " "), "stored": was or _("none"), "judged": shall or _("none")}
        for column, was, shall in zip(COLUMNS, stored, expected, strict=True)
        if was != shall
    ]
    return _("The ledger stores %(differences)s.") % {"differences": "; ".join(parts)}
