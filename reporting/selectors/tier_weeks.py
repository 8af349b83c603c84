"""The weeks of a school year by where students stood, drawn as lines of shares."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from attendance.rules.plots import Look, Plot, Reading, Series, line_plot
from attendance.selectors.school_years import session_months
from interventions.models import Crossing
from interventions.rules.tier_weeks import TIERS, DayOfTiers, Reached, TierCount, days_of_tiers
from interventions.selectors.tier_spans import tier_spans
from reporting.rules.figure_tables import NONE_GIVEN
from reporting.rules.figure_weeks import WEEKS_BACK, first_monday
from reporting.rules.tier_figures import (
    Share,
    TierWeek,
    judged_days,
    rows_left_out,
    share_in,
    total_is_told,
    weeks_of_tiers,
)
from reporting.selectors.figure_weeks import months_of
from reporting.selectors.tier_students import DISENGAGED
from students.access import Scope
from students.models import School, SchoolYear

_LOOKS = (Look.SOLID, Look.DASHED, Look.DOTTED)


@dataclass(frozen=True)
class TierWeekLine:
    """A week as the table has it; `asks` narrows lists of its students, None where they are nobody's to see here."""

    week: TierWeek
    asks: Mapping[str, str] | None

    @property
    def cells(self) -> Sequence[tuple[Share, str]]:
        """As a line's by place: tiers 1 to 3 and the disengaged, each with the query of the list."""
        return cells_of(self.week.stood, self.asks, self.week) if self.week.stood else []

    @property
    def before(self) -> Sequence[Share]:
        """Tiers 1 to 3 of the same week last year."""
        return [share_in(self.week.last_year, tier) for tier in TIERS] if self.week.last_year else []


@dataclass(frozen=True)
class TierWeeks:
    """The weeks with two plots: who stood in each tier, and who had come to one; drawn where there is anything."""

    lines: Sequence[TierWeekLine] = ()
    stood: Plot | None = None
    reached: Plot | None = None

    @property
    def has_last_year(self) -> bool:
        """Whether some week has figures of the year before."""
        return any(week.last_year for week in self.weeks)

    @property
    def weeks(self) -> Sequence[TierWeek]:
        """The weeks alone."""
        return [line.week for line in self.lines]


def tier_weeks(
    scope: Scope,
    year: SchoolYear,
    school_ids: Collection[int],
    *,
    grade: str | None = None,
    hides: bool = False,
    asks: Mapping[str, str] | None = None,
) -> TierWeeks:
    """The weeks of some schools together, to today; a constant number of statements.

    `asks` is what narrows the list of students that a point leads to, None where it leads nowhere. The caller took the
    schools from the scope.
    """
    monday = first_monday(year.starts_on)
    session = {day for day, _ in session_months(scope, monday, scope.today)}
    days = judged_days(session, monday, scope.today)
    every = frozenset(School.objects.values_list("pk", flat=True))
    # Of the whole district, whoever asks for however little: two pages must leave out the same.
    asked = None if hides or every <= set(school_ids) else school_ids
    counted: dict[int, DayOfTiers] = {}
    out: list[int] = []
    for held in _with_the_one_before(year):
        its = [number for number in sorted(days) if (number >= WEEKS_BACK) is (held == year)]
        spans = tier_spans(scope, asked, held, [days[each] for each in its], grade=grade, by_school=hides)
        by_school = days_of_tiers(spans, len(its))
        for place, number in enumerate(its):
            at = {school: its_days[place] for school, its_days in by_school.items()}
            counted[number] = _together([day for school, day in at.items() if not hides or school in school_ids])
            if hides and _is_out(at, school_ids):
                out.append(number)
    weeks = weeks_of_tiers(counted, days, monday, out)
    lines = [TierWeekLine(week, asks) for week in weeks]
    return TierWeeks(lines, _stood(weeks, asks), _reached(weeks) if not hides else None)


def _with_the_one_before(year: SchoolYear) -> list[SchoolYear]:
    """The year, and the one before it where anybody looked at tiers then."""
    before = SchoolYear.objects.filter(starts_on__lt=year.starts_on).order_by("starts_on").last()
    return [before, year] if before and Crossing.objects.filter(year=before).exists() else [year]


def _together(days: Sequence[DayOfTiers]) -> DayOfTiers:
    if len(days) == 1:
        return days[0]
    return DayOfTiers(sum((day.stood for day in days), TierCount()), Reached())


