"""Engagement that established nothing, with the reason, a week at a time: what an office looks through (MS-15)."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.core.paginator import Page, Paginator

from attendance.models import Engagement
from attendance.rules.entry_window import sunday_of
from attendance.selectors.engagement import TALK, Engaged, engagements
from attendance.selectors.judged import judged_days
from students.access import Scope, visible_to
from students.models import School, Student
from students.refusals import NotInScope

PAGE_SIZE = 50


@dataclass(frozen=True, slots=True)
class UnusedLine:
    """One event that was not used, and whose it is."""

    name: str
    its: Engaged


@dataclass(frozen=True)
class UnusedPage:
    """A week of a school, or of all in sight (no `school_id`); `counts` by reason whatever reason is asked for."""

    monday: date
    today: date
    schools: list[School]
    school_id: int | None
    why: str
    counts: Mapping[str, int]
    page: Page

    @property
    def previous(self) -> date:
        """The Monday before."""
        return self.monday - timedelta(days=7)

    @property
    def following(self) -> date | None:
        """The Monday after, unless it is to come."""
        after = self.monday + timedelta(days=7)
        return after if after <= self.today else None


def unused_engagement(scope: Scope, monday: date, *, school_id: int | None, why: str, page: str) -> UnusedPage:
    """What happened in a week and counted for nothing, by time. Raises NotInScope for who reads no school.

    As many statements whatever its size.
    """
    if not scope.reads_schools:
        raise NotInScope
    sunday = sunday_of(monday)
    told = Engagement.objects.filter(day__range=(monday, sunday), student__in=visible_to(scope, Student).values("pk"))
    students = sorted(set(told.values_list("student_id", flat=True)))
    judged = [
        each
        for each in judged_days(scope, students, monday, sunday)
        if school_id in (None, each.day.school_id) and scope.reads(each.day.school_id)
    ]
    unused = [
        its
        for (_, day), rows in engagements(scope, judged).items()
        for its in rows
        if its.unused and its.happened_on == day and its.source != TALK
    ]
    chosen = sorted((its for its in unused if why in ("", its.unused)), key=lambda its: (its.at, its.student_id))
    shown = Paginator(chosen, PAGE_SIZE).get_page(page)
    shown.object_list = _named(scope, list(shown.object_list))  # type: ignore[assignment]
    return UnusedPage(
        monday=monday,
        today=scope.today,
        schools=[each for each in visible_to(scope, School).order_by("name") if scope.reads(each.pk)],
        school_id=school_id,
        why=why,
        counts=Counter(its.unused for its in unused),
        page=shown,
    )


def _named(scope: Scope, rows: list[Engaged]) -> list[UnusedLine]:
    students = visible_to(scope, Student).in_bulk({its.student_id for its in rows})
    return [UnusedLine(students[its.student_id].listed_name, its) for its in rows]
