"""A school's bell schedules as their pages show them: what rings for whom, how many minutes it offers, and when."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from django.utils.translation import gettext as _

from attendance.models import IN_SESSION, BellChange, BellSchedule, CalendarDay, GradeDay, PeriodKind
from attendance.rules.bells import BellRow, grades_of, rings_for
from attendance.rules.policy import Policy, policy_on
from attendance.rules.schedule import BellPeriod, SchoolDay
from attendance.selectors.bell_days import rows_on
from attendance.selectors.local_times import local_time_of
from attendance.selectors.policies import policies
from attendance.selectors.school_bells import grades_at
from students.access import Scope, visible_to
from students.models import School
from students.refusals import NotInScope

SHORT, REMARK, FULL = "short", "remark", "full"
MOST_DAYS = 60
HATCH = 6


@dataclass(frozen=True)
class BellLine:
    """One period as it rings; `instruction` is 0 where it is no instruction."""

    name: str
    kind: str
    kind_words: str
    starts_at: time
    ends_at: time
    meal_starts_at: time | None
    meal_ends_at: time | None
    instruction: int


@dataclass(frozen=True)
class Bar:
    """A stretch of the ruler, in minutes from its beginning; `label` where it is wide enough for the name."""

    starts: int
    minutes: int
    kind: str
    label: str

    @property
    def middle(self) -> int:
        """Where the label stands."""
        return self.starts + self.minutes // 2

    @property
    def hatches(self) -> range:
        """Where the strokes begin that tell a meal from a class without colour."""
        return range(self.starts, self.starts + self.minutes - HATCH + 1, HATCH)


@dataclass(frozen=True)
class Ruler:
    """The bars of a day between two whole hours, with a tick at each hour."""

    minutes: int
    bars: Sequence[Bar]
    hours: Sequence[tuple[int, str]]


@dataclass(frozen=True)
class Ringing:
    """What rings for some grades alike; `judged` is short (MS-02), remark (MS-41) or full, by the policy's minutes."""

    grades: str
    lines: Sequence[BellLine]
    minutes: int
    judged: str
    ruler: Ruler


@dataclass(frozen=True)
class Use:
    """The school days that ring by a schedule: past ones, those from today on, and the last and the next of them."""

    past: int
    coming: int
    last: date | None
    next: date | None

    @property
    def is_unused(self) -> bool:
        """Whether no day of the calendar rings by it."""
        return not self.past and not self.coming


@dataclass(frozen=True)
class Schedule:
    """A bell schedule on a day. `changes_on` is the next day from which it rings otherwise."""

    id: int
    school_id: int
    school: str
    name: str
    is_imported: bool
    made_by: str
    made_at: datetime | None
    ringings: Sequence[Ringing]
    use: Use
    changes_on: date | None


@dataclass(frozen=True)
class BellsPage:
    """The schedules of a school that somebody administers, those in use first."""

    school: School
    schools: Sequence[School]
    today: date
    policy: Policy
    schedules: Sequence[Schedule]


@dataclass(frozen=True)
class SchedulePage:
    """A schedule with its changes, the newest first, and the days from today on that ring by it."""

    schedule: Schedule
    on: date
    policy: Policy
    changes: Sequence[BellChange]
    days: Sequence[date]
    rows: Sequence[BellRow]


def bells_page(scope: Scope, school_id: int | None) -> BellsPage:
    """The bells of a school (by default the first) that somebody administers; the same number of statements however
    many they are. Raises NotInScope for any other.
    """
    schools = [each for each in visible_to(scope, School) if scope.administers(each.pk)]
    school = next((each for each in schools if school_id in (None, each.pk)), None)
    if school is None:
        raise NotInScope
    held = BellSchedule.objects.filter(school=school).select_related("school", "made_by").prefetch_related("periods")
    policy = policy_on(scope.today, policies(scope))
    schedules = _schedules(scope, list(held.order_by("name")), scope.today, policy)
    ordered = sorted(schedules, key=lambda each: (not each.use.coming, each.use.is_unused, each.name))
    return BellsPage(school, schools, scope.today, policy, ordered)


def schedule_page(scope: Scope, schedule_id: int, on: date | None = None) -> SchedulePage:
    """A schedule as it rings on a day, today where none is given. Raises NotInScope for who does not administer it."""
    held = BellSchedule.objects.select_related("school", "made_by").prefetch_related("periods")
    found = held.filter(pk=schedule_id, school__in=visible_to(scope, School)).first()
    if found is None or not scope.administers(found.school_id):
        raise NotInScope
    day = on or scope.today
    policy = policy_on(day, policies(scope))
    [schedule] = _schedules(scope, [found], day, policy)
    coming = sorted(each for each in _days(found.school_id)[found.pk] if each >= scope.today)
    changes = list(found.changes.select_related("made_by"))
    return SchedulePage(schedule, day, policy, changes, coming[:MOST_DAYS], rows_on(scope, found, day))


