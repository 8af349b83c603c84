"""Who meets when in the whole district: sections, their teachers, and who sits in them."""

from functools import cache

from attendance.demo.homerooms import homeroom_schedule
from attendance.demo.lessons import Lesson, Schedule, Seat, seats_in
from attendance.demo.people import pupils
from attendance.demo.stays import IN_TWO_SCHOOLS
from attendance.demo.teams import CARVER, LINCOLN, team_schedule

# What the one who has classes in two schools takes in the high school's first block of each day.
ELSEWHERE = ["c-lhs-algebra-i-b1", "c-lhs-spanish-i-a1"]


@cache
def schedule() -> Schedule:
    """The year's sections and rosters, the same every time."""
    whole = team_schedule(LINCOLN) + team_schedule(CARVER) + homeroom_schedule()
    lessons = {lesson.source_id: lesson for lesson in whole.lessons}
    away = [lessons[source_id] for source_id in ELSEWHERE]
    return Schedule(whole.lessons, [seat for seat in whole.seats if not _is_missed(seat)] + _seats_elsewhere(away))


def _seats_elsewhere(lessons: list[Lesson]) -> list[Seat]:
    pupil = pupils()[IN_TWO_SCHOOLS]
    return [seat for lesson in lessons for seat in seats_in(pupil, lesson)]


def _is_missed(seat: Seat) -> bool:
    """Whether it lies in the morning that its student spends in the other school."""
    return seat.pupil.number == IN_TWO_SCHOOLS and seat.lesson.places[0].period in {"Advisory", "1", "2"}
