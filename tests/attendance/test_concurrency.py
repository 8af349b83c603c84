"""Several people at once, each with a connection of their own."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import uuid4

from django.db import connection

from attendance.models import ClassMeeting, DailyAttendance, Mark, Submission
from attendance.services.days import open_day
from attendance.services.ledger import check
from attendance.services.marking import MarkEntry, Saved, save_marks
from attendance.services.tallies import wrong_tallies
from students.models import Enrollment, Section, SectionEnrollment, Student
from students.refusals import Stale
from students.rules.names import folded
from students.services.planner import analyze
from tests.world import PERIODS, YEAR_STARTS, YESTERDAY, World, at

STUDENTS = 400


def at_once(acts: list[Callable[[], object]]) -> list[object]:
    """Run every act in a thread of its own, started together, and return what each returned or raised."""
    together = Barrier(len(acts))

    def run(act: Callable[[], object]) -> object:
        try:
            together.wait()
            return act()
        except Exception as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def fill(world: World) -> list[Student]:
    """Bring Lincoln to 400 students, each in all of its classes; a seventh class meets in period 1's room at lunch."""
    new = [
        Student(source_id=f"x{n}", given_name=f"G{n}", family_name=f"F{n}", sort_name=folded(f"F{n}", f"G{n}"))
        for n in range(STUDENTS - 9)
    ]
    Student.objects.bulk_create(new)
    Enrollment.objects.bulk_create(
        Enrollment(student=each, school=world.lincoln, grade="09", starts_on=YEAR_STARTS) for each in new
    )
    sections = [world.sections[period] for period in PERIODS]
    SectionEnrollment.objects.bulk_create(
        SectionEnrollment(source_id=f"{each.pk}-{section.pk}", student=each, section=section, starts_on=YEAR_STARTS)
        for each in new
        for section in sections
    )
    # As an import does: over 400 students of whom it has not heard the planner takes minutes.
    analyze(Enrollment, SectionEnrollment, Student)
    return list(Student.objects.exclude(family_name="Shah"))


def test_seven_meetings_of_the_same_400_students_saved_at_once_leave_every_day_exact(committed_world: World) -> None:
    world = committed_world
    seventh = Section.objects.create(
        source_id="s7", course=world.sections["1"].course, school=world.lincoln, title="Seventh", kind="scheduled"
    )
    seventh.meeting_times.create(period="1", starts_on=YEAR_STARTS)
    students = fill(world)
    SectionEnrollment.objects.bulk_create(
        SectionEnrollment(source_id=f"7-{each.pk}", student=each, section=seventh, starts_on=YEAR_STARTS)
        for each in students
    )
    open_day(world.installation, world.lincoln.pk, YESTERDAY)
    meetings = list(ClassMeeting.objects.filter(date=YESTERDAY).order_by("pk"))
    assert len(meetings) == 7
    scope = world.scope("okafor", at(17))

    def save(number: int, meeting: ClassMeeting) -> Saved:
        # Every student misses a different set of classes, so a lost mark shows in somebody's total.
        entries = [MarkEntry(s.pk, "absent" if (s.pk >> number) & 1 else "present") for s in students]
        # Each browser lists the roster in an order of its own.
        entries = entries[number * 50 :] + entries[: number * 50]
        return save_marks(scope, meeting.pk, submission_id=uuid4(), version=0, entries=entries)

    results = at_once([lambda n=n, m=m: save(n, m) for n, m in enumerate(meetings)])
    assert [type(each) for each in results] == [Saved] * 7
    days = {day.student_id: day for day in DailyAttendance.objects.filter(date=YESTERDAY)}
    wrong = [
        student.pk
        for student in students
        if days[student.pk].minutes_attended != 55 * sum(not (student.pk >> n) & 1 for n in range(7))
        or days[student.pk].meetings_untaken != 0
    ]
    assert wrong == []
    assert Mark.objects.count() == 7 * STUDENTS
    assert check(world.installation) == []
    # The ledger's count of itself, and the marks', though all seven wrote it at once.
    assert wrong_tallies(world.installation, [world.lincoln.pk]) == 0


def test_two_people_saving_one_class_at_once_one_saves_and_the_other_is_told(committed_world: World) -> None:
    world = committed_world
    open_day(world.installation, world.lincoln.pk, YESTERDAY)
    meeting = ClassMeeting.objects.filter(date=YESTERDAY).first()
    students = list(Student.objects.exclude(family_name="Shah"))

    def save(person: str, status: str) -> Saved:
        entries = [MarkEntry(student.pk, status) for student in students]
        return save_marks(
            world.scope(person, at(17)), meeting.pk, submission_id=uuid4(), version=0, entries=entries, reason="Both"
        )

    results = at_once([lambda: save("whitfield", "present"), lambda: save("okafor", "absent")])
    assert sorted(type(each).__name__ for each in results) == ["Saved", "Stale"]
    assert len({mark.status for mark in Mark.objects.all()}) == 1


def test_a_double_click_saves_once(committed_world: World) -> None:
    world = committed_world
    open_day(world.installation, world.lincoln.pk, YESTERDAY)
    meeting = ClassMeeting.objects.filter(date=YESTERDAY).first()
    entries = [MarkEntry(student.pk, "present") for student in Student.objects.exclude(family_name="Shah")]
    submission = uuid4()
    scope = world.scope("whitfield", at(17))

    def save() -> Saved:
        return save_marks(scope, meeting.pk, submission_id=submission, version=0, entries=entries)

    results = at_once([save, save, save])
    assert sorted(each.repeated for each in results) == [False, True, True]
    assert Submission.objects.count() == 1
    assert ClassMeeting.objects.get(pk=meeting.pk).version == 1
    assert not any(isinstance(each, Stale) for each in results)
