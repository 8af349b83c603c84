"""A class: when it meets, who taught it from when to when, and who stands on its roster on a day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from attendance.models import ClassMeeting, SectionMeetingTime
from attendance.rules.entry_window import week_of
from students.access import Scope, visible_to
from students.models import Section, SectionEnrollment, SectionTeacher, Student, User
from students.refusals import NotInScope


@dataclass(frozen=True)
class RosterLine:
    """A student on the roster of a day; `ends_on` where the roster says so."""

    student: Student
    starts_on: date
    ends_on: date | None


@dataclass(frozen=True)
class SectionPage:
    """A class and its facts over time; the roster and the meetings are those of `on`."""

    section: Section
    on: date
    times: Sequence[SectionMeetingTime]
    teachers: Sequence[SectionTeacher]
    roster: Sequence[RosterLine]
    meetings: Sequence[ClassMeeting]
    joins_later: int
    left_before: int
    may_appoint: bool
    staff: Sequence[User]

    @property
    def monday(self) -> date:
        """The first day of the week of `on`."""
        return week_of(self.on)


def section_in_scope(scope: Scope, section_id: int) -> Section:
    """A class. Raises NotInScope."""
    section = visible_to(scope, Section).select_related("course", "school").filter(pk=section_id).first()
    if section is None:
        raise NotInScope
    return section


def section_page(scope: Scope, section_id: int, on: date) -> SectionPage:
    """The page of a class; the same number of statements however many stand on its roster. Raises NotInScope."""
    section = section_in_scope(scope, section_id)
    listed = list(SectionEnrollment.objects.filter(section=section).select_related("student"))
    may_appoint = scope.administers(section.school_id)
    return SectionPage(
        section=section,
        on=on,
        times=list(SectionMeetingTime.objects.filter(section=section).order_by("starts_on", "period")),
        teachers=list(_teachers(section)),
        roster=_roster(listed, on),
        meetings=list(visible_to(scope, ClassMeeting).filter(section=section, date=on).order_by("starts_at")),
        joins_later=sum(each.starts_on > on for each in listed),
        left_before=sum(each.ends_on is not None and each.ends_on < on for each in listed),
        may_appoint=may_appoint,
        staff=list(_staff()) if may_appoint else [],
    )


def _teachers(section: Section) -> QuerySet[SectionTeacher]:
    rows = SectionTeacher.objects.filter(section=section).select_related("user", "entered_by")
    return rows.order_by("-starts_on", "-is_primary", "id")


def _roster(listed: Sequence[SectionEnrollment], on: date) -> list[RosterLine]:
    lines = [RosterLine(each.student, each.starts_on, each.ends_on) for each in listed if each.holds_on(on)]
    return sorted(lines, key=lambda line: (line.student.sort_name, line.student.pk))


def _staff() -> QuerySet[User]:
    """Whoever may stand before a class: every account of the district that signs in."""
    return User.objects.filter(is_active=True).order_by("family_name", "given_name", "pk")
