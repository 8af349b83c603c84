"""Each teacher's schedule, with the planning time that it leaves (MS-40)."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date

from attendance.models import SectionMeetingTime
from attendance.selectors.planning import planning_of
from reporting.rules.facts import ShortPlanning, TaughtPeriod, TeacherSchedule
from students.access import Scope
from students.models import SectionTeacher, User


def teacher_schedules(scope: Scope, school_id: int, on: date) -> list[TeacherSchedule]:
    """The schedules, as they are on a date, of those whose classes are mostly in a school; ten statements.

    All of their classes are listed, those of other schools too. The caller took the school from the scope.
    """
    planned = planning_of(scope, [school_id], on)
    teachers = User.objects.in_bulk([each.user_id for each in planned])
    taught = _taught(teachers, on)
    return [
        TeacherSchedule(
            teachers[each.user_id].source_id or "",
            teachers[each.user_id].given_name,
            teachers[each.user_id].family_name,
            each.time.level,
            each.time.minutes,
            each.time.due,
            tuple(sorted(taught[each.user_id])),
        )
        for each in planned
    ]


def short_planning(scope: Scope, schedules: Collection[TeacherSchedule]) -> list[ShortPlanning]:
    """Those of some schedules with too little planning time."""
    return [ShortPlanning(each.name, each.minutes, each.due) for each in schedules if each.minutes < each.due]


def _taught(user_ids: Collection[int], on: date) -> dict[int, set[TaughtPeriod]]:
    """The periods of the classes that some people teach on a date."""
    teaching = SectionTeacher.objects.holding_on(on).filter(user__in=user_ids)
    of_section: dict[int, set[int]] = defaultdict(set)
    for section_id, user_id in teaching.values_list("section_id", "user_id"):
        of_section[section_id].add(user_id)
    found: dict[int, set[TaughtPeriod]] = defaultdict(set)
    meets = SectionMeetingTime.objects.holding_on(on).filter(section__in=of_section)
    columns = ("section_id", "section__source_id", "section__title", "period", "rotation_days")
    for section_id, section, title, period, rotation in meets.values_list(*columns):
        for user_id in of_section[section_id]:
            found[user_id].add(TaughtPeriod(section, title, period, tuple(rotation)))
    return found
