"""The pages that say whether calendars are lawful: the sentence of each school, its waivers and its adoptions."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import ngettext

from attendance.models import AdoptedCalendar, DayKind, EventType, WaivedDay
from attendance.rules.filing_year import year_around
from attendance.rules.lawful_calendar import LawfulCalendar
from attendance.selectors.calendar_entries import CalendarEntry, CalendarFigures
from attendance.selectors.calendar_law import laws_in, standing_waivers
from attendance.selectors.calendar_law_words import FaultLine, fault_lines, law_sentence
from attendance.selectors.calendar_words import entry_words
from attendance.selectors.calendar_year import SchoolCalendars
from attendance.selectors.local_times import local_time
from students.access import Scope
from students.models import School
from students.refusals import NotInScope
from students.rules.rights import Right
from students.selectors.places import schools_with_right

# A storm or a strike takes a day that was adopted; holidays were none.
_TAKEN = (EventType.EMERGENCY, EventType.STRIKE)


@dataclass(frozen=True)
class SchoolLaw:
    """A school's calendar before the law, in words."""

    school: School
    figures: CalendarFigures
    law: LawfulCalendar
    sentence: str
    faults: Sequence[FaultLine]

    @property
    def kinds(self) -> str:
        """How many days are held how (MS-38)."""
        return ", ".join(f"{n} {DayKind(kind).label.lower()}" for kind, n in self.law.kinds.items())

    @property
    def remark(self) -> str:
        """The days in person under what is encouraged (MS-41); empty without any."""
        days = len(self.law.encouraged)
        words = "%(n)s day in person offers fewer minutes than are encouraged"
        more = "%(n)s days in person offer fewer minutes than are encouraged"
        return ngettext(words, more, days) % {"n": days} if days else ""


@dataclass(frozen=True, slots=True)
class WaiverLine:
    """A waived day of a school, and what is wrong with it."""

    waiver: WaivedDay
    faults: Sequence[str]


@dataclass(frozen=True, slots=True)
class ChosenDay:
    """A date that a form offers, with what the calendars say of it; `is_likely` where it would be chosen."""

    date: date
    words: str
    is_likely: bool = False


@dataclass(frozen=True, slots=True)
class KeptAdoption:
    """An adopted calendar as it was kept: when (local), by whom, by which decision."""

    adopted: AdoptedCalendar
    at: datetime

    @property
    def days(self) -> int:
        """Its school days."""
        return len(self.adopted.session_days)


@dataclass(frozen=True)
class LawPage:
    """What the waivers' page and the adoption's need of the calendars that are shown."""

    calendars: SchoolCalendars
    laws: Sequence[SchoolLaw]
    waivers: Sequence[WaiverLine]
    withdrawn: Sequence[WaivedDay]
    adoptions: Sequence[KeptAdoption]

    @property
    def lost(self) -> Sequence[ChosenDay]:
        """The adopted days that could be waived: neither held nor waived in some school."""
        return _chosen(self.calendars, {day for each in self.laws for day in each.law.lost})

    @property
    def closed(self) -> Sequence[ChosenDay]:
        """The days out of session within the year, which may have been adopted as school days."""
        held = [each.date for each in self.calendars.entries if each.in_session]
        if not held:
            return ()
        closed = [each for each in self.calendars.entries if not each.in_session]
        found = {each.date for each in closed if min(held) <= each.date <= max(held)}
        likely = {each.date for each in closed if each.event_type in _TAKEN}
        return _chosen(self.calendars, found, likely)

    @property
    def edited(self) -> Sequence[ChosenDay]:
        """The days in session that were changed on a page, which may not have been adopted."""
        edited = {each.date for each in self.calendars.entries if each.in_session and each.is_edited}
        return _chosen(self.calendars, edited)


def school_laws(scope: Scope, calendars: SchoolCalendars) -> Sequence[SchoolLaw]:
    """The sentence and the faults of each school shown that has a day in session; two statements."""
    shown = {each.pk: each for each in calendars.shown}
    found = laws_in(scope, calendars.book, list(shown), year_around(calendars.year.starts_on))
    return [
        SchoolLaw(school, calendars.figures[pk], law, law_sentence(law), fault_lines(law))
        for pk, school in shown.items()
        if (law := found.get(pk))
    ]


def law_page(scope: Scope, calendars: SchoolCalendars) -> LawPage:
    """The waivers and adoptions of the calendars shown."""
    year, schools = year_around(calendars.year.starts_on), [each.pk for each in calendars.shown]
    laws = school_laws(scope, calendars)
    taken_back = WaivedDay.objects.filter(school__in=schools, date__range=year, withdrawn_at__isnull=False)
    kept = AdoptedCalendar.objects.filter(school__in=schools, first_year=year.first.year)
    return LawPage(
        calendars=calendars,
        laws=laws,
        waivers=[_waiver_line(each, laws) for each in standing_waivers(scope, schools, year)],
        withdrawn=list(taken_back.select_related("school", "withdrawn_by")),
        adoptions=[
            KeptAdoption(each, local_time(scope, each.recorded_at))
            for each in kept.select_related("school", "recorded_by")
        ],
    )


def waiver_of(scope: Scope, waiver_id: int) -> WaivedDay:
    """A waived day of a school that somebody reads. Raises NotInScope."""
    schools = schools_with_right(scope, Right.READ)
    found = WaivedDay.objects.filter(pk=waiver_id, school__in=schools)
    found = found.prefetch_related("documents")
    waiver = found.select_related("school", "entered_by", "withdrawn_by").first()
    if waiver is None:
        raise NotInScope
    return waiver


def _waiver_line(waiver: WaivedDay, laws: Sequence[SchoolLaw]) -> WaiverLine:
    of_school = (fault for each in laws if each.school.pk == waiver.school_id for fault in each.faults)
    return WaiverLine(waiver, [fault.words for fault in of_school if fault.day == waiver.date])


def _chosen(
    calendars: SchoolCalendars, days: Collection[date], likely: Collection[date] = frozenset()
) -> Sequence[ChosenDay]:
    return [ChosenDay(day, _words(calendars.by_date.get(day, ())), day in likely) for day in sorted(days)]


def _words(entries: Sequence[CalendarEntry]) -> str:
    return "; ".join(dict.fromkeys(entry_words(each) for each in entries)) or entry_words(None)
