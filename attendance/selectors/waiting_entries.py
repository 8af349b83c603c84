"""What waits to be entered, and what was entered late: of a school by class, and of a district by school."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.core.paginator import Page, Paginator

from attendance.rules.entry_window import LATE, NOT_DUE, OVERDUE, days_late, week_of
from attendance.selectors.class_names import names_in_school
from attendance.selectors.entry_counts import entries_counted_at
from attendance.selectors.entry_lines import Asked, EntryLine, entered_late, open_entries
from attendance.selectors.entry_totals import WaitingTotal, waiting_entries
from attendance.selectors.school_weekly import PAGE_SIZE, AskedSchool, school_of, schools_read
from attendance.selectors.weekly import ONE_WEEK, WEEKS_SHOWN
from students.access import Scope
from students.models import School
from students.refusals import NotInScope
from students.rules.rights import Right


@dataclass(frozen=True)
class SchoolEntry:
    """What waits to be entered in a school, and what was entered late, of the weeks from `since` to today."""

    school: School
    schools: Sequence[School]
    since: date
    today: date
    page: Page
    lines: Sequence[EntryLine]
    # The first of them; `entered_late` counts all.
    late: Sequence[EntryLine]
    entered_late: int
    counts: dict[str, int]


def school_entry(scope: Scope, asked: AskedSchool) -> SchoolEntry:
    """The entry window of a school since the year began (what was entered late: of six weeks). Raises NotInScope."""
    school, schools = school_of(scope, asked.school_id)
    since = _six_weeks(scope)
    whole = Asked(scope.year_starts_on, scope.today, school_ids=[school.pk])
    lines = [each for each in open_entries(scope, whole) if _is_asked(each, asked)]
    entered = entered_late(scope, Asked(since, scope.today, school_ids=[school.pk]))
    late = [each for each in entered if _is_asked(each, asked)]
    page, first = Paginator(lines, PAGE_SIZE).get_page(asked.page), late[:PAGE_SIZE]
    names = names_in_school(scope, school.pk, {each.section_id for each in (*page, *first)})
    return SchoolEntry(
        school=school,
        schools=schools,
        since=since,
        today=scope.today,
        page=page,
        lines=[replace(each, title=names[each.section_id]) for each in page],
        late=[replace(each, title=names[each.section_id]) for each in first],
        entered_late=len(late),
        counts=_counts(lines),
    )


def _is_asked(line: EntryLine, asked: AskedSchool) -> bool:
    return asked.teacher_id is None or line.is_of(asked.teacher_id)


def _counts(lines: Sequence[EntryLine]) -> dict[str, int]:
    counts = sum((line.by_state for line in lines), Counter[str]())
    return {state: counts[state] for state in (NOT_DUE, LATE, OVERDUE)}


@dataclass(frozen=True)
class SchoolEntryLine:
    """A school in the district's list: its entries by how late they are, and days since the oldest was due."""

    school: School
    waiting: WaitingTotal
    oldest: int


@dataclass(frozen=True)
class DistrictEntry:
    """Every school, the worst first, as counted at an instant; None where no school was counted yet."""

    lines: Sequence[SchoolEntryLine]
    counted_at: datetime | None
    is_counted: bool


def district_entry(scope: Scope) -> DistrictEntry:
    """Every school that somebody reads; so many statements however many. Raises NotInScope where nobody reads the
    district.
    """
    if not scope.everywhere(Right.READ):
        raise NotInScope
    schools = schools_read(scope)
    ids = [each.pk for each in schools]
    totals = waiting_entries(scope, ids, _six_weeks(scope))
    at, is_counted = entries_counted_at(scope, ids)
    lines = [_of_school(scope, each, totals.get(each.pk, WaitingTotal())) for each in schools]
    worst = sorted(lines, key=lambda line: (-line.oldest, line.school.name))
    return DistrictEntry(worst, at, is_counted)


def _of_school(scope: Scope, school: School, waiting: WaitingTotal) -> SchoolEntryLine:
    return SchoolEntryLine(school, waiting, days_late(waiting.oldest, scope.today) if waiting.oldest else 0)


def _six_weeks(scope: Scope) -> date:
    """The Monday from which on what was entered late is told."""
    return max(week_of(scope.today) - (WEEKS_SHOWN - 1) * ONE_WEEK, week_of(scope.year_starts_on))
