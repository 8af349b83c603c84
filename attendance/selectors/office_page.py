"""The office's day: whom somebody is looking for, and everything entered that speaks of the day."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from django.core.paginator import Page, Paginator
from django.db.models import F, Q, QuerySet

from attendance.models import AT_THE_DOOR, OfficeEntry, OfficeEvent, OfficeKind
from attendance.rules.minutes import Span, clock_time, minute_of
from attendance.rules.office_entry import Statement
from attendance.selectors.family_report_list import FromFamilies, from_families
from attendance.selectors.local_times import local_time
from attendance.selectors.office_days import enrolled_students, office, offices, school_hours
from attendance.selectors.office_notes import NOTHING, office_notes
from attendance.selectors.school_days import Beside, school_days_beside
from students.access import Scope
from students.models import Enrollment, School
from students.rules.names import name_words

PAGE_SIZE = 50
# As many as one looks through; type more of the name for the rest.
MOST_FOUND = 12
# Names that stand on a line of the list; of more students it tells how many.
NAMED = 3
TO_COME = "to_come"


@dataclass(frozen=True)
class Asked:
    """What the list is narrowed to; `show` is TO_COME for what begins after the day."""

    kind: str = ""
    show: str = ""
    page: int | str = 1


@dataclass(frozen=True)
class Found:
    """A student whom somebody looked for; `said` is the office's word of the day so far."""

    id: int
    name: str
    grade: str
    said: str
    is_in: bool


@dataclass(frozen=True)
class EntryLine:
    """One entry; of many students it tells how many stand and how many were withdrawn. Times are local."""

    id: int
    kind: str
    label: str
    names: Sequence[str]
    students: int
    withdrawn: int
    starts_on: date
    ends_on: date
    starts_at: time | None
    ends_at: time | None
    shown_as: str
    note: str
    entered_by: str
    entered_at: datetime

    @property
    def is_withdrawn(self) -> bool:
        """Whether nothing of it stands."""
        return self.withdrawn == self.students

    @property
    def is_at_the_door(self) -> bool:
        """Whether it is one minute."""
        return self.kind in AT_THE_DOOR


@dataclass(frozen=True)
class OfficePage:
    """A day of an office. `time_now` is this minute while school is held, to be filled in; `waiting` is of families."""

    school: School
    schools: Sequence[School]
    day: date
    today: date
    hours: Span | None
    time_now: time | None
    beside: Beside
    asked: Asked
    page: Page
    lines: Sequence[EntryLine]
    students: int
    kinds: Sequence[tuple[str, str]]
    waiting: FromFamilies

    @property
    def opens_at(self) -> time | None:
        """The first bell."""
        return clock_time(self.hours.starts) if self.hours else None

    @property
    def closes_at(self) -> time | None:
        """The last bell."""
        return clock_time(self.hours.ends) if self.hours else None

    @property
    def is_to_come(self) -> bool:
        """Whether the day is not here yet."""
        return self.day > self.today


def office_page(scope: Scope, school_id: int | None, day: date, asked: Asked) -> OfficePage:
    """A day of an office (by default the first that somebody keeps) in so many statements whatever was entered.

    Raises NotInScope or Forbidden.
    """
    school = office(scope, school_id)
    hours = school_hours(scope, school.pk, day)
    page = Paginator(_entries(school, day, asked), PAGE_SIZE).get_page(asked.page)
    return OfficePage(
        school=school,
        schools=offices(scope),
        day=day,
        today=scope.today,
        hours=hours,
        time_now=time_now(scope, day, hours),
        beside=school_days_beside(scope, [school.pk], day),
        asked=asked,
        page=page,
        lines=entry_lines(scope, list(page.object_list)),
        students=enrolled_students(scope, school.pk, day).count(),
        kinds=OfficeKind.choices,
        waiting=from_families(scope, school.pk),
    )


def time_now(scope: Scope, day: date, hours: Span | None) -> time | None:
    """This minute, while a school is held on the day."""
    now = local_time(scope, scope.now).time().replace(second=0, microsecond=0)
    is_on = day == scope.today and hours is not None and hours.starts <= minute_of(now) < hours.ends
    return now if is_on else None


def _entries(school: School, day: date, asked: Asked) -> QuerySet[OfficeEntry]:
    on_day = Q(events__starts_on__lte=day, events__ends_on__gte=day)
    speaks = Q(events__starts_on__gt=day) if asked.show == TO_COME else on_day
    found = OfficeEntry.objects.filter(speaks, school=school).select_related("entered_by")
    if asked.kind in OfficeKind.values:
        found = found.filter(kind=asked.kind)
    counted = found.counted()
    return counted.order_by(F("first"), "-pk") if asked.show == TO_COME else counted.order_by("-entered_at", "-pk")


def entry_lines(scope: Scope, entries: Sequence[OfficeEntry]) -> list[EntryLine]:
    """Entries, counted by the caller and taken from the scope, with the names of those for few."""
    few = [each.pk for each in entries if each.students <= NAMED]  # type: ignore[attr-defined]
    names: dict[int, list[str]] = defaultdict(list)
    named = OfficeEvent.objects.filter(entry__in=few).select_related("student").order_by("student__sort_name")
    for event in named:
        names[event.entry_id].append(event.student.listed_name)
    return [_line(scope, each, names[each.pk]) for each in entries]


def _line(scope: Scope, entry: OfficeEntry, names: Sequence[str]) -> EntryLine:
    return EntryLine(
        id=entry.pk,
        kind=entry.kind,
        label=entry.get_kind_display(),
        names=names,
        students=entry.students,  # type: ignore[attr-defined]
        withdrawn=entry.withdrawn,  # type: ignore[attr-defined]
        starts_on=entry.first,  # type: ignore[attr-defined]
        ends_on=entry.last,  # type: ignore[attr-defined]
        starts_at=entry.begins,  # type: ignore[attr-defined]
        ends_at=entry.ends,  # type: ignore[attr-defined]
        shown_as=entry.shown_as,
        note=entry.note,
        entered_by=entry.entered_by.full_name,
        entered_at=local_time(scope, entry.entered_at),
    )


def found_students(scope: Scope, school_id: int, day: date, typed: str) -> list[Found]:
    """Students of a school on a day by parts of the name or the beginning of the state id, the first dozen.

    Four statements. Raises NotInScope or Forbidden as the page does.
    """
    return students_found(scope, office(scope, school_id), day, typed)


def students_found(scope: Scope, school: School, day: date, typed: str) -> list[Found]:
    """The same for a school that the caller took from the scope; three statements."""
    found = enrolled_students(scope, school.pk, day)
    typed_words = name_words(typed)
    if not typed_words:
        return []
    for word in typed_words:
        found = found.filter(Q(sort_name__contains=word) | Q(state_id__startswith=word))
    students = list(found[:MOST_FOUND])
    ids = [each.pk for each in students]
    notes = office_notes(scope, ids, day, school.pk)
    held = Enrollment.attending_on(day).filter(school=school, student__in=ids)
    grades = dict(held.values_list("student_id", "grade"))
    return [
        Found(
            each.pk,
            each.listed_name,
            grades.get(each.pk, ""),
            notes.get(each.pk, NOTHING).text,
            is_in=_is_in(notes.get(each.pk, NOTHING).said, school.pk),
        )
        for each in students
    ]


def _is_in(said: Sequence[Statement], school_id: int) -> bool:
    door = [each.kind for each in said if each.kind in AT_THE_DOOR and each.school_id == school_id]
    return bool(door) and door[-1] == OfficeKind.SIGN_IN
