"""Talks of a class and week, or of a student, and who still lacks one (MS-09, RD-24)."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet

from attendance.access import markable_sections
from attendance.models import Interaction
from attendance.rules.entry_window import sunday_of
from attendance.selectors.contact_weeks import StudentWeek, student_weeks
from attendance.selectors.entry_lines import Asked
from attendance.selectors.local_times import local_time
from attendance.selectors.section_page import section_in_scope
from attendance.selectors.weeks import Week, school_week
from students.access import Scope, taught_section_ids, visible_to
from students.models import Section, SectionEnrollment, Student
from students.refusals import NotInScope
from students.rules.rights import Right

PAGE_SIZE = 50
# Whoever has something to do comes first.
ORDER = {"missing": 0, "due": 1, "met": 2, "exempt": 3, "": 4}


@dataclass(frozen=True, slots=True)
class Talk:
    """A talk as somebody may read it: the note is for the class's teachers and those who care for the student."""

    id: int
    student: Student
    section: Section
    kind: str
    is_unanswered: bool
    at: datetime
    minutes: int | None
    note: str
    by: str
    withdrawn: str
    may_withdraw: bool


@dataclass(frozen=True, slots=True)
class TalkLine:
    """A student of the class: what stands of the week (empty where no day was in own time) and its talks.

    `live_days` are those on which the student attended the class live, which counts.
    """

    student: Student
    state: str
    days: Sequence[date]
    live_days: Sequence[date]
    talks: Sequence[Talk]


@dataclass(frozen=True)
class InteractionWeek:
    """The page of a class and week."""

    section: Section
    week: Week
    lines: Sequence[TalkLine]
    may_log: bool

    @property
    def without(self) -> int:
        """Students who had none yet and should."""
        return sum(line.state in ("missing", "due") for line in self.lines)

    @property
    def owed(self) -> int:
        """Students who should have one."""
        return sum(line.state in ("missing", "due", "met") for line in self.lines)


def interaction_week(scope: Scope, section_id: int, monday: date) -> InteractionWeek:
    """A class's week; the same number of statements whatever its size. Raises NotInScope."""
    section = section_in_scope(scope, section_id)
    week = school_week(scope, section.school_id, monday)
    found = {each.student_id: each for each in student_weeks(scope, Asked(monday, week.sunday, [section.pk]))}
    talks = _by_student(scope, Interaction.objects.filter(section=section, day__range=(monday, week.sunday)))
    students = _listed(section, monday)
    lines = [_line(each, found.get(each.pk), talks[each.pk]) for each in students]
    return InteractionWeek(
        section=section,
        week=week,
        lines=sorted(lines, key=lambda line: ORDER[line.state]),
        may_log=markable_sections(scope).filter(pk=section.pk).exists(),
    )


def _listed(section: Section, monday: date) -> list[Student]:
    listed = SectionEnrollment.objects.filter(section=section, starts_on__lte=sunday_of(monday))
    ids = listed.exclude(ends_on__lt=monday).values("student_id")
    return list(Student.objects.filter(pk__in=ids).order_by("sort_name", "pk"))


def _line(student: Student, week: StudentWeek | None, talks: Sequence[Talk]) -> TalkLine:
    if week is None:
        return TalkLine(student, "", (), (), talks)
    live = sorted({each.day for each in week.contacts if each.kind == "live_class"})
    return TalkLine(student, week.found.state, week.found.days, live, talks)


def _by_student(scope: Scope, rows: QuerySet[Interaction]) -> dict[int, list[Talk]]:
    found: dict[int, list[Talk]] = defaultdict(list)
    for talk in _talks(scope, rows):
        found[talk.student.pk].append(talk)
    return found


def _talks(scope: Scope, rows: QuerySet[Interaction]) -> list[Talk]:
    read = rows.select_related("student", "section", "entered_by", "withdrawn_by")
    mine = set(taught_section_ids(scope))
    return [_talk(scope, each, mine) for each in read]


def _talk(scope: Scope, row: Interaction, mine: set[int]) -> Talk:
    own = row.section_id in mine
    taken_back = ""
    if row.withdrawn_at and row.withdrawn_by:
        on = local_time(scope, row.withdrawn_at)
        taken_back = f"{row.withdrawn_by.full_name}, {on:%b} {on.day}: {row.withdrawn_reason}"
    school_id = row.section.school_id
    return Talk(
        id=row.pk,
        student=row.student,
        section=row.section,
        kind=row.get_kind_display(),
        is_unanswered=row.kind == "unanswered",
        at=local_time(scope, row.happened_at),
        minutes=row.minutes,
        note=row.note if own or scope.may(Right.CONTACTS, school_id) else "",
        by=row.entered_by.full_name,
        withdrawn=taken_back,
        may_withdraw=not taken_back and (own or scope.keeps_office(school_id)),
    )


@dataclass(frozen=True)
class StudentTalks:
    """A student's talks in the classes that somebody may see, latest first; `sections` are those to log one of."""

    student: Student
    page: Page
    talks: Sequence[Talk]
    sections: Sequence[Section]


def student_talks(scope: Scope, student_id: int, page: int | str = 1) -> StudentTalks:
    """The page of a student; the same number of statements however many talks. Raises NotInScope."""
    student = visible_to(scope, Student).filter(pk=student_id).first()
    if student is None:
        raise NotInScope
    rows = Interaction.objects.filter(student=student, section__in=visible_to(scope, Section))
    shown = Paginator(rows, PAGE_SIZE).get_page(page)
    listed = SectionEnrollment.objects.holding_on(scope.today).filter(student=student)
    sections = markable_sections(scope).filter(pk__in=listed.values("section_id"))
    talks = _talks(scope, rows.filter(pk__in=[each.pk for each in shown.object_list]))
    return StudentTalks(student, shown, talks, list(sections.order_by("title", "pk")))
