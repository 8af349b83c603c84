"""What schools' calendars come to before the law: read in one go, and judged by the rules."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from operator import attrgetter

from attendance.models import AdoptedCalendar, CalendarDay, EventType, GradeDay, WaivedDay
from attendance.rules.filing_year import YearSpan
from attendance.rules.lawful_calendar import HeldDay, LawfulCalendar, Waiver, lawful_calendar
from attendance.rules.policy import Policy
from attendance.rules.schedule import SchoolDay
from attendance.selectors.calendar_book import CalendarBook, Offer, Rung, calendar_book
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
    return laws_in(scope, calendar_book(scope, school_ids, *year), school_ids, year)


def laws_in(scope: Scope, book: CalendarBook, school_ids: Collection[int], year: YearSpan) -> dict[int, LawfulCalendar]:
    """The same of a book that holds the year's days of the schools."""
    standing = baselines(scope, school_ids, year)
    # Most schools of a district have one calendar, and are judged alike.
    judged: list[tuple[list[HeldDay], Baseline, LawfulCalendar]] = []
    found = {}
    for school_id, days in _held_days(book).items():
        baseline = standing[school_id]
        law = next((law for its, held_to, law in judged if held_to == baseline and its == days), None)
        if law is None:
            law = _judged(days, baseline, book.policy(days[0].date))
            judged.append((days, baseline, law))
        found[school_id] = law
    return found


def _judged(days: Sequence[HeldDay], standing: Baseline, policy: Policy) -> LawfulCalendar:
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


def _held_days(book: CalendarBook) -> dict[int, list[HeldDay]]:
    """The days in session of each school, in order."""
    days = _HeldDays(book)
    held: dict[int, list[HeldDay]] = defaultdict(list)
    for rung in book.rung:
        if rung.alike.day.in_session:
            held[rung.alike.day.school_id] += days.of(rung)
    return {school_id: sorted(its, key=attrgetter("date")) for school_id, its in held.items()}


class _HeldDays:
    """Days as they are judged. A date that schools hold alike is one day, so that their years are quick to compare."""

    def __init__(self, book: CalendarBook) -> None:
        self._book = book
        self._offered: dict[Offer, Mapping[str, int]] = {}
        self._known: dict[tuple[object, ...], HeldDay] = {}

    def of(self, rung: Rung) -> list[HeldDay]:
        day, usual = rung.alike.day, self._usual(rung)
        said = (day.day_kind, _is_cut(day), min(usual.values()))
        own = self._book.own
        return [
            self._one(on, *said, self._minutes(day, on, its) if (its := own.get((day.school_id, on))) else usual)
            for on in rung.dates
        ]

    def _usual(self, rung: Rung) -> Mapping[str, int]:
        """The minutes by the school's own bells."""
        if rung.offer not in self._offered:
            self._offered[rung.offer] = self._minutes(rung.alike.day, rung.dates[0], ())
        return self._offered[rung.offer]

    def _minutes(self, day: CalendarDay, on: date, own: Iterable[GradeDay]) -> Mapping[str, int]:
        return _minutes(self._book.bells.school_day(day, own, on=on), self._book.grades[day.school_id])

    def _one(self, on: date, kind: str, is_cut: bool, of_school: int, minutes: Mapping[str, int]) -> HeldDay:
        alike = (on, kind, is_cut, of_school, *minutes.items())
        if alike not in self._known:
            policy = self._book.policy(on)
            due, wished = policy.minimum_minutes, policy.encouraged_minutes
            self._known[alike] = HeldDay(on, kind, minutes, due, wished, is_cut, of_school)
        return self._known[alike]


def _minutes(day: SchoolDay, grades: Collection[str]) -> Mapping[str, int]:
    """The minutes that each grade with school is offered, or all alike where bells and days do not tell them apart."""
    if not day.own and not any(period.grades for period in day.periods):
        return {"": day.minutes_offered()}
    found = {grade: day.minutes_offered(grade) for grade in grades if day.of_grade(grade).in_session}
    return found or {"": day.minutes_offered()}


def _is_cut(day: CalendarDay) -> bool:
    return day.event_type == EventType.LATE_OR_EARLY or day.dismissal_time is not None