def _schedules(scope: Scope, held: Collection[BellSchedule], day: date, policy: Policy) -> list[Schedule]:
    schools = {each.school_id for each in held}
    grades = grades_at(scope, schools)
    days = {school_id: _days(school_id) for school_id in schools}
    return [
        _schedule(scope, each, day, policy, grades[each.school_id], days[each.school_id].get(each.pk, set()))
        for each in held
    ]


def _days(school_id: int) -> Mapping[int, set[date]]:
    """The school days by the schedule that they ring by."""
    days: dict[int, set[date]] = defaultdict(set)
    whole = CalendarDay.objects.filter(school=school_id, event_type__in=IN_SESSION)
    own = GradeDay.objects.filter(calendar_day__school=school_id, event_type__in=IN_SESSION)
    for schedule, day in [
        *whole.values_list("bell_schedule", "date"),
        *own.values_list("bell_schedule", "calendar_day__date"),
    ]:
        days[schedule].add(day)
    return days


def _schedule(
    scope: Scope, held: BellSchedule, day: date, policy: Policy, grades: Sequence[str], days: set[date]
) -> Schedule:
    rows = list(held.periods.all())
    return Schedule(
        id=held.pk,
        school_id=held.school_id,
        school=held.school.name,
        name=held.name,
        is_imported=held.is_imported,
        made_by=held.made_by.full_name if held.made_by else "",
        made_at=local_time_of(scope, held.made_at),
        ringings=_ringings([row.rung for row in rows if row.holds_on(day)], grades, policy),
        use=_use(scope, days),
        changes_on=min((row.starts_on for row in rows if row.starts_on > day), default=None),
    )


def _use(scope: Scope, days: set[date]) -> Use:
    past, coming = {each for each in days if each < scope.today}, {each for each in days if each >= scope.today}
    return Use(len(past), len(coming), max(past, default=None), min(coming, default=None))


def ringings_of(scope: Scope, school_id: int, rows: Iterable[BellRow]) -> Sequence[Ringing]:
    """What rows would ring at a school, by today's policy. The caller took the school from the scope."""
    grades = grades_at(scope, [school_id])[school_id]
    return _ringings([row.period for row in rows], grades, policy_on(scope.today, policies(scope)))


def _ringings(periods: Sequence[BellPeriod], grades: Sequence[str], policy: Policy) -> list[Ringing]:
    """What rings, once for all grades of the school that hear the same."""
    if not grades_of(periods):
        return [_ringing(_("All grades"), periods, "", policy)] if periods else []
    alike: dict[tuple[BellPeriod, ...], list[str]] = {}
    for grade in sorted({*grades, *grades_of(periods)}):
        alike.setdefault(tuple(rings_for(periods, grade)), []).append(grade)
    return [_ringing(_named(of), periods, of[0], policy) for of in alike.values()]


def _named(grades: Sequence[str]) -> str:
    return (_("Grade %(grades)s") if len(grades) == 1 else _("Grades %(grades)s")) % {"grades": ", ".join(grades)}


def _ringing(named: str, periods: Sequence[BellPeriod], grade: str, policy: Policy) -> Ringing:
    rung = rings_for(periods, grade)
    minutes = SchoolDay(date.min, True, "", periods).minutes_offered(grade)
    return Ringing(named, [_line(each) for each in rung], minutes, _judged(minutes, policy), _ruler(rung))


def _judged(minutes: int, policy: Policy) -> str:
    """What a day of so many instructional minutes is: short (MS-02), to be remarked (MS-41), or full."""
    if minutes < policy.minimum_minutes:
        return SHORT
    return REMARK if minutes < policy.encouraged_minutes else FULL


def _line(period: BellPeriod) -> BellLine:
    times, meal = period.times, period.times.deduction
    return BellLine(
        name=period.name,
        kind=period.kind,
        kind_words=str(PeriodKind(period.kind).label),
        starts_at=_clock(times.span.starts),
        ends_at=_clock(times.span.ends),
        meal_starts_at=_clock(meal.starts) if meal else None,
        meal_ends_at=_clock(meal.ends) if meal else None,
        instruction=times.instructional_minutes if period.is_instruction else 0,
    )


def _clock(minute: int) -> time:
    return time(minute // 60, minute % 60)


def _ruler(rung: Iterable[BellPeriod]) -> Ruler:
    spans = [(each, each.times.span) for each in rung]
    first = min(span.starts for _, span in spans) // 60 * 60
    last = -(-max(span.ends for _, span in spans) // 60) * 60
    bars = [Bar(span.starts - first, span.minutes, _look(each), _label(each)) for each, span in spans]
    meals = [
        Bar(each.times.deduction.starts - first, each.times.deduction.minutes, "meal", "")
        for each, _ in spans
        if each.times.deduction and each.is_instruction
    ]
    hours = [(hour - first, f"{hour // 60 % 12 or 12}") for hour in range(first, last + 1, 60)]
    return Ruler(last - first, [*bars, *meals], hours)


def _look(period: BellPeriod) -> str:
    return "class" if period.is_instruction else "meal"


def _label(period: BellPeriod) -> str:
    """A name of so many characters as fit."""
    return period.name if len(period.name) * 9 <= period.times.span.minutes else ""
