"""What a page of tiers shows, as a file for a spreadsheet."""

from django.http import HttpResponse
from django.utils.translation import gettext as _

from interventions.rules.tier_weeks import TIERS, TierCount
from reporting.rules.layouts import Form
from reporting.rules.tier_figures import TierWeek, share_in
from reporting.selectors.tier_figures import TiersPage
from reporting.selectors.tier_lines import TierLine
from reporting.services.sheets import Table
from reporting.views.table_files import Sheet, as_of, named, table_of, tables_file
from students.access import Scope

_STOOD = ["Tier 1", "Tier 2", "Tier 3", "Disengaged", "Enrolled", "Rate tier 1", "Rate tier 2", "Rate tier 3"]
_MOVED = ["Points tier 1", "Points tier 2", "Points tier 3", "Points since"]
_CARE = ["Open cases", "Steps due", "Steps done by their day"]
_COLUMNS = ["School", "Grade", *_STOOD, *_MOVED, *_CARE, "Standing", "As of"]
_WEEKS = [
    "Week of", "Judged on", *_STOOD, "Newly in tier 1", "Newly in tier 2", "Newly in tier 3", "Newly disengaged",
    "Last year’s rate tier 1", "Last year’s rate tier 2", "Last year’s rate tier 3",
]  # fmt: skip
_FORMS = dict.fromkeys(("Week of", "Judged on", "Points since"), Form.DATE) | {
    name: Form.COUNT
    for name in [*_COLUMNS, *_WEEKS]
    if name.startswith(("Tier", "Disengaged", "Enrolled", "Open", "Steps", "Newly"))
}


def tiers_file(page: TiersPage, scope: Scope, kind: str) -> HttpResponse | None:
    """The page as a file of a kind, csv or xlsx; None for any other."""
    sheets = [Sheet(lambda: _tiers(page, scope), "csv"), Sheet(lambda: _weeks(page))]
    return tables_file(scope, named(_name(page), leaves_out=page.asked.leaves_out), kind, sheets)


def _tiers(page: TiersPage, scope: Scope) -> Table:
    lines = [[*_row(page, line), as_of(scope)] for line in (page.total, *page.lines)]
    return table_of("Tiers", _COLUMNS, _FORMS, lines)


def _weeks(page: TiersPage) -> Table:
    return table_of("Weeks", _WEEKS, _FORMS, [_week(page, week) for week in page.weeks.weeks])


def _name(page: TiersPage) -> str:
    return f"tiers-{page.school.state_code if page.school else 'district'}"


def _row(page: TiersPage, line: TierLine) -> list[str]:
    place = _place(page, line)
    if line.count is None:
        return [
            *place,
            *[""] * len(_STOOD + _MOVED + _CARE),
            _("left out: under 10 students, or would tell of such a group (RD-63)"),
        ]
    care = [str(line.cases), str(line.steps.due), str(line.steps.in_time)] if page.knows else [""] * 3
    moved = [""] * len(_MOVED) if line.place else _moved(page)
    return [*place, *_stood(page, line.count), *moved, *care, ""]


def _moved(page: TiersPage) -> list[str]:
    """Where the whole moved since a day some weeks ago, as the head of the page says it."""
    points = {head.tier: head.points for head in page.heads}
    since = next((head.since.day for head in page.heads if head.points and head.since), None)
    return [*(points.get(tier, "") for tier in TIERS), since.isoformat() if since else ""]


def _place(page: TiersPage, line: TierLine) -> list[str]:
    if page.school:
        grade = _("All") if page.asked.grade is None else page.asked.grade
        return [page.school.name, line.name if line.place else grade]
    return [line.name if line.place else _("All"), _("All") if page.asked.grade is None else page.asked.grade]


def _stood(page: TiersPage, count: TierCount) -> list[str]:
    shares = [share_in(count, tier) for tier in TIERS]
    disengaged = str(count.disengaged) if page.knows else ""
    return [*(str(each.students) for each in shares), disengaged, str(count.enrolled), *(each.rate for each in shares)]


def _week(page: TiersPage, week: TierWeek) -> list[str]:
    stood = _stood(page, week.stood) if week.stood else [""] * len(_STOOD)
    came = week.reached if page.knows else None
    reached = [came.tier_1, came.tier_2, came.tier_3, came.by_disengagement] if came else []
    before = [share_in(week.last_year, tier).rate for tier in TIERS] if week.last_year else [""] * 3
    return [
        week.starts_on.isoformat(),
        week.day.isoformat() if week.day else "",
        *stood,
        *([str(each) for each in reached] or [""] * 4),
        *before,
    ]
