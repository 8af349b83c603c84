"""A school's weeks in own time: missing interactions, weeks not reported, and the lists that teachers gave."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.core.paginator import Page, Paginator

from attendance.access import markable_sections
from attendance.rules.entry_window import week_of
from attendance.selectors.class_names import class_names, names_in_school
from attendance.selectors.contact_weeks import MissingContacts, missing_contacts, name_students
from attendance.selectors.entry_lines import Asked
from attendance.selectors.section_page import section_in_scope
from attendance.selectors.week_lists import WeekList, week_lists
from attendance.selectors.weekly import ONE_WEEK, WEEKS_SHOWN, Unreported, unreported
from attendance.selectors.weeks import Week, school_week
from students.access import Scope, visible_to
from students.models import School, Section
from students.refusals import NotInScope

PAGE_SIZE = 50


@dataclass(frozen=True)
class AskedSchool:
    """A school's list: of one teacher, up to a week, a page of it, and one of the weeks not reported beside it."""

    school_id: int | None = None
    teacher_id: int | None = None
    until: date | None = None
    page: int | str = 1
    reports: int | str = 1


@dataclass(frozen=True)
class SchoolWeekly:
    """Missing interactions and weeks not reported, of the weeks from `since` to `until`."""

    school: School
    schools: Sequence[School]
    since: date
    until: date
    today: date
    page: Page
    contacts: Sequence[MissingContacts]
    missing: int
    reports_page: Page
    reports: Sequence[Unreported]

    @property
    def earlier(self) -> date:
        """A day of the weeks before those shown."""
        return self.since - ONE_WEEK


def schools_read(scope: Scope) -> list[School]:
    """The schools whose weeks somebody reads."""
    return [each for each in visible_to(scope, School) if scope.reads(each.pk)]


def school_of(scope: Scope, school_id: int | None) -> tuple[School, list[School]]:
    """A school (by default the first) among those that somebody reads. Raises NotInScope."""
    schools = schools_read(scope)
    school = next((each for each in schools if school_id in (None, each.pk)), None)
    if school is None:
        raise NotInScope
    return school, schools


def school_weekly(scope: Scope, asked: AskedSchool) -> SchoolWeekly:
    """What a school's teachers owe of six weeks; the same number of statements for any number. Raises NotInScope."""
    school, schools = school_of(scope, asked.school_id)
    until = min(asked.until or scope.today, scope.today)
    since = max(week_of(until) - (WEEKS_SHOWN - 1) * ONE_WEEK, week_of(scope.year_starts_on))
    of = Asked(since, until, school_ids=[school.pk])
    contacts = [each for each in missing_contacts(scope, of) if _is_of(each, asked.teacher_id)]
    sections = list(Section.objects.filter(school=school).only("title", "school_id"))
    reports = [each for each in unreported(scope, sections, of) if _is_of(each, asked.teacher_id)]
    page = Paginator(contacts, PAGE_SIZE).get_page(asked.page)
    reports_page = Paginator(reports, PAGE_SIZE).get_page(asked.reports)
    shown, untold = list(page.object_list), list(reports_page.object_list)
    name_students(scope, shown)
    listed = {each.section_id for each in shown} | {each.section.pk for each in untold}
    names = names_in_school(scope, school.pk, listed)
    return SchoolWeekly(
        school=school,
        schools=schools,
        since=since,
        until=until,
        today=scope.today,
        page=page,
        contacts=[replace(each, title=names[each.section_id]) for each in shown],
        missing=sum(len(each.student_ids) for each in contacts),
        reports_page=reports_page,
        reports=[replace(each, title=names[each.section.pk]) for each in untold],
    )


def _is_of(line: MissingContacts | Unreported, teacher_id: int | None) -> bool:
    return teacher_id is None or (line.teacher is not None and line.teacher.pk == teacher_id)


@dataclass(frozen=True)
class SchoolWeek:
    """The lists of a school's week, class by class: those not reported in time first. `lines` are one page of them,
    each with what the class is called among those of its course.
    """

    school: School
    schools: Sequence[School]
    week: Week
    lists: Sequence[WeekList]
    page: Page
    lines: Sequence[tuple[str, WeekList]]

    @property
    def missing(self) -> int:
        """Classes that should have reported by now."""
        return sum(each.is_missing for each in self.lists)


def school_lists(scope: Scope, school_id: int | None, monday: date, number: int | str = 1) -> SchoolWeek:
    """A school's week; the same number of statements for any number of classes. Raises NotInScope."""
    school, schools = school_of(scope, school_id)
    week = school_week(scope, school.pk, monday)
    sections = list(Section.objects.filter(school=school))
    lists = sorted(week_lists(scope, sections, monday), key=lambda each: not each.is_missing)
    page, names = Paginator(lists, PAGE_SIZE).get_page(number), class_names(scope, [each.section for each in lists])
    lines = [(names[each.section.pk], each) for each in page.object_list]
    return SchoolWeek(school, schools, week, lists, page, lines)


@dataclass(frozen=True)
class SectionReport:
    """One class's week; `found` is None where nobody was in own time."""

    section: Section
    week: Week
    found: WeekList | None
    may_report: bool


def section_report(scope: Scope, section_id: int, monday: date) -> SectionReport:
    """The list of a class in scope. Raises NotInScope."""
    section = section_in_scope(scope, section_id)
    week = school_week(scope, section.school_id, monday)
    found = next(iter(week_lists(scope, [section], monday)), None)
    return SectionReport(section, week, found, markable_sections(scope).filter(pk=section.pk).exists())
