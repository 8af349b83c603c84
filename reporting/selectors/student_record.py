"""A student's enrollments, classes and modes over time, and whom to call."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from attendance.models import Accommodation, DailyAttendance, ModeAssignment
from attendance.selectors.local_times import local_time_of
from attendance.selectors.section_teachers import SectionTeachers
from attendance.selectors.student_rights import has_right
from students.access import Scope, visible_to
from students.models import Enrollment, FactSource, GuardianLink, SectionEnrollment, Student
from students.refusals import NotInScope
from students.rules.rights import Right
from students.selectors.guardians import guardians_of
from students.selectors.immunizations import compliance_on


@dataclass(frozen=True)
class ClassLine:
    """A class on whose roster the student stands, who teaches it on the day asked for, and whether it was done live."""

    place: SectionEnrollment
    teachers: Sequence[str]
    in_own_time: bool


@dataclass(frozen=True)
class DayLine:
    """The day asked for, as the ledger has it: its mode and its shape."""

    mode: str
    words: str
    mark: str


@dataclass(frozen=True)
class ModeLine:
    """A mode of the student's own. `why` and who entered it are empty for who may not know reasons (RD-60)."""

    fact: ModeAssignment
    where: str
    from_roster: bool
    why: str = ""
    entered_by: str = ""
    entered_at: datetime | None = None


@dataclass(frozen=True)
class StudentRecord:
    """What is known of a student's place in the district; classes are those of `on`, and `day` if it is in the ledger.

    `complies` is None where the roster says nothing of immunization, or where it is not this person's to know.
    """

    student: Student
    today: date
    on: date
    day: DayLine | None
    enrollments: Sequence[Enrollment]
    classes: Sequence[ClassLine]
    other_classes: int
    modes: Sequence[ModeLine]
    guardians: Sequence[GuardianLink]
    complies: bool | None
    is_accommodated: bool


def student_record(scope: Scope, student_id: int, on: date) -> StudentRecord:
    """The record; the same number of statements however long it is. Raises NotInScope."""
    student = visible_to(scope, Student).filter(pk=student_id).first()
    if student is None:
        raise NotInScope
    places = list(_places(student))
    held = [place for place in places if place.holds_on(on)]
    day = DailyAttendance.objects.filter(student=student, date=on).first()
    return StudentRecord(
        student=student,
        today=scope.today,
        on=on,
        day=_day(day),
        enrollments=list(Enrollment.objects.filter(student=student).select_related("school").order_by("-starts_on")),
        classes=_classes(scope, held, on, day.own_time_sections if day else []),
        other_classes=len(places) - len(held),
        modes=_modes(scope, student),
        guardians=guardians_of(scope, student.pk),
        complies=compliance_on(scope, [student.pk], scope.today).get(student.pk),
        is_accommodated=Accommodation.objects.holding_on(on).filter(student=student).exists(),
    )


def _places(student: Student) -> QuerySet[SectionEnrollment]:
    rows = SectionEnrollment.objects.filter(student=student).select_related("section__course", "section__school")
    return rows.order_by("section__title", "starts_on")


def _day(day: DailyAttendance | None) -> DayLine | None:
    if day is None:
        return None
    kind = day.get_absence_kind_display().lower() if day.absence_kind else ""
    words = ", ".join(each for each in (day.get_status_display(), kind) if each)
    return DayLine(day.get_mode_display(), words, "excused" if day.absence_kind == "excused" else day.status)


def _modes(scope: Scope, student: Student) -> list[ModeLine]:
    """The newest first. Who switched it may be the nurse, which tells a teacher why."""
    knows = has_right(scope, Right.REASONS, student.pk, scope.today, None)
    rows = ModeAssignment.objects.filter(student=student).select_related("section", "entered_by")
    return [_mode(scope, each, knows=knows) for each in rows.order_by(F("starts_on").desc(), "-pk")]


def _mode(scope: Scope, row: ModeAssignment, *, knows: bool) -> ModeLine:
    from_roster = row.source == FactSource.ROSTER
    if not knows:
        return ModeLine(row, _where(row), from_roster)
    who = row.entered_by.full_name if row.entered_by else ""
    why = row.get_reason_display() if row.reason else ""
    return ModeLine(row, _where(row), from_roster, why, who, local_time_of(scope, row.entered_at))


def _where(row: ModeAssignment) -> str:
    if row.section:
        return _("in %(class)s alone") % {"class": row.section.title}
    if row.weekdays:
        return ", ".join(str(name) for name in row.weekday_names)
    if row.rotation_days:
        return _("rotation days %(days)s") % {"days": ", ".join(row.rotation_days)}
    return _("every day")


def _classes(scope: Scope, held: Sequence[SectionEnrollment], on: date, own_time: Collection[int]) -> list[ClassLine]:
    teachers = SectionTeachers(scope, [place.section_id for place in held])
    return [
        ClassLine(
            place, [each.full_name for each in teachers.all_on(place.section_id, on)], place.section_id in own_time
        )
        for place in held
    ]
