"""A class as drawings, with the lines of the tables behind them; each leads to its days on the same page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from urllib.parse import urlencode

from django.utils.dates import WEEKDAYS, WEEKDAYS_ABBR
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from attendance.rules.plots import Look, Plot, Reading, Series, bar_plot, line_plot
from reporting.rules.class_figures import ClassCounts, Count
from reporting.selectors.class_days import Span
from reporting.selectors.figure_weeks import months_of

# Where the days stand on the page.
_PLACE = "#days"
_SUNDAY = timedelta(days=6)


@dataclass(frozen=True)
class CountLine:
    """A week or a day of the week, `short` below a column; `asks` is the query of the address of its days."""

    name: str
    short: str
    count: Count
    asks: str
    starts_on: date | None = None


@dataclass(frozen=True)
class ClassPlots:
    """The drawings with the lines behind them; a drawing is None where nothing was marked."""

    weeks: Sequence[CountLine]
    weekdays: Sequence[CountLine]
    by_week: Plot | None
    by_weekday: Plot | None
    tardy: Plot | None


def class_plots(counts: ClassCounts, span: Span) -> ClassPlots:
    """The drawings of what was counted."""
    weeks, weekdays = _weeks(counts.weeks, span), _weekdays(counts.weekdays, span)
    marked = counts.whole.all.marks > 0
    return ClassPlots(
        weeks=weeks,
        weekdays=weekdays,
        by_week=_by_week(weeks),
        # One day of the week alone has nothing to be held against.
        by_weekday=None if span.weekday else _by_weekday(weekdays, marked=marked),
        tardy=_tardy(weeks) if counts.whole.all.tardy else None,
    )


def _weeks(weeks: Mapping[date, Count], span: Span) -> list[CountLine]:
    return [
        CountLine(
            date_format(monday, "M j, Y"),
            date_format(monday, "M j"),
            count,
            _asks(span, monday, monday + _SUNDAY, span.weekday),
            monday,
        )
        for monday, count in weeks.items()
    ]


def _weekdays(weekdays: Mapping[int, Count], span: Span) -> list[CountLine]:
    return [
        CountLine(
            str(WEEKDAYS[each - 1]),
            str(WEEKDAYS_ABBR[each - 1]),
            count,
            _asks(span, span.from_date, span.to_date, each),
        )
        for each, count in weekdays.items()
    ]


def _asks(span: Span, from_date: date, to_date: date, weekday: int | None) -> str:
    """Within the days asked for: a week that begins before them is asked for from their first."""
    asked = {"from": max(from_date, span.from_date), "to": min(to_date, span.to_date)}
    return urlencode(asked | ({"weekday": weekday} if weekday else {})) + _PLACE


def _by_week(lines: Sequence[CountLine]) -> Plot | None:
    marks = [_marks(each) for each in lines]
    own = [_own(each) for each in lines]
    series = [Series(_("in class: marks present"), marks), Series(_("in own time: days present"), own, Look.DASHED)]
    return line_plot(series, _labels(lines))


def _labels(lines: Sequence[CountLine]) -> list[str]:
    return months_of([each.starts_on for each in lines if each.starts_on])


def _marks(line: CountLine) -> Reading:
    if not line.count.marks:
        return Reading(None, "")
    said = _("%(day)s: %(rate)s, %(n)s of %(of)s marks present")
    return _reading(line, said, line.count.present, line.count.marks, line.count.rate, line.count.share)


def _own(line: CountLine) -> Reading:
    """A week in which days wait for their entry is not drawn: they could yet move it."""
    if not line.count.own_days or not line.count.is_settled:
        return Reading(None, "")
    said = _("%(day)s: %(rate)s, present on %(n)s of %(of)s days in own time")
    return _reading(line, said, line.count.own_present, line.count.own_days, line.count.own_rate, line.count.own_share)


def _by_weekday(lines: Sequence[CountLine], *, marked: bool) -> Plot | None:
    readings = [_absent(each) if marked else _own_absent(each) for each in lines]
    return bar_plot(readings, [each.short for each in lines])


def _absent(line: CountLine) -> Reading:
    said = _("%(day)s: %(rate)s, %(n)s of %(of)s marks absent")
    return _reading(line, said, line.count.absent, line.count.marks, line.count.absent_rate, line.count.absent_share)


def _own_absent(line: CountLine) -> Reading:
    said, count = _("%(day)s: %(rate)s, absent on %(n)s of %(of)s days in own time"), line.count
    return _reading(line, said, count.own_absent, count.own_days, count.own_absent_rate, count.own_absent_share)


def _tardy(lines: Sequence[CountLine]) -> Plot | None:
    said = _("%(day)s: %(rate)s, %(n)s of %(of)s marks tardy")
    readings = [
        _reading(each, said, each.count.tardy, each.count.marks, each.count.tardy_rate, each.count.tardy_share)
        for each in lines
    ]
    return line_plot([Series(_("marks tardy"), readings)], _labels(lines), from_zero=True)


def _reading(line: CountLine, said: str, number: int, among: int, rate: str, share: Fraction | None) -> Reading:
    words = said % {"day": line.name, "rate": rate, "n": number, "of": among}
    return Reading(share, words if among else "", line.asks)
