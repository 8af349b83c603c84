"""Which classes need taking now: one's own, and those of schools whose day somebody keeps."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta

from attendance.models import MeetingState
from attendance.rules.minutes import minute_of
from attendance.selectors.class_names import class_names
from attendance.selectors.district_board import SchoolLine, school_lines
from attendance.selectors.entry_totals import overdue_entries
from attendance.selectors.local_times import local_time
from attendance.selectors.missing_classes import Missing
from attendance.selectors.missing_meetings import DAYS
from attendance.selectors.today import Today, TodayMeeting
from reporting.rules.class_figures import RECENT_DAYS, Count, class_counts
from reporting.rules.home_needs import ClassHours, Comes, Need, Next, What, class_to_take
from reporting.selectors.class_days import days_of_classes
from reporting.selectors.home_places import Places
from students.access import Scope, taught_section_ids
from students.models import Section


def own_needs(scope: Scope, page: Today) -> Iterator[Need]:
    """What a teacher's own classes ask; nothing is read that Today does not show."""
    minute = minute_of(local_time(scope, scope.now).time())
    opened = [each for each in page.meetings if each.is_open and each.roster]
    place = class_to_take([_hours(each) for each in opened], minute)
    if place is not None:
        yield _class(opened[place])
    if page.missing.oldest:
        yield _before(page.missing.count, page.missing.oldest)
    yield Need(What.OWN_TIME, page.late_weeks)
    yield Need(What.REQUESTS, page.requests)


def _hours(each: TodayMeeting) -> ClassHours:
    return ClassHours(minute_of(each.starts_at), minute_of(each.ends_at))


def _class(each: TodayMeeting) -> Need:
    leads = (each.section_id, each.date) if each.is_homeroom else (each.id,)
    return Need(What.CLASS, each.unmarked or each.roster, None, each.ends_at, each.title, each.unmarked, leads)


def _before(count: int, oldest: Missing) -> Need:
    """Classes of earlier days; a single one leads to its own page."""
    leads: tuple = ()
    if count == 1:
        leads = (oldest.section_id, oldest.date) if oldest.is_homeroom else (oldest.id,)
    return Need(What.MINE_BEFORE, count, oldest.date, None, oldest.title, 0, leads)


def own_next(scope: Scope, page: Today) -> Iterator[Next]:
    """The class that comes next today."""
    for each in page.meetings:
        if each.opens_at and each.state == MeetingState.EXPECTED:
            yield Next(Comes.CLASS, each.date, each.starts_at, each.title)


@dataclass(frozen=True)
class OwnClass:
    """A class of one's own with its last four weeks, as its figures count them."""

    section_id: int
    title: str
    recent: Count


def own_classes(scope: Scope) -> list[OwnClass]:
    """The classes that somebody teaches, by title; three statements at most, whatever they are."""
    taught = Section.objects.filter(pk__in=taught_section_ids(scope)).order_by("title", "pk")
    since = scope.today - timedelta(days=RECENT_DAYS - 1)
    sections = list(taught)
    days = days_of_classes(scope, [each.pk for each in sections], since, scope.today) if sections else {}
    counted = {section_id: class_counts(found, scope.today).whole.recent for section_id, found in days.items()}
    return [OwnClass(pk, title, counted[pk]) for pk, title in class_names(scope, sections).items() if pk in counted]


def school_needs(scope: Scope, places: Places, lines: Sequence[SchoolLine]) -> Iterator[Need]:
    """Classes of the schools in which that is asked of somebody, from the lines of their boards."""
    asked = {each.pk for each in places.of(What.UNTAKEN)}
    due = [each for each in lines if each.school.pk in asked and each.due]
    yield Need(What.UNTAKEN, sum(each.due for each in due), leads=_of_one(due), more=len(due))
    asked = {each.pk for each in places.of(What.BEFORE)}
    late = [each for each in lines if each.school.pk in asked and each.late + each.overdue]
    since = min((each.oldest for each in late if each.oldest), default=None)
    number = sum(each.late + each.overdue for each in late)
    yield Need(What.BEFORE, number, since, more=len(late), leads=_of_one(late))


def _of_one(lines: Sequence[SchoolLine]) -> tuple[int, ...]:
    return (lines[0].school.pk,) if len(lines) == 1 else ()


def board_lines(scope: Scope, places: Places) -> Sequence[SchoolLine]:
    """The boards of today in brief, of every school that somebody reads; so many statements however many.

    With the classes of the days before that the board of a school lists, for whoever is asked for them.
    """
    if not places.schools:
        return []
    since = scope.today - timedelta(days=DAYS) if What.BEFORE in places.asked else None
    return school_lines(scope, places.schools, scope.today, since=since)


def entry_needs(scope: Scope, places: Places) -> Iterator[Need]:
    """Entries that are overdue in the schools in which that is asked of somebody (RD-25), as they were counted."""
    ids = [each.pk for each in places.of(What.ENTRIES)]
    number, since = overdue_entries(scope, ids) if ids else (0, None)
    yield Need(What.ENTRIES, number, since, leads=tuple(ids) if len(ids) == 1 else ())
