"""The timetable of the elementary school: a class stays with its teacher, but for one special each day.

A grade's classes have their special in the same period, so that its teachers can plan together (MS-40), and go
through music, physical education, library and art in the four days of the rotation.
"""

from attendance.demo.cast import ELEMENTARY
from attendance.demo.lessons import Lesson, Place, Schedule, course_id, dealt, seats_in
from attendance.demo.people import pupils_of
from attendance.demo.schools import SCHOOLS
from attendance.demo.staff import HOMEROOMS, SPECIALS, Teacher

OAKDALE = SCHOOLS[ELEMENTARY]
SPECIAL_PERIODS = {"KG": "6", "01": "5", "02": "3", "03": "2", "04": "4", "05": "1"}


def homeroom_schedule() -> Schedule:
    """The year's sections and rosters."""
    everybody = pupils_of(ELEMENTARY)
    lessons, seats = [], []
    for grade, teachers in HOMEROOMS.items():
        members = [pupil for pupil in everybody if pupil.grade_in(ELEMENTARY) == grade]
        classes = dealt(members, len(teachers))
        for number, teacher in enumerate(teachers):
            taught = [_homeroom(grade, teacher), *_specials(grade, teacher, number)]
            roster = [pupil for pupil in members if classes[pupil.number] == number]
            lessons += taught
            seats += [seat for lesson in taught for pupil in roster for seat in seats_in(pupil, lesson)]
    return Schedule(lessons, seats)


def _homeroom(grade: str, teacher: Teacher) -> Lesson:
    course = course_id(ELEMENTARY, teacher.course_name)
    places = tuple(Place(period) for period in OAKDALE.periods if period != SPECIAL_PERIODS[grade])
    source_id, title = f"{course}-{teacher.username}", f"{teacher.course}, {teacher.family_name}"
    return Lesson(source_id, ELEMENTARY, title, course, teacher, (grade,), places, "homeroom")


def _specials(grade: str, homeroom: Teacher, number: int) -> list[Lesson]:
    """One on each day of the rotation; classes of one grade are never in the same room at once."""
    lessons = []
    for turn, rotation_day in enumerate(OAKDALE.rotation):
        special = SPECIALS[(turn + number) % len(SPECIALS)]
        course = course_id(ELEMENTARY, special.course_name)
        title = f"{special.course}, {homeroom.course}, {homeroom.family_name}"
        place = Place(SPECIAL_PERIODS[grade], rotation_day)
        source_id = f"{course}-{homeroom.username}"
        lessons.append(Lesson(source_id, ELEMENTARY, title, course, special, (grade,), (place,)))
    return lessons
