"""Rosters to be marked by hand, for a substitute or while nothing else works."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time

from attendance.models import ClassMeeting, MeetingState
from attendance.selectors.office_days import office
from attendance.selectors.office_notes import NOTHING, office_notes
from attendance.selectors.roster import live_rosters_on
from attendance.selectors.section_page import section_in_scope
from students.access import Scope, visible_to
from students.models import School, Section, SectionEnrollment, SectionTeacher


@dataclass(frozen=True)
class PaperMeeting:
    """A column to be marked; the times are local."""

    period: str
    starts_at: time
    ends_at: time


@dataclass(frozen=True)
class PaperPupil:
    """A line; `office` is what a shared paper may say of the day (RD-60)."""

    name: str
    office: str


@dataclass(frozen=True)
class PaperRoster:
    """One class's sheet."""

    section: Section
    teachers: Sequence[str]
    meetings: Sequence[PaperMeeting]
    pupils: Sequence[PaperPupil]


@dataclass(frozen=True)
class Papers:
    """The sheets of a day, in the order of the first bell and the title."""

    school: School
    day: date
    rosters: Sequence[PaperRoster]


def paper_of_section(scope: Scope, section_id: int, day: date) -> Papers:
    """The sheet of one class in scope. Raises NotInScope."""
    section = section_in_scope(scope, section_id)
    return Papers(section.school, day, _rosters(scope, section.school, day, [section]))


def papers_of_school(scope: Scope, school_id: int | None, day: date) -> Papers:
    """The sheets of all classes of a school that meet that day, in so many statements however many they are.

    Where no meeting is known yet, of all classes with students. Raises NotInScope or Forbidden.
    """
    school = office(scope, school_id)
    held = ClassMeeting.objects.filter(school=school, date=day).exclude(state=MeetingState.VOID).values("section_id")
    listed = SectionEnrollment.objects.holding_on(day).values("section_id")
    sections = Section.objects.filter(school=school).select_related("course", "school")
    meeting = list(sections.filter(pk__in=held)) or list(sections.filter(pk__in=listed))
    return Papers(school, day, _rosters(scope, school, day, meeting))


def _rosters(scope: Scope, school: School, day: date, sections: Sequence[Section]) -> list[PaperRoster]:
    ids = [each.pk for each in sections]
    rosters = live_rosters_on(scope, ids, day)
    notes = office_notes(scope, {each.pk for roster in rosters.values() for each in roster}, day, school.pk)
    teachers, meetings = _teachers(ids, day), _meetings(scope, ids, day)
    papers = [
        PaperRoster(
            section=each,
            teachers=teachers[each.pk],
            meetings=meetings[each.pk],
            pupils=[PaperPupil(pupil.listed_name, notes.get(pupil.pk, NOTHING).text) for pupil in rosters[each.pk]],
        )
        for each in sections
    ]
    return sorted(papers, key=_order)


def _order(paper: PaperRoster) -> tuple[time, str, int]:
    first = min((each.starts_at for each in paper.meetings), default=time.max)
    return first, paper.section.title, paper.section.pk


def _teachers(section_ids: Sequence[int], day: date) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    held = SectionTeacher.objects.holding_on(day).filter(section__in=section_ids)
    for each in held.select_related("user").order_by("-is_primary", "pk"):
        found[each.section_id].append(each.user.full_name)
    return found


def _meetings(scope: Scope, section_ids: Sequence[int], day: date) -> dict[int, list[PaperMeeting]]:
    found: dict[int, list[PaperMeeting]] = defaultdict(list)
    held = visible_to(scope, ClassMeeting).filter(section__in=section_ids, date=day)
    for each in held.exclude(state=MeetingState.VOID).order_by("starts_at", "pk"):
        found[each.section_id].append(PaperMeeting(each.period, each.starts_at, each.ends_at))
    return found
