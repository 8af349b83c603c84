"""How a student is taught, over time: modes, own schedules and accommodations, as far as somebody may know (RD-60)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import F
from django.utils.translation import gettext as _

from attendance.models import (
    Accommodation,
    CalendarDay,
    Measure,
    ModeAssignment,
    OwnSchedule,
    OwnScheduleKind,
)
from attendance.rules.plan import Plan, plan_on
from attendance.selectors.day_words import mode_words
from attendance.selectors.mode_facts import places_from
from attendance.selectors.plans import plans
from attendance.selectors.student_rights import has_right, student_in_scope
from students.access import Scope
from students.models import FactSource, SectionEnrollment, Student
from students.rules.rights import Right


@dataclass(frozen=True)
class FactLine:
    """One dated fact. `why` is empty for who may not know it; `kind` names it where it can be ended."""

    id: int
    kind: str
    title: str
    where: str
    why: str
    starts_on: date
    ends_on: date | None
    may_end: bool
    from_roster: bool
    entered: str
    is_over: bool


@dataclass(frozen=True)
class ModesPage:
    """A student's facts, what may be entered, and the plan that offers it (None: enrolled nowhere)."""

    student: Student
    school_id: int | None
    grade: str
    plan: Plan | None
    modes: Sequence[FactLine]
    schedules: Sequence[FactLine]
    accommodations: Sequence[FactLine]
    sections: Sequence[tuple[int, str]]
    rotation_days: Sequence[str]
    may_enter: bool
    may_quarantine: bool
    is_homebound: bool

    @property
    def offered(self) -> Sequence[tuple[str, str]]:
        """The modes that the plan offers, with their names."""
        return [(each, mode_words(each)) for each in (self.plan.modes if self.plan else ())]


def modes_page(scope: Scope, student_id: int) -> ModesPage:
    """The page of a student; a constant number of statements. Raises NotInScope."""
    student = student_in_scope(scope, student_id)
    today = scope.today
    knows = has_right(scope, Right.REASONS, student_id, today, None)
    may_enter = has_right(scope, Right.OFFICE, student_id, today, None)
    may_quarantine = has_right(scope, Right.HEALTH, student_id, today, None)
    place = places_from(scope, [student_id], today).get(student_id)
    schedules = list(_rows(OwnSchedule, student_id))
    return ModesPage(
        student=student,
        school_id=place[0] if place else None,
        grade=place[1] if place else "",
        plan=plan_on(today, plans(scope), school_id=place[0], grade=place[1]) if place else None,
        modes=[
            _mode_line(row, today, knows=knows, may_end=may_quarantine if row.fact.is_quarantine else may_enter)
            for row in _rows(ModeAssignment, student_id).select_related("section")
        ],
        schedules=[_schedule_line(row, today, knows=knows, may_end=may_enter) for row in schedules],
        accommodations=[
            _accommodation_line(row, today, knows=knows, may_end=may_quarantine)
            for row in _rows(Accommodation, student_id)
        ],
        sections=_sections(student_id, today),
        rotation_days=_rotation_days(place[0]) if place else (),
        may_enter=may_enter,
        may_quarantine=may_quarantine,
        is_homebound=any(row.kind == OwnScheduleKind.HOMEBOUND for row in schedules),
    )


def _rows(model, student_id: int):  # type: ignore[no-untyped-def]
    return model.objects.filter(student=student_id).select_related("entered_by").order_by(F("starts_on").desc(), "-pk")


def _line(row, kind: str, title: str, where: str, why: str, today: date, *, may_end: bool) -> FactLine:  # type: ignore[no-untyped-def]
    from_roster = getattr(row, "source", FactSource.HERE) != FactSource.HERE
    is_over = row.ends_on is not None and row.ends_on < today
    entered = row.entered_by.full_name if row.entered_by else ""
    return FactLine(
        row.pk,
        kind,
        title,
        where,
        why,
        row.starts_on,
        row.ends_on,
        may_end and not from_roster,
        from_roster,
        entered,
        is_over,
    )


def _mode_line(row: ModeAssignment, today: date, *, knows: bool, may_end: bool) -> FactLine:
    where = _("in %(class)s alone") % {"class": row.section.title} if row.section else _days_of(row)
    why = row.get_reason_display() if knows and row.reason else ""
    return _line(row, "mode", mode_words(row.mode), where, why, today, may_end=may_end)


def _days_of(row: ModeAssignment) -> str:
    if row.weekdays:
        return ", ".join(str(name) for name in row.weekday_names)
    if row.rotation_days:
        return _("rotation days %(days)s") % {"days": ", ".join(row.rotation_days)}
    return _("every day")


def _schedule_line(row: OwnSchedule, today: date, *, knows: bool, may_end: bool) -> FactLine:
    hidden = row.kind == OwnScheduleKind.HOMEBOUND and not knows
    title = _("Own schedule on file") if hidden else row.get_kind_display()
    return _line(row, "schedule", title, _("own minutes"), row.reason if knows else "", today, may_end=may_end)


def _accommodation_line(row: Accommodation, today: date, *, knows: bool, may_end: bool) -> FactLine:
    counted = ", ".join(str(Measure(each).label) for each in row.measures) if knows else ""
    where = _("also counts: %(measures)s") % {"measures": counted} if counted else ""
    why = row.reason if knows else ""
    return _line(row, "accommodation", _("Accommodation on file"), where, why, today, may_end=may_end)


def _sections(student_id: int, today: date) -> list[tuple[int, str]]:
    held = SectionEnrollment.objects.holding_on(today).filter(student=student_id).select_related("section")
    return [(each.section_id, each.section.title) for each in held.order_by("section__title", "section_id")]


def _rotation_days(school_id: int) -> list[str]:
    days = CalendarDay.objects.filter(school=school_id).exclude(rotation_day="").order_by()
    return sorted(set(days.values_list("rotation_day", flat=True)))
