"""The pages of tiers: how many students stand in each, now and week by week, and whether it was acted on in time."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from attendance.selectors.school_years import school_year
from interventions.rules.tier_weeks import TIERS, TierCount
from interventions.selectors.late_nights import LateNights, late_nights
from interventions.selectors.tier_standings import last_passes
from reporting.rules.tier_figures import Share, TierWeek, four_weeks_ago, share_in
from reporting.selectors.figures_page import Asked
from reporting.selectors.months import school_with_months
from reporting.selectors.tier_lines import TierLine, lines_of_grades, lines_of_schools
from reporting.selectors.tier_students import DISENGAGED
from reporting.selectors.tier_weeks import TierWeeks, asks_for, tier_name, tier_weeks
from students.access import Scope
from students.models import School
from students.rules.rights import Right
from students.selectors.places import schools_with_right


@dataclass(frozen=True)
class TierHead:
    """The students of a tier now (tier 0: the disengaged), where that moves, and the same week last year.

    `asks` is the query of the list of the students; empty where it is not this person's to see.
    """

    tier: int
    name: str
    share: Share
    points: str
    since: TierWeek | None
    last_year: str
    asks: str


@dataclass(frozen=True)
class TiersPage:
    """A page of tiers; `knows`: whether every group is shown, with lists behind it, and cases.

    `total` has no count where it is left out. `passed_at` is the oldest of the schools' last nightly passes,
    `late` says of which a night was missed.
    """

    school: School | None
    year: str
    asked: Asked
    knows: bool
    total: TierLine
    heads: Sequence[TierHead]
    lines: Sequence[TierLine]
    weeks: TierWeeks
    grades: Sequence[str]
    passed_at: datetime | None
    late: LateNights | None


def tiers_of_district(scope: Scope, asked: Asked) -> TiersPage:
    """The tiers of every school whose months are open to somebody, by school; a constant number of statements.

    Raises Refused where there is no school year.
    """
    return _page(scope, None, list(schools_with_right(scope, Right.FIGURES)), asked)


def tiers_of_school(scope: Scope, school_id: int, asked: Asked) -> TiersPage:
    """A school's tiers by grade; a constant number of statements. Raises NotInScope, and Refused as above."""
    school = school_with_months(scope, school_id)
    return _page(scope, school, [school], asked)


def _page(scope: Scope, school: School | None, schools: Sequence[School], asked: Asked) -> TiersPage:
    year, ids = school_year(scope), [each.pk for each in schools]
    # A tier tells of more than the days: small groups are for those alone who work the cases.
    knows = not asked.leaves_out and all(scope.may(Right.CASES, each) for each in ids)
    asked = asked if knows else replace(asked, grade=None)
    if school:
        total, lines, grades = lines_of_grades(scope, year, school, asked.grade, knows=knows)
    else:
        total, lines, grades = lines_of_schools(scope, year, schools, asked.grade, knows=knows)
    weeks = tier_weeks(scope, year, ids, grade=asked.grade, hides=not knows, asks=total.asks)
    passes = last_passes(scope, ids)
    return TiersPage(
        school=school,
        year=year.name,
        asked=asked,
        knows=knows,
        total=total,
        heads=_heads(scope, total, weeks),
        lines=[line for line in lines if line.count is None or line.count.enrolled],
        weeks=weeks,
        grades=grades,
        passed_at=min(passes.values(), default=None),
        late=late_nights(scope, {each: _looked(scope, at) for each, at in passes.items()}),
    )


def _looked(scope: Scope, at: datetime) -> date:
    """The last day that was over when a pass ended."""
    return at.astimezone(ZoneInfo(scope.zone)).date() - timedelta(days=1)


def _heads(scope: Scope, total: TierLine, weeks: TierWeeks) -> list[TierHead]:
    if total.count is None:
        return []
    now = weeks.weeks[-1] if weeks.weeks else None
    before = four_weeks_ago(weeks.weeks, scope.today)
    shown = TIERS if total.asks is None else (*TIERS, DISENGAGED)
    return [_head(total, total.count, tier, now, before) for tier in shown]


def _head(total: TierLine, count: TierCount, tier: int, now: TierWeek | None, before: TierWeek | None) -> TierHead:
    share = _share(count, tier)
    earlier = _share(before.stood, tier) if before and before.stood else None
    return TierHead(
        tier=tier,
        name=tier_name(tier) if tier else _("Disengaged"),
        share=share,
        points=share.points_since(earlier),
        since=before,
        last_year=_share(now.last_year, tier).rate if now and now.last_year else "",
        asks="" if total.asks is None else asks_for(total.asks, tier),
    )


def _share(count: TierCount, tier: int) -> Share:
    return share_in(count, tier) if tier else Share(count.disengaged, count.enrolled)
