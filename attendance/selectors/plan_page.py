"""The learning plan as its page shows it: what holds, what is to come, and what held (MS-18)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.apps import apps
from django.utils.translation import gettext as _

from attendance.models import LearningPlan
from attendance.rules.plan import STANDARD, Plan, plan_on
from attendance.selectors.plans import plans
from students.access import Scope, visible_to
from students.models import Enrollment, School
from students.refusals import Forbidden, NotInScope


@dataclass(frozen=True)
class PlanRow:
    """A plan with where it holds in words, and the last day before the next of the same reach (None: until further
    notice). `row` is None for what the two sources say where the district has said nothing.
    """

    row: LearningPlan | None
    where: str
    plan: Plan
    ends_on: date | None = None


@dataclass(frozen=True)
class TakenBack:
    """A plan that was taken back: where and from when it was to hold, by whom it was taken back, when and why."""

    where: str
    starts_on: date
    by: str
    at: datetime
    reason: str


@dataclass(frozen=True)
class PlanPage:
    """Plans by whether they hold today, those taken back, the latest first; where others may be written."""

    holding: Sequence[PlanRow]
    coming: Sequence[PlanRow]
    past: Sequence[PlanRow]
    taken_back: Sequence[TakenBack]
    schools: Sequence[School]
    grades: Sequence[str]
    may_write: bool


def plan_page(scope: Scope) -> PlanPage:
    """The plans that speak of somebody's schools; a constant number of statements. Raises Forbidden for who reads no
    whole school.
    """
    if not scope.reads_schools:
        raise Forbidden(_("The learning plan is for those who read whole schools."))
    schools = list(visible_to(scope, School).order_by("name", "pk"))
    known = {each.pk for each in schools}
    rows = [each for each in _rows() if each.row and each.row.school_id in (None, *known)]
    holding = [each for each in rows if _holds(each, scope.today)]
    if not any(each.plan.school_id is None and not each.plan.grade for each in holding):
        holding.insert(0, PlanRow(None, _("All schools, all grades"), STANDARD))
    return PlanPage(
        holding=holding,
        coming=[each for each in rows if each.plan.starts_on > scope.today],
        past=[each for each in rows if each.ends_on and each.ends_on < scope.today],
        taken_back=_taken_back(scope, schools),
        schools=schools,
        grades=_grades(scope, known),
        may_write=scope.district_wide,
    )


def plan_line(scope: Scope, plan_id: int) -> PlanRow:
    """One plan of those that somebody reads. Raises NotInScope, or Forbidden for who reads no whole school."""
    page = plan_page(scope)
    rows = [*page.holding, *page.coming, *page.past]
    found = next((each for each in rows if each.row and each.row.pk == plan_id), None)
    if found is None:
        raise NotInScope
    return found


def plan_holding(scope: Scope, day: date, school_id: int | None, grade: str) -> Plan:
    """The plan from which another for a school (None: all) and grade ("": all) starts out."""
    return plan_on(day, plans(scope), school_id=school_id or 0, grade=grade)


def _rows() -> list[PlanRow]:
    """Every plan, the widest first, of one reach the earliest first."""
    stored = list(LearningPlan.objects.select_related("school", "entered_by"))
    stored.sort(key=lambda row: (row.school.name if row.school else "", row.grade, row.starts_on))
    return [_plan_row(row, stored) for row in stored]


def _plan_row(row: LearningPlan, stored: Sequence[LearningPlan]) -> PlanRow:
    reach = (row.school_id, row.grade)
    later = [each.starts_on for each in stored if (each.school_id, each.grade) == reach and each.pk != row.pk]
    following = min((day for day in later if day > row.starts_on), default=None)
    ends_on = date.fromordinal(following.toordinal() - 1) if following else None
    return PlanRow(row, _where(row.school.name if row.school else "", row.grade), row.plan, ends_on)


def _taken_back(scope: Scope, schools: Sequence[School]) -> list[TakenBack]:
    """What the database kept of plans that are no more, of all schools and of these."""
    names = {each.pk: each.name for each in schools}
    rows = apps.get_model("attendance", "LearningPlanEvent").objects.filter(pgh_label="delete")
    kept = rows.select_related("entered_by").order_by("-pgh_id")
    return [
        TakenBack(
            where=_where(names.get(each.school_id, ""), each.grade),
            starts_on=each.starts_on,
            by=each.entered_by.full_name if each.entered_by else "",
            at=each.entered_at,
            reason=each.reason,
        )
        for each in kept
        if each.school_id in (None, *names)
    ]


def _where(school: str, grade: str) -> str:
    graded = _("grade %(grade)s") % {"grade": grade} if grade else _("all grades")
    return f"{school or _('All schools')}, {graded}"


def _holds(line: PlanRow, today: date) -> bool:
    return line.plan.starts_on <= today and (line.ends_on is None or line.ends_on >= today)


def _grades(scope: Scope, school_ids: set[int]) -> list[str]:
    held = Enrollment.attending_on(scope.today).filter(school__in=school_ids).exclude(grade="")
    return sorted(set(held.values_list("grade", flat=True)))
