"""Writes the district's learning plan: a new row from a day on, past rows stand (MS-18), and takes a row back.

A preview is undone.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from uuid import UUID, uuid4

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q

from attendance.models import LearningPlan, ModeAssignment
from attendance.rules.mode_entry import not_offered_on
from attendance.rules.plan import Plan
from attendance.selectors.mode_facts import places_from
from attendance.selectors.plans import plans
from attendance.services.day_changes import TooManyDays, Touched, hold, judge_anew, undone
from students.access import Scope, visible_to
from students.models import Enrollment, School
from students.refusals import Forbidden, NotInScope, Refused

DISTRICT_ALONE = "The learning plan is the district’s: only a district administrator writes it."

HELD_TOO_LONG = (
    "Too many days were judged by this plan to take it back. Write another from today or later: it takes its place."
)


@dataclass(frozen=True)
class Planned:
    """What a plan does: days judged anew, and how many students are in a mode that it does not offer."""

    touched: Touched
    not_offered: Mapping[str, int]


def preview_plan(scope: Scope, plan: Plan) -> Planned:
    """What a plan would do; nothing is written. Raises NotInScope, Forbidden, or Refused with what is wrong."""
    _check_right(scope, plan)
    return undone(lambda: _write(scope, plan, uuid4(), "A preview, undone."))


def write_plan(scope: Scope, plan: Plan, *, submission_id: UUID, agreed: str, reason: str) -> Planned | None:
    """Let a plan hold from its day on, for its school and grade; None where the same form was sent before.

    Raises what the preview does, Stale where its effects are others by now, and Refused without a reason.
    """
    _check_right(scope, plan)
    if not reason.strip():
        raise Refused("Say why the plan is changed: the decision of the board, and its day.")
    with transaction.atomic():
        hold(scope, ())
        if LearningPlan.objects.filter(submission_id=submission_id).exists():
            return None
        planned = _write(scope, plan, submission_id, reason.strip())
        planned.touched.check_agreed(agreed, reason)
        planned.touched.tell(LearningPlan)
    return planned


def preview_taking_back(scope: Scope, plan_id: int) -> Planned:
    """What taking a plan back would do; nothing is written. Raises as `take_back_plan` does."""
    _its(scope, plan_id)
    return undone(lambda: _take_back(scope, plan_id, "A preview, undone."))


def take_back_plan(scope: Scope, plan_id: int, *, agreed: str, reason: str) -> Planned:
    """Take a plan back as if it had never been written: what held before it holds again, and its days are judged anew.

    Raises NotInScope (also where it was taken back meanwhile), Forbidden, Stale, or Refused without a reason.
    """
    _its(scope, plan_id)
    if not reason.strip():
        raise Refused("Say why the plan is taken back.")
    with transaction.atomic():
        planned = _take_back(scope, plan_id, reason.strip())
        planned.touched.check_agreed(agreed, reason)
        planned.touched.tell(LearningPlan)
    return planned


def _its(scope: Scope, plan_id: int) -> Plan:
    row = LearningPlan.objects.filter(pk=plan_id).first()
    if row is None:
        raise NotInScope
    _check_right(scope, row.plan)
    return row.plan


def _take_back(scope: Scope, plan_id: int, reason: str) -> Planned:
    students = _under(_its(scope, plan_id))
    hold(scope, students)
    row = LearningPlan.objects.select_for_update().filter(pk=plan_id).first()
    if row is None:
        raise NotInScope
    # Its history keeps the row with who took it back, and why.
    row.entered_by_id, row.entered_at, row.reason = scope.person, scope.now, reason[:300]
    row.save(update_fields=["entered_by", "entered_at", "reason"])
    row.delete()
    try:
        touched = judge_anew(scope, students, row.starts_on, _last_day(row), asked=["take back", plan_id])
    except TooManyDays as refused:
        raise Refused(HELD_TOO_LONG) from refused
    return Planned(touched, _not_offered(scope, students, row.starts_on))


def _last_day(row: LearningPlan) -> date | None:
    """The day before the next plan of the same reach; None where none follows."""
    alike = LearningPlan.objects.filter(school=row.school_id, grade=row.grade, starts_on__gt=row.starts_on)
    following = alike.order_by("starts_on").values_list("starts_on", flat=True).first()
    return following - timedelta(days=1) if following else None


def _check_right(scope: Scope, plan: Plan) -> None:
    if plan.school_id is not None and not visible_to(scope, School).filter(pk=plan.school_id).exists():
        raise NotInScope
    if not scope.district_wide:
        raise Forbidden(DISTRICT_ALONE)


def _write(scope: Scope, plan: Plan, submission_id: UUID, reason: str) -> Planned:
    students = _under(plan)
    hold(scope, students)
    row = LearningPlan(
        starts_on=plan.starts_on,
        school_id=plan.school_id,
        grade=plan.grade,
        modes=list(plan.modes),
        measures=list(plan.measures),
        measured_by=plan.measured_by,
        contact_frequency=plan.contact_frequency,
        least_contact_minutes=plan.least_contact_minutes,
        entry_frequency=plan.entry_frequency,
        turn_in_session_days=plan.turn_in_session_days,
        virtual_day_mode=plan.virtual_day_mode,
        quarantine_by_minutes=plan.quarantine_by_minutes,
        entered_by_id=scope.person,
        entered_at=scope.now,
        submission_id=submission_id,
        reason=reason[:300],
    )
    try:
        row.full_clean(exclude=["entered_by"])
    except ValidationError as error:
        raise Refused(" ".join(error.messages)) from error
    row.save()
    touched = judge_anew(scope, students, plan.starts_on, None, asked=[plan])
    return Planned(touched, _not_offered(scope, students, plan.starts_on))


def _under(plan: Plan) -> list[int]:
    """The students to whom a plan may apply from its first day on."""
    held = Enrollment.objects.filter(is_primary=True).exclude(ends_on__lt=plan.starts_on)
    if plan.school_id is not None:
        held = held.filter(school=plan.school_id)
    if plan.grade:
        held = held.filter(grade=plan.grade)
    return sorted(set(held.values_list("student_id", flat=True)))


def _not_offered(scope: Scope, student_ids: Collection[int], day: date) -> dict[str, int]:
    """How many students are, from a day on, in a mode that their plan does not offer, by mode."""
    lasting = Q(ends_on__isnull=True) | Q(ends_on__gte=day)
    places, planned = places_from(scope, student_ids, day), plans(scope)
    found: dict[str, set[int]] = {}
    for row in ModeAssignment.objects.filter(lasting, student__in=places):
        school_id, grade = places[row.student_id]
        fact = replace(row.fact, starts_on=max(day, row.starts_on))
        if not_offered_on(fact, planned, school_id=school_id, grade=grade):
            found.setdefault(row.mode, set()).add(row.student_id)
    return {mode: len(students) for mode, students in sorted(found.items())}
