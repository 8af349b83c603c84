"""The form of a class's week: what was posted, as entries for the service; nothing typed is lost on the way back."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID, uuid4

from django.http import QueryDict
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from attendance.rules.entry import ALL_DONE, PART_DONE
from attendance.selectors.week_grid import WeekCell, WeekGrid, WeekRow
from attendance.services.reviews import ReviewEntry
from attendance.views.mark_form import reason_in, submission_id_in

_CELL = re.compile(r"cell-(\d{1,18})-(\d{4}-\d\d-\d\d)")


@dataclass(frozen=True, slots=True)
class CellChoice:
    """One day as it was chosen; the minutes as typed."""

    choice: str = ""
    minutes: str = ""


@dataclass(frozen=True)
class WeekForm:
    """A week's form, as posted or as what stands fills it; `handed_in` by student, as typed."""

    version: int
    submission_id: UUID
    choices: Mapping[tuple[int, date], CellChoice]
    handed_in: Mapping[int, str]
    reason: str = ""
    problems: Mapping[int, str] = field(default_factory=dict)


def stored_form(page: WeekGrid) -> WeekForm:
    """The form as a page opens: what was entered; of other days what the LMS makes likely, or nothing."""
    choices = {(row.student_id, cell.day): _stored(cell) for row in page.rows for cell in row.cells}
    handed = {row.student_id: row.handed_in_on.isoformat() for row in page.rows if row.handed_in_on}
    return WeekForm(page.version, uuid4(), choices, handed)


def _stored(cell: WeekCell) -> CellChoice:
    its = cell.asked
    if its is None or its.review is None:
        return CellChoice(cell.suggested)
    return CellChoice(its.chosen, str(its.review.minutes) if its.chosen == PART_DONE else "")


def posted_form(posted: QueryDict) -> WeekForm:
    """The form as it was sent. A broken version or submission id reads as one that no save has made."""
    version = posted.get("version", "")
    choices = {}
    for name, choice in posted.items():
        if (read := _CELL.fullmatch(name)) and (day := _date(read[2])):
            minutes = posted.get(f"minutes-{read[1]}-{read[2]}", "").strip()[:10]
            choices[int(read[1]), day] = CellChoice(str(choice)[:20], minutes)
    handed = {student: posted.get(f"handed-{student}", "").strip()[:10] for student in {each for each, _ in choices}}
    return WeekForm(
        version=int(version) if re.fullmatch(r"\d{1,9}", version) else -1,
        submission_id=submission_id_in(posted),
        choices=choices,
        handed_in=handed,
        reason=reason_in(posted),
    )


def _date(text: str) -> date | None:
    try:
        return parse_date(text)
    except ValueError:
        return None


def entries_of(form: WeekForm, page: WeekGrid) -> tuple[list[ReviewEntry], dict[int, str]]:
    """The entries for the service, and by student id what cannot be read.

    A day whose work stood, and stands unchanged in a row whose date was left alone, keeps the date it had.
    """
    rows = {row.student_id: row for row in page.rows}
    entries: list[ReviewEntry] = []
    problems: dict[int, str] = {}
    for (student_id, day), choice in form.choices.items():
        try:
            handed = _handed_in(form, rows.get(student_id), day, choice)
            minutes = _minutes(choice)
        except ValueError as unreadable:
            problems[student_id] = str(unreadable)
            continue
        entries.append(ReviewEntry(student_id, day, choice.choice, minutes, handed))
    return entries, problems


def _minutes(choice: CellChoice) -> int | None:
    if choice.choice != PART_DONE or not choice.minutes:
        return None
    if not re.fullmatch(r"[0-9]{1,4}", choice.minutes):
        raise ValueError(_("“%(text)s” is no number of minutes") % {"text": choice.minutes})
    return int(choice.minutes)


def _handed_in(form: WeekForm, row: WeekRow | None, day: date, choice: CellChoice) -> date | None:
    text = form.handed_in.get(row.student_id, "") if row else ""
    if choice.choice not in (ALL_DONE, PART_DONE) or not text:
        return None
    typed = _date(text)
    if typed is None:
        raise ValueError(_("“%(text)s” is no date") % {"text": text})
    if row is None or typed != row.handed_in_on:
        return typed
    stood = next((cell.asked.review for cell in row.cells if cell.day == day and cell.asked), None)
    return (stood.handed_in_on if stood else None) or typed
