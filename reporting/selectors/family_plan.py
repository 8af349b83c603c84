"""How a child is taught: the next school days, for how long, and what there is to do."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from attendance.models import CalendarDay, GradeDay, ModeAssignment
from attendance.rules.evidence import turn_in_day
from attendance.rules.modes import modes_on
from attendance.rules.plan import Plan, plan_on
from attendance.selectors.plans import plans
from reporting.rules.family_plan import TaughtDay, hand_in_weeks, ways
from reporting.selectors.family_plan_words import span_words, to_do_words, way_words
from students.access import Scope
from students.models import Enrollment, Student
from students.rules.state_codes import NO_SHOW
from students.selectors.families import own_child

DAYS_SHOWN = 10
# As far as the last turn-in of the days shown can lie.
DAYS_READ = 30


@dataclass(frozen=True)
class PlannedDay:
    """A school day in words; `otherwise` names the classes that are taught in another way."""

    date: date
    words: str
    otherwise: Sequence[str]


@dataclass(frozen=True)
class Holding:
    """A way of being taught that holds or will, on which days of the week, and from when until when."""

    words: str
    weekdays: Sequence[str]
    section: str
    span: str


@dataclass(frozen=True)
class Way:
    """A way of being taught, and what there is to do in it."""

    words: str
    to_do: Sequence[str]


@dataclass(frozen=True)
class FamilyPlan:
    """The plan of a child; no days where the calendar has none, or nobody is enrolled."""

    child: Student
    school: str
    days: Sequence[PlannedDay]
    holding: Sequence[Holding]
    ways: Sequence[Way]


def family_plan(scope: Scope, student_id: int) -> FamilyPlan:
    """The plan of an own child from today on; the same number of statements however long. Raises NotInScope."""
    child = own_child(scope, student_id)
    enrollment = _enrollment(scope, child)
    rows = list(_modes(scope, child))
    if enrollment is None:
        return FamilyPlan(child, "", [], [], [])
    its = plan_on(scope.today, plans(scope), school_id=enrollment.school_id, grade=enrollment.grade)
    calendar = _session(enrollment, max(scope.today, enrollment.starts_on))
    taught = [_taught(day, rows, its) for day in calendar[:DAYS_SHOWN]]
    titles = {row.section_id: row.section.title for row in rows if row.section}
    hand_in = _hand_in(taught, calendar, its)
    return FamilyPlan(
        child=child,
        school=enrollment.school.name,
        days=[_planned(day, titles) for day in taught],
        holding=[_holding(scope, row) for row in rows],
        ways=[Way(way_words(mode), to_do_words(mode, its, hand_in)) for mode in ways(taught)],
    )


def _enrollment(scope: Scope, child: Student) -> Enrollment | None:
    """That of today, else the next one."""
    held = Enrollment.objects.filter(student=child, is_primary=True).exclude(ends_on__lt=scope.today)
    return held.exclude(exit_code=NO_SHOW).select_related("school").order_by("starts_on").first()


def _modes(scope: Scope, child: Student) -> QuerySet[ModeAssignment]:
    held = ModeAssignment.objects.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=scope.today), student=child)
    return held.select_related("section").order_by("starts_on", "pk")


@dataclass(frozen=True)
class _SessionDay:
    """A school day of the child's grade."""

    date: date
    kind: str
    rotation_day: str


def _session(enrollment: Enrollment, from_date: date) -> list[_SessionDay]:
    """The next school days of the child's own grade."""
    found = CalendarDay.objects.in_session().filter(school=enrollment.school_id, date__gte=from_date)
    days = list(found.order_by("date")[:DAYS_READ])
    own = GradeDay.objects.filter(calendar_day__in=[each.pk for each in days], grade=enrollment.grade)
    by_day = {each.calendar_day_id: each for each in own}
    held = ((day.date, by_day.get(day.pk, day)) for day in days)
    return [
        _SessionDay(day, its.day_kind, its.rotation_day)
        for day, its in held
        if its.in_session and (enrollment.ends_on is None or day <= enrollment.ends_on)
    ]


def _taught(day: _SessionDay, rows: Sequence[ModeAssignment], plan: Plan) -> TaughtDay:
    facts = [row.fact for row in rows]
    its = modes_on(
        day.date,
        facts,
        day_kind=day.kind,
        rotation_day=day.rotation_day,
        virtual_day_mode=plan.virtual_day_mode,
    )
    otherwise = tuple((section, mode) for section, mode in its.of_sections if mode != its.mode)
    return TaughtDay(day.date, its.mode, its.in_quarantine, otherwise)


def _hand_in(taught: Sequence[TaughtDay], calendar: Sequence[_SessionDay], plan: Plan) -> list[date]:
    """The last days for handing in the work of the weeks shown, as far as the calendar reaches."""
    found = []
    for last in hand_in_weeks(taught):
        after = [each.date for each in calendar if each.date.isocalendar()[:2] > last.isocalendar()[:2]]
        if (day := turn_in_day(after, plan)) is not None:
            found.append(day)
    return found


def _planned(day: TaughtDay, titles: Mapping[int | None, str]) -> PlannedDay:
    otherwise = [f"{titles[section]}: {way_words(mode)}" for section, mode in day.of_sections if section in titles]
    return PlannedDay(day.date, way_words(day.mode), otherwise)


def _holding(scope: Scope, row: ModeAssignment) -> Holding:
    weekdays = [str(each) for each in row.weekday_names] or [str(each) for each in row.rotation_days]
    span = span_words(row.starts_on, row.ends_on, scope.today)
    return Holding(way_words(row.mode), weekdays, row.section.title if row.section else "", span)
