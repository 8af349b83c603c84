"""What schools' calendars come to before the law: read in one go, and judged by the rules."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time

from attendance.models import AdoptedCalendar, CalendarDay, EventType, WaivedDay
from attendance.rules.filing_year import YearSpan
from attendance.rules.lawful_calendar import HeldDay, LawfulCalendar, Waiver, lawful_calendar
from attendance.rules.policy import Policy, policy_on
from attendance.rules.schedule import SchoolDay
from attendance.selectors.policies import policies
from attendance.selectors.school_bells import Bells, Ring, grades_at
from students.access import Scope


@dataclass(frozen=True)
class Baseline:
    """What a school's year is held against: the adopted days (None: none are kept) and the waivers that stand."""

    adopted: frozenset[date] | None
    waivers: Sequence[Waiver]


def calendar_laws(scope: Scope, school_ids: Collection[int], year: YearSpan) -> dict[int, LawfulCalendar]:
    """Whether the year's calendar of each school is lawful, of those that have a day in session; seven statements.

    The caller took the schools from the scope. The days due are those of the policy on the first day in session.
    """
    held = _held_days(scope, school_ids, year)
    standing = baselines(scope, school_ids, year)
    known = policies(scope)
    return {school_id: _judged(days, standing[school_id], known) for school_id, days in held.items()}


def _judged(days: Sequence[HeldDay], standing: Baseline, known: list[Policy]) -> LawfulCalendar:
    policy = policy_on(days[0].date, known)
    return lawful_calendar(
        days, standing.waivers, standing.adopted, due=policy.instructional_days, waivable=policy.waivable_days
    )


def baselines(scope: Scope, school_ids: Collection[int], year: YearSpan) -> Mapping[int, Baseline]:
    """What each school's year is held against; two statements. The caller took the schools from the scope."""
    adopted: dict[int, frozenset[date]] = {}
    for each in AdoptedCalendar.objects.filter(school__in=school_ids, first_year=year.first.year):
        adopted[each.school_id] = frozenset(each.session_days)
    waivers: dict[int, list[Waiver]] = defaultdict(list)
    for day in standing_waivers(scope, school_ids, year):
        waivers[day.school_id].append(Waiver(day.date, day.reason, day.document))
    return {school_id: Baseline(adopted.get(school_id), waivers[school_id]) for school_id in school_ids}


def standing_waivers(scope: Scope, school_ids: Collection[int], year: YearSpan) -> list[WaivedDay]:
    """The waived days of a year that nobody withdrew, by date. The caller took the schools from the scope."""
    standing = WaivedDay.objects.filter(school__in=school_ids, date__range=year, withdrawn_at__isnull=True)
    return list(standing.select_related("school", "entered_by").order_by("date", "school__name"))


def _held_days(scope: Scope, school_ids: Collection[int], year: YearSpan) -> dict[int, list[HeldDay]]:
    days = list(
        CalendarDay.objects.filter(school__in=school_ids, date__range=year)
        .prefetch_related("grade_days")
        .order_by("date", "school_id")
    )
    bells = Bells(scope, bell_schedule__school__in=school_ids)
    grades, known = grades_at(scope, school_ids), policies(scope)
    # A year has a handful of different days.
    offered: dict[tuple[int, time | None, Ring], Mapping[str, int]] = {}
    held: dict[int, list[HeldDay]] = defaultdict(list)
    for day in (each for each in days if each.in_session):
        of_school = grades[day.school_id]
        ring = (day.school_id, day.dismissal_time, bells.ring(day.bell_schedule_id, day.date))
        if ring not in offered:
            offered[ring] = _minutes(bells.school_day(day), of_school)
        own = list(day.grade_days.all())
        minutes = _minutes(bells.school_day(day, own), of_school) if own else offered[ring]
        least = min(offered[ring].values())
        held[day.school_id].append(_held(day, minutes, least, policy_on(day.date, known)))
    return held


def _minutes(day: SchoolDay, grades: Collection[str]) -> Mapping[str, int]:
    """The minutes that each grade with school is offered, or all alike where bells and days do not tell them apart."""
    if not day.own and not any(period.grades for period in day.periods):
        return {"": day.minutes_offered()}
    found = {grade: day.minutes_offered(grade) for grade in grades if day.of_grade(grade).in_session}
    return found or {"": day.minutes_offered()}


def _held(day: CalendarDay, minutes: Mapping[str, int], of_school: int, policy: Policy) -> HeldDay:
    is_cut = day.event_type == EventType.LATE_OR_EARLY or day.dismissal_time is not None
    due, wished = policy.minimum_minutes, policy.encouraged_minutes
    return HeldDay(day.date, day.day_kind, minutes, due, wished, is_cut, of_school)
