"""The weeks of entry completeness, with their plot."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlencode

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from attendance.models import EntryKind
from attendance.rules.plots import Look, Plot, Reading, Series, line_plot
from attendance.selectors.entry_totals import entries_by_week
from reporting.rules.figure_entries import Entries, EntryWeek, weeks_between
from reporting.selectors.figure_weeks import months_of
from students.access import Scope

WEEK = timedelta(days=7)


@dataclass(frozen=True)
class WeekLine:
    """A week as the table has it; `asks` is the query of the address of its teachers or schools."""

    starts_on: date
    entries: Entries
    before: Entries
    asks: str

    @property
    def trend(self) -> str:
        """How many points the rate moved since the week before in which something was due."""
        return self.entries.points_since(self.before)


def entry_weeks(
    scope: Scope, school_ids: Collection[int], monday: date, kind: str, beside: Mapping[str, str]
) -> list[WeekLine]:
    """The weeks from a Monday to today of one kind; one statement. The caller took the schools from the scope.

    `beside` stands in the address of each week, beside the week.
    """
    held = {
        each.week: Entries(each.in_time, each.late, each.open)
        for each in entries_by_week(scope, school_ids, monday)
        if each.kind == kind
    }
    lines, before = [], Entries()
    for week in weeks_between(held):
        lines.append(_week_line(week, monday, before, beside))
        before = week.entries if week.entries.due else before
    return lines


def _week_line(week: EntryWeek, monday: date, before: Entries, beside: Mapping[str, str]) -> WeekLine:
    starts_on = monday + week.number * WEEK
    return WeekLine(starts_on, week.entries, before, urlencode({"week": starts_on.isoformat(), **beside}))


def entry_plot(lines: Sequence[WeekLine], kind: str) -> Plot | None:
    """What was entered in time, and dashed what was entered by now; None where nothing was due."""
    if kind == EntryKind.CLASS:
        names = _("taken on the day"), _("taken by now")
        words = _("%(day)s: %(rate)s taken on the day, %(n)s of %(of)s classes")
        by_now = _("%(day)s: %(rate)s taken by now, %(n)s of %(of)s classes")
    else:
        names = _("entered in time"), _("entered by now")
        words = _("%(day)s: %(rate)s entered in time, %(n)s of %(of)s days of students")
        by_now = _("%(day)s: %(rate)s entered by now, %(n)s of %(of)s days of students")
    in_time = [_reading(line, words, line.entries.in_time, in_time=True) for line in lines]
    entered = [_reading(line, by_now, line.entries.in_time + line.entries.late, in_time=False) for line in lines]
    series = [Series(names[0], in_time), Series(names[1], entered, Look.DASHED)]
    return line_plot(series, months_of([line.starts_on for line in lines]))


def _reading(line: WeekLine, words: str, entered: int, *, in_time: bool) -> Reading:
    share = line.entries.share if in_time else line.entries.share_by_now
    said = {
        "day": date_format(line.starts_on, "M j"),
        "rate": line.entries.rate if in_time else line.entries.rate_by_now,
        "n": f"{entered:,}",
        "of": f"{line.entries.due:,}",
    }
    return Reading(share, words % said if share is not None else "", line.asks)
