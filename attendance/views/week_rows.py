"""The lines of a week's page: each day's choice beside what stands and what the LMS reported."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from attendance.models import Measure
from attendance.rules.entry import ALL_DONE, DONE, NOTHING_DONE, OPEN, PART_DONE
from attendance.rules.interactions import Contact, counts
from attendance.rules.time_words import time_of_day
from attendance.selectors.engagement import TALK, Engaged
from attendance.selectors.engagement_words import choice_words, what, why_not
from attendance.selectors.local_times import local_time
from attendance.selectors.week_grid import WeekCell, WeekGrid, WeekRow
from attendance.views.week_form import CellChoice, WeekForm
from students.access import Scope

# The key of each choice, told on the page; the script takes it from there.
KEYS = {
    Measure.LMS_ACTIVITY: "L",
    Measure.CONTACT: "C",
    Measure.WORK: "W",
    Measure.LMS_LOGIN: "I",
    DONE: "D",
    ALL_DONE: "A",
    PART_DONE: "P",
    NOTHING_DONE: "N",
}
# Reports that count which a cell spells out; the day's page has all of them.
SPELT_OUT = 2


@dataclass(frozen=True, slots=True)
class Option:
    """One of a day's choices."""

    value: str
    words: str
    key: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class CellLine:
    """A day as the template prints it; `counted`, `of_week` and `refused` are reports and talks, in words."""

    day: date
    is_to_come: bool
    is_asked: bool
    is_open: bool
    is_offline: bool
    offered: int
    options: Sequence[Option]
    chosen: str
    minutes: str
    note: str
    counted: Sequence[str]
    of_week: Sequence[str]
    refused: Sequence[str]
    entered: str


@dataclass(frozen=True, slots=True)
class WeekLine:
    """A student's line."""

    student_id: int
    name: str
    cells: Sequence[CellLine]
    is_offline: bool
    handed_in: str
    problem: str


def lines(scope: Scope, page: WeekGrid, form: WeekForm) -> list[WeekLine]:
    """A line for each student of the week."""
    return [_line(scope, row, form, page.section_id) for row in page.rows]


def keys(page: WeekGrid) -> list[tuple[str, str]]:
    """The keys that mean something in this week, with their words."""
    offered = {choice for each in page.asked for choice in each.choices}
    return [(key, choice) for choice, key in KEYS.items() if choice in offered]


def _line(scope: Scope, row: WeekRow, form: WeekForm, section_id: int) -> WeekLine:
    return WeekLine(
        student_id=row.student_id,
        name=row.name,
        cells=[_cell(scope, row.student_id, each, form, section_id) for each in row.cells],
        is_offline=row.is_offline,
        handed_in=form.handed_in.get(row.student_id, ""),
        problem=form.problems.get(row.student_id, ""),
    )


def _cell(scope: Scope, student_id: int, cell: WeekCell, form: WeekForm, section_id: int) -> CellLine:
    its = cell.asked
    choice = form.choices.get((student_id, cell.day), CellChoice())
    return CellLine(
        day=cell.day,
        is_to_come=cell.is_to_come,
        is_asked=its is not None,
        is_open=its is not None and its.state == OPEN,
        is_offline=its is not None and its.is_offline,
        offered=its.offered if its else 0,
        options=_options(scope, cell, choice),
        chosen=choice_words(scope, its.chosen) if its and its.chosen else "",
        minutes=choice.minutes,
        note=_note(cell),
        counted=_counted(scope, cell.reports),
        of_week=_of_week(scope, cell, section_id),
        refused=_refused(scope, cell.reports),
        entered=_entered(scope, cell),
    )


def _options(scope: Scope, cell: WeekCell, choice: CellChoice) -> list[Option]:
    """A choice of which the plan says nothing any more is offered where it stands, so that it stays as it is."""
    its = cell.asked
    if its is None:
        return []
    offered = [*its.choices, *([its.chosen] if its.chosen and its.chosen not in its.choices else [])]
    return [
        Option(each, _words(scope, cell, each), KEYS.get(each, "").lower(), each == choice.choice) for each in offered
    ]


def _words(scope: Scope, cell: WeekCell, choice: str) -> str:
    its = cell.asked
    words = choice_words(scope, choice)
    if its and choice in its.on_file:
        return _("%(measure)s (accommodation on file)") % {"measure": words}
    return words


def _note(cell: WeekCell) -> str:
    its = cell.asked
    if its is None:
        return ""
    if its.confirms_work:
        return _("confirm the day’s work")
    return _("settled in another class") if cell.is_settled_elsewhere else ""


def _entered(scope: Scope, cell: WeekCell) -> str:
    review = cell.asked.review if cell.asked else None
    if review is None:
        return ""
    at = local_time(scope, review.entered_at)
    return _("%(who)s, %(day)s, %(time)s") % {
        "who": review.entered_by.full_name,
        "day": f"{at:%b} {at.day}",
        "time": time_of_day(at),
    }


def _counted(scope: Scope, reports: Sequence[Engaged]) -> list[str]:
    """What counts, with its local time."""
    counting = [each for each in reports if each.counts]
    spelt_out = [_told(scope, each) for each in counting[:SPELT_OUT]]
    more = len(counting) - SPELT_OUT
    return [*spelt_out, _("and %(n)s more") % {"n": more}] if more > 0 else spelt_out


def _of_week(scope: Scope, cell: WeekCell, section_id: int) -> list[str]:
    """Talks about this class that are no measure of the day: it is the week that asks for them (RD-24)."""
    if cell.asked is None:
        return []
    plan = cell.asked.judged.plan
    words = {True: _("%(talk)s: for the week’s talk, not for the day"), False: _("%(talk)s: too short for the week")}
    return [
        words[counts(Contact(each.happened_on, TALK, each.minutes), plan)] % {"talk": _told(scope, each)}
        for each in cell.reports
        if each.is_for_the_week and each.section_id == section_id
    ]


def _refused(scope: Scope, reports: Sequence[Engaged]) -> list[str]:
    """What was not used, by its reason."""
    unused = (each for each in reports if not each.counts and not each.is_for_the_week)
    reasons = Counter(why_not(scope, each) for each in unused)
    return [f"{n} × {why}" if n > 1 else why for why, n in reasons.items()]


def _told(scope: Scope, its: Engaged) -> str:
    return f"{time_of_day(its.at)} {what(scope, its)}"
