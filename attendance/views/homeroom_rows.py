"""The lines of a homeroom's page: each child's choice with what it is worth, what stands, and what is wrong with it."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from django.utils.translation import gettext as _

from attendance.models import MarkStatus
from attendance.rules.day_mark import DayEntered, marks_of_day
from attendance.rules.mark import ABSENT, LEFT_EARLY, PRESENT, TARDY, BadMark
from attendance.rules.minutes import clock_time, minute_of
from attendance.rules.time_words import class_time, time_of_day
from attendance.selectors.homeroom_page import Child, HomeroomPage
from attendance.selectors.mark_history import Change, Said
from attendance.services.homerooms import AS_MARKED, DayEntry
from attendance.views.homeroom_form import DayChoice, HomeroomForm, choice_of, entry_of
from attendance.views.mark_form import Unreadable
from attendance.views.mark_rows import in_words


@dataclass(frozen=True, slots=True)
class DayRow:
    """A line as the template prints it. `minutes` is None while nobody can say; `theirs` is another's save.

    `stands` tells what stands class by class where no single day says it; `offers_as_marked` where that can be kept.
    """

    number: int
    student_id: int
    name: str
    note: str
    office: str
    status: str
    arrived: str
    left: str
    minutes: int | None
    hint: str
    problem: str
    theirs: str
    stands: str
    offers_as_marked: bool
    must_be_chosen: bool


def rows(page: HomeroomPage, form: HomeroomForm, *, is_stale: bool = False) -> list[DayRow]:
    """A row for each child of the roster; on a stale page with the other person's mark where it differs."""
    return [_row(number, each, page, form, is_stale) for number, each in enumerate(page.pupils, start=1)]


def _row(number: int, child: Child, page: HomeroomPage, form: HomeroomForm, is_stale: bool) -> DayRow:
    choice = form.choices.get(child.student_id, DayChoice())
    minutes = minutes_of(choice, child, page)
    return DayRow(
        number=number,
        student_id=child.student_id,
        name=child.name,
        note=child.note,
        office=child.office,
        status=choice.status,
        arrived=choice.arrived,
        left=choice.left,
        minutes=minutes,
        hint=_hint(choice, minutes, page),
        problem=form.problems.get(child.student_id, ""),
        theirs=_theirs(child, choice) if is_stale else "",
        stands=class_by_class(child) if child.stands and child.day is None else "",
        offers_as_marked=child.is_mixed,
        must_be_chosen=child.is_partly_absent,
    )


def minutes_of(choice: DayChoice, child: Child, page: HomeroomPage) -> int | None:
    """Minutes attended of the day by a choice as it stands on the page; None where that is not known yet."""
    if choice.status == AS_MARKED:
        return sum(said.minutes for _period, said in child.stands)
    if not page.held:
        return None
    try:
        entered = _entered(entry_of(0, choice, page.span))
        return sum(mark.worth.minutes for mark in marks_of_day(entered, page.times))
    except (BadMark, Unreadable):
        return None


def _entered(entry: DayEntry) -> DayEntered:
    arrived = minute_of(entry.arrived_at) if entry.arrived_at else None
    left = minute_of(entry.left_at) if entry.left_at else None
    return DayEntered(entry.status, arrived, left)


def _hint(choice: DayChoice, minutes: int | None, page: HomeroomPage) -> str:
    if minutes is None or choice.status not in (TARDY, LEFT_EARLY):
        return ""
    return _("%(n)s min missed") % {"n": page.minutes - minutes}


def _theirs(child: Child, choice: DayChoice) -> str:
    if child.at is None or (child.day is not None and choice_of(child.day) == choice):
        return ""
    return _("%(who)s saved at %(at)s: %(mark)s") % {
        "who": child.by,
        "at": time_of_day(child.at),
        "mark": class_by_class(child) if child.day is None else day_in_words(child.day),
    }


def class_by_class(child: Child) -> str:
    """What stands, classes of the same mark together: "Present in 1, 3; absent in 2"."""
    ordered = sorted(enumerate(child.stands), key=lambda each: (in_words(each[1][1]), each[0]))
    grouped = groupby(ordered, key=lambda each: in_words(each[1][1]))
    told = [
        (found[0][0], _("%(mark)s in %(classes)s") % {"mark": mark, "classes": ", ".join(p for _n, (p, _s) in found)})
        for mark, found in ((mark, list(group)) for mark, group in grouped)
    ]
    return "; ".join(words for _number, words in sorted(told))


def day_in_words(day: DayEntered) -> str:
    """A day in words: "Tardy, 8:20 to 1:00", "Left early at 1:00", "Absent"."""
    label = str(MarkStatus(day.status).label)
    if day.status in (PRESENT, ABSENT):
        return label
    arrived = class_time(clock_time(day.arrived)) if day.arrived is not None else ""
    left = class_time(clock_time(day.left)) if day.left is not None else ""
    if day.status == LEFT_EARLY:
        return _("%(mark)s at %(at)s") % {"mark": label, "at": left}
    if left:
        return _("%(mark)s, there from %(arrived)s to %(left)s") % {"mark": label, "arrived": arrived, "left": left}
    return _("%(mark)s, came at %(at)s") % {"mark": label, "at": arrived}


@dataclass(frozen=True, slots=True)
class DayChange:
    """Corrections of one child's day made together and alike, with the classes they bear on."""

    change: Change
    classes: str
    was: str
    became: str


def day_changes(page: HomeroomPage) -> list[DayChange]:
    """The day's corrections, those of one child made together and alike on one line."""
    periods = {each.id: each.period for each in page.meetings}
    alike: dict[tuple[str, object, Said, Said], list[Change]] = {}
    for each in page.history:
        alike.setdefault((each.student, each.at, each.was, each.became), []).append(each)
    return [
        DayChange(found[0], _classes(found, periods), in_words(was), in_words(became))
        for (_student, _at, was, became), found in alike.items()
    ]


def _classes(found: Sequence[Change], periods: dict[int, str]) -> str:
    touched = {each.meeting_id for each in found}
    return ", ".join(period for meeting, period in periods.items() if meeting in touched)