def _is_out(by_school: Mapping[int | None, DayOfTiers], school_ids: Collection[int]) -> bool:
    """Whether a day of some schools would tell of a small group (RD-63)."""
    rows = {school: day.stood.groups for school, day in by_school.items()}
    out = rows_left_out(rows)
    mine = {school: groups for school, groups in rows.items() if school in school_ids}
    if len(school_ids) == 1:
        return not out.isdisjoint(mine)
    return bool(mine) and not total_is_told(mine, out)


def tier_name(tier: int) -> str:
    """As `tier 2`, capitalized."""
    return _("Tier %(n)s") % {"n": tier}


def _stood(weeks: Sequence[TierWeek], asks: Mapping[str, str] | None) -> Plot | None:
    looks = list(zip(TIERS, _LOOKS, strict=True))
    now = [Series(tier_name(tier), [_share_reading(week, tier, asks) for week in weeks], look) for tier, look in looks]
    before = [
        Series(_name_last_year(tier), [_reading_last_year(week, tier) for week in weeks], look, is_before=True)
        for tier, look in looks
    ]
    return line_plot([*now, *before], months_of([week.starts_on for week in weeks]), from_zero=True)


def _name_last_year(tier: int) -> str:
    return _("%(tier)s, last year") % {"tier": tier_name(tier)}


def _reading_last_year(week: TierWeek, tier: int) -> Reading:
    if week.last_year is None:
        return Reading(None, "")
    share = share_in(week.last_year, tier)
    words = _("%(day)s last year, %(tier)s: %(rate)s, %(students)s of %(enrolled)s students")
    return Reading(share.exact, words % _said(week, tier, share))


def _share_reading(week: TierWeek, tier: int, asks: Mapping[str, str] | None) -> Reading:
    if week.stood is None or week.day is None:
        return Reading(None, "")
    share = share_in(week.stood, tier)
    words = _("%(day)s, %(tier)s: %(rate)s, %(students)s of %(enrolled)s students") % _said(week, tier, share)
    query = "" if asks is None else asks_for(asks, tier, week)
    return Reading(share.exact, words, query)


def cells_of(count: TierCount, asks: Mapping[str, str] | None, week: TierWeek | None = None) -> list[tuple[Share, str]]:
    """The shares of tiers 1 to 3 and of the disengaged, each with the query of the list, empty for none to see."""
    shares = [*(share_in(count, tier) for tier in TIERS), Share(count.disengaged, count.enrolled)]
    return [
        (share, "" if asks is None else asks_for(asks, tier, week))
        for tier, share in zip((*TIERS, DISENGAGED), shares, strict=True)
    ]


def asks_for(asks: Mapping[str, str], tier: int, week: TierWeek | None = None) -> str:
    """The query of the list of students of a tier, as of a week's day."""
    on = {"on": week.day.isoformat()} if week and week.day else {}
    return urlencode({**asks, "tier": tier, **on})


def _reached(weeks: Sequence[TierWeek]) -> Plot | None:
    series = [
        Series(tier_name(tier), [_reached_reading(week, tier) for week in weeks], look)
        for tier, look in zip(TIERS, _LOOKS, strict=True)
    ]
    return line_plot(series, months_of([week.starts_on for week in weeks]), from_zero=True)


def _reached_reading(week: TierWeek, tier: int) -> Reading:
    if week.stood is None or week.reached is None or week.day is None:
        return Reading(None, "")
    came = (week.reached.tier_1, week.reached.tier_2, week.reached.tier_3)[tier - 1]
    share = Share(came, week.stood.enrolled)
    words = _("%(day)s, newly in %(tier)s: %(rate)s, %(students)s of %(enrolled)s students")
    return Reading(share.exact, words % _said(week, tier, share))


def _said(week: TierWeek, tier: int, share: Share) -> dict[str, str]:
    return {
        "day": date_format(week.day or week.starts_on, "M j"),
        "tier": tier_name(tier),
        "rate": share.rate or "–",
        "students": f"{share.students:,}",
        "enrolled": f"{share.enrolled:,}",
    }


def grade_asked(grade: str | None) -> dict[str, str]:
    """A grade as addresses ask for it; nothing for every grade."""
    return {} if grade is None else {"grade": grade or NONE_GIVEN}
