"""The figures of classes as plots, and where each of their points leads."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from attendance.rules.mark_counts import Marked
from attendance.rules.plots import FEWEST_COLUMNS, WIDTH, Look, Plot, Reading, Series, bar_plot, line_plot
from attendance.rules.reporting_months import MonthRange
from reporting.rules.period_figures import ClassWeek, Narrowed
from reporting.selectors.figure_weeks import months_of

# How wide a letter of a label may be, in the units of a drawing.
_LETTER = 8


@dataclass(frozen=True)
class Leads:
    """Where figures lead, as queries: a school's to the marks that made them, the district's to the page narrowed.

    Nowhere on a school's page that may not open its students. The dates are inclusive.
    """

    asked: Narrowed
    dates: tuple[date, date]
    is_school: bool
    opens: bool
    leaves_out: bool

    def to(
        self,
        status: str,
        *,
        period: str | None = None,
        weekday: int | None = None,
        month: int | None = None,
        dates: tuple[date, date] | None = None,
    ) -> str:
        """The query of a figure; what is not named is as the page is narrowed."""
        if self.is_school and not self.opens:
            return ""
        narrowed: dict[str, object] = {
            "period": self.asked.period if period is None else period,
            "weekday": weekday or self.asked.weekday,
        }
        if self.is_school:
            starts_on, ends_on = dates or self.dates
            narrowed |= {"status": status, "from": starts_on, "to": ends_on}
        else:
            narrowed |= {"month": month or self.asked.month, "small": "left-out" if self.leaves_out else None}
        return urlencode({name: value for name, value in narrowed.items() if value is not None})


@dataclass(frozen=True)
class WeekLine:
    """A week as the table has it; `asks` is the query of what made it."""

    week: ClassWeek
    asks: str


def week_lines(weeks: Sequence[ClassWeek], months: Sequence[MonthRange], leads: Leads) -> list[WeekLine]:
    """The weeks with where they lead: a school's to its tardy marks, the district's to their month."""
    return [
        WeekLine(
            week,
            leads.to(
                "tardy",
                dates=(week.starts_on, week.ends_on),
                month=max((each.month for each in months if each.starts_on <= week.ends_on), default=None),
            ),
        )
        for week in weeks
    ]


def week_plot(lines: Sequence[WeekLine]) -> Plot | None:
    """Tardiness by week, and that of the same weeks last year where there are any."""
    now = [_reading(line.week.starts_on, line.week.marked, line.asks) for line in lines]
    before = [_reading(line.week.starts_on, line.week.last_year, "", _("last year")) for line in lines]
    series = [Series(_("this year"), now), Series(_("last year, same weeks"), before, Look.DASHED)]
    return line_plot(series, months_of([line.week.starts_on for line in lines]), from_zero=True)


def _reading(monday: date, marked: Marked | None, asks: str, which: str = "") -> Reading:
    if marked is None:
        return Reading(None, "")
    words = _("%(day)s: %(rate)s tardy, %(tardy)s of %(marks)s marks") % {
        "day": date_format(monday, "M j") + (f" {which}" if which else ""),
        "rate": marked.tardy_rate,
        "tardy": f"{marked.tardy:,}",
        "marks": f"{marked.marks:,}",
    }
    return Reading(marked.tardiness, words, asks)


def period_plot(periods: Sequence[tuple[str, Marked, str]]) -> Plot | None:
    """A bar for each period, the share of its marks that are absent: its name, its marks, the query of those absent."""
    readings = [
        Reading(
            marked.absence,
            _("Period %(period)s: %(rate)s absent, %(absent)s of %(marks)s marks")
            % {
                "period": name,
                "rate": marked.absence_rate,
                "absent": f"{marked.absent:,}",
                "marks": f"{marked.marks:,}",
            },
            asks,
        )
        for name, marked, asks in periods
    ]
    letters = WIDTH // max(len(periods), FEWEST_COLUMNS) // _LETTER
    return bar_plot(readings, [name if len(name) <= letters else f"{name[: letters - 1]}…" for name, _, _ in periods])
