"""What the weeks of own-time classes still ask: of a teacher, and of a school's teachers (MS-22, MS-24b, MS-26)."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from attendance.rules.entry_window import NOT_DUE, days_late, entry_due, sunday_of, week_of
from attendance.rules.interactions import MISSING
from attendance.rules.modes import OFFLINE_PACKETS
from attendance.rules.plan import Plan, plan_on
from attendance.selectors.class_names import class_names
from attendance.selectors.contact_weeks import OPEN_STATES, MissingContacts, missing_contacts, name_students
from attendance.selectors.entry_lines import WORK, Asked, EntryLine, open_entries
from attendance.selectors.own_time import days_in_own_time
from attendance.selectors.plans import plans
from attendance.selectors.school_days import session_days
from attendance.selectors.section_teachers import SectionTeachers
from attendance.selectors.week_lists import untold_weeks
from students.access import Scope, taught_section_ids, visible_to
from students.models import Section, User

# How far back the lists of a school look at once; older weeks are a page further.
WEEKS_SHOWN = 6
ONE_WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Unreported:
    """A class's week of which the school was not told, and since when it should have been."""

    section: Section
    title: str
    monday: date
    teacher: User | None
    due_on: date
    days_late: int


@dataclass(frozen=True)
class Weekly:
    """A teacher's page. What is not due yet stands beside what is late."""

    today: date
    entries: Sequence[EntryLine]
    contacts: Sequence[MissingContacts]
    reports: Sequence[Unreported]
    teaches: bool

    @property
    def late(self) -> int:
        """How many lines are late or missing: what Today reminds of."""
        entries = sum(each.state != NOT_DUE for each in self.entries)
        return entries + sum(each.state == MISSING for each in self.contacts) + len(self.reports)


def weekly_page(scope: Scope) -> Weekly:
    """What a teacher's own classes ask, from the year's first day; the same number of statements for any number."""
    mine = _taught(scope)
    found = _asked(scope, mine)
    name_students(scope, found.contacts)
    names = class_names(scope, mine)
    return replace(
        found,
        entries=[replace(each, title=names[each.section_id]) for each in found.entries],
        contacts=[replace(each, title=names[each.section_id]) for each in found.contacts],
        reports=[replace(each, title=names[each.section.pk]) for each in found.reports],
    )


def late_weeks(scope: Scope, section_ids: Collection[int]) -> int:
    """How many lines of a teacher's weeks are late or missing; one statement where no student is in own time."""
    own = days_in_own_time(scope, section_ids, scope.year_starts_on, scope.today)
    return _asked(scope, _taught(scope)).late if own.exists() else 0


def _taught(scope: Scope) -> list[Section]:
    return list(visible_to(scope, Section).filter(pk__in=taught_section_ids(scope)))


def _asked(scope: Scope, mine: Sequence[Section]) -> Weekly:
    """The lines of one's classes, their students not named, nor the classes told apart."""
    if not mine:
        return Weekly(scope.today, [], [], [], teaches=False)
    asked = Asked(scope.year_starts_on, scope.today, [each.pk for each in mine])
    entries = [each for each in open_entries(scope, asked) if each.kind == WORK and each.is_of(scope.user_id)]
    contacts = [each for each in missing_contacts(scope, asked, states=OPEN_STATES) if each.is_of(scope.user_id)]
    reports = [each for each in unreported(scope, mine, asked) if each.teacher and each.teacher.pk == scope.user_id]
    return Weekly(scope.today, entries, contacts, reports, teaches=True)


def unreported(scope: Scope, sections: Sequence[Section], asked: Asked) -> list[Unreported]:
    """Weeks of classes past their turn-in of which nothing was reported, the oldest first; five statements."""
    of = {each.pk: each for each in sections}
    weeks = [(of[pk], monday) for pk, monday in untold_weeks(scope, list(of), week_of(asked.from_date), asked.to_date)]
    days = session_days(scope, {each.school_id for each in sections}, week_of(asked.from_date))
    known, teachers = plans(scope), SectionTeachers(scope, {section.pk for section, _ in weeks})
    asked_of = {(section.school_id, monday) for section, monday in weeks}
    # Hundreds of classes of a school share a week.
    ends = {(school, monday): _ends(known, school, monday, days[school]) for school, monday in asked_of}
    found, today = [], scope.today
    for section, monday in weeks:
        due, last = ends[section.school_id, monday]
        if late := days_late(due, today):
            found.append(Unreported(section, section.title, monday, teachers.on(section.pk, last), due, late))
    return sorted(found, key=lambda each: (each.monday, each.section.title, each.section.pk))


def _ends(known: Sequence[Plan], school_id: int, monday: date, days: Sequence[date]) -> tuple[date, date]:
    """When a school's week is to be reported, and its last day in session.

    A report tells of the whole week: it is due when the week's work is in, daily entry or not.
    """
    plan, sunday = plan_on(monday, known, school_id=school_id, grade=""), sunday_of(monday)
    last = max((day for day in days if monday <= day <= sunday), default=monday)
    return entry_due(monday, OFFLINE_PACKETS, plan, days), last
