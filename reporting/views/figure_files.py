"""What a page of figures shows, as a file for a spreadsheet."""

from collections.abc import Iterator

from django.http import HttpResponse
from django.utils.translation import gettext as _

from attendance.selectors.day_words import mode_words
from reporting.rules.suppression import ALL
from reporting.selectors.figures_page import FiguresPage, Shown
from students.access import Scope
from students.rules.csv_text import people_csv

_COLUMNS = [
    "Month", "School", "Grade", "Mode", "School days", "Days present", "Days enrolled", "Days undetermined", "ADA",
    "ADM", "ADA / ADM", "Chronically absent", "Enrolled 10 days or more", "Chronic absence", "Standing", "As of",
]  # fmt: skip


def figures_csv(page: FiguresPage, scope: Scope) -> HttpResponse:
    """The lines of a page as it is seen, small groups left out where the page leaves them out."""
    as_of = scope.now.isoformat(timespec="minutes")
    rows = [[*_row(page, shown), as_of] for shown in _lines(page)]
    place = page.school.state_code if page.school else "district"
    response = HttpResponse(people_csv(_COLUMNS, rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="figures-{place}-month-{page.month}.csv"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _lines(page: FiguresPage) -> Iterator[Shown]:
    yield from page.by_month
    yield from page.within


def _row(page: FiguresPage, shown: Shown) -> list[str]:
    cell, amount, chronic = shown.line.cell, shown.line.amount, shown.line.chronic
    school = page.school.name if page.school else (shown.name if shown.kind == "school" else _("All"))
    mode = mode_words(cell.mode) if cell.mode not in (ALL, "") else cell.mode
    place = [str(shown.line.month), school, _every(cell.grade), _every(mode)]
    if amount is None:
        return [*place, *[""] * 10, _("left out: under 10 students, or would tell of such a group (RD-63)")]
    return [
        *place,
        str(amount.session_days or ""),
        str(amount.tally.present),
        str(amount.tally.enrolled),
        str(amount.tally.undetermined),
        amount.printed_ada,
        amount.printed_adm,
        amount.rate,
        str(chronic.chronic) if chronic else "",
        str(chronic.students) if chronic else "",
        chronic.rate if chronic else "",
        standing(shown),
    ]


def _every(value: str) -> str:
    return _("All") if value == ALL else value


def standing(shown: Shown) -> str:
    """Where a line stands, in words."""
    if shown.moved and shown.certified:
        return _("certified; the ledger has moved since")
    if shown.is_certified:
        return _("certified")
    return _("provisional")
