"""The lines of the marking page: each student's choice with what it is worth, and what is wrong with it."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from attendance.models import MarkStatus
from attendance.rules.mark import ABSENT, PRESENT, TARDY, BadMark, Entered, worth
from attendance.rules.minutes import MeetingTimes, minute_of
from attendance.rules.time_words import time_of_day
from attendance.selectors.mark_history import Said
from attendance.selectors.meeting_page import MeetingPage, Pupil, StoredMark
from attendance.services.marking import MarkEntry
from attendance.views.mark_form import Choice, MarkForm, Unreadable, entry_of


@dataclass(frozen=True, slots=True)
class Row:
    """A line as the template prints it. `minutes` is None while nobody can say; `theirs` is another's save."""

    number: int
    student_id: int
    name: str
    note: str
    office: str
    status: str
    detail: str
    minutes: int | None
    is_short: bool
    hint: str
    problem: str
    theirs: str


def rows(page: MeetingPage, form: MarkForm, *, is_stale: bool = False) -> list[Row]:
    """A row for each student of the roster; on a stale page with the other person's mark where it differs."""
    return [
        _row(number, each, form.choices.get(each.student_id, Choice()), page, form.problems, is_stale)
        for number, each in enumerate(page.pupils, start=1)
    ]


def _row(
    number: int, pupil: Pupil, choice: Choice, page: MeetingPage, problems: Mapping[int, str], is_stale: bool
) -> Row:
    minutes = minutes_of(choice, page.times)
    # A mark of absent says so itself; the hint is for a mark that turns out to count as absent.
    is_short = minutes is not None and minutes < page.needed and choice.status != ABSENT
    return Row(
        number=number,
        student_id=pupil.student_id,
        name=pupil.name,
        note=pupil.note,
        office=pupil.office,
        status=choice.status,
        detail=choice.detail,
        minutes=minutes,
        is_short=is_short,
        hint=_hint(choice.status, minutes, page, is_short),
        problem=problems.get(pupil.student_id, ""),
        theirs=_theirs(pupil.mark, choice, minutes) if is_stale else "",
    )


def minutes_of(choice: Choice, times: MeetingTimes) -> int | None:
    """Minutes attended by a choice as it stands on the page; None where that is not known yet."""
    try:
        return worth(_entered(entry_of(0, choice, times)), times, saved_at=None).minutes
    except (BadMark, Unreadable):
        return None


def _entered(entry: MarkEntry) -> Entered:
    arrived = minute_of(entry.arrived_at) if entry.arrived_at else None
    left = minute_of(entry.left_at) if entry.left_at else None
    return Entered(entry.status, entry.minutes, arrived, left)


def _hint(status: str, minutes: int | None, page: MeetingPage, is_short: bool) -> str:
    if minutes is None or status in (PRESENT, ABSENT):
        return ""
    missed = page.minutes - minutes
    said = _("%(n)s min late") if status == TARDY else _("%(n)s min early")
    short = _("counts as absent, %(needed)s needed") % {"needed": page.needed}
    return " · ".join([said % {"n": missed}, *([short] if is_short else [])])


def _theirs(mark: StoredMark | None, choice: Choice, minutes: int | None) -> str:
    if mark is None or (mark.status, mark.minutes) == (choice.status, minutes):
        return ""
    return _("%(who)s saved at %(at)s: %(mark)s") % {
        "who": mark.by,
        "at": time_of_day(mark.at),
        "mark": in_words(Said(mark.status, mark.minutes)),
    }


def in_words(said: Said) -> str:
    """A mark in words, with its minutes where they say more than the mark."""
    label = str(MarkStatus(said.status).label)
    return label if said.status in (PRESENT, ABSENT) else _("%(mark)s, %(n)s min") % {"mark": label, "n": said.minutes}
