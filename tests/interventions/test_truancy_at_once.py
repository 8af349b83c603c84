"""The same notices at the same moment: two tell of them while a correction takes some away."""

from functools import partial

from interventions.models import TruancyNotice
from interventions.services.officer_reports import Told, report_notices
from tests.attendance.test_concurrency import at_once
from tests.interventions.truancy_days import WEEKDAYS, follow, write_absences
from tests.world import TODAY, World


def test_each_notice_is_told_by_one_and_a_correction_beside_it_is_not_lost(committed_world: World) -> None:
    world = committed_world
    students = [world.students[name] for name in ("Abara", "Grant", "Hollis")]
    write_absences(students, WEEKDAYS[:6])
    follow(world, *students)
    ids = list(TruancyNotice.objects.values_list("pk", flat=True))
    students[0].days.filter(date__in=WEEKDAYS[:3]).delete()
    students[1].days.filter(date=WEEKDAYS[0]).delete()

    def tell(person: str, notices: list[int]) -> Told:
        return report_notices(world.scope(person), notices, reported_on=TODAY)

    _, hers, his = at_once(
        [partial(follow, world, *students), partial(tell, "mayfield", ids), partial(tell, "osei", ids[::-1])]
    )
    told = TruancyNotice.objects.filter(reported_on=TODAY)
    assert hers.reported + his.reported == told.count() >= 2
    gone = TruancyNotice.objects.get(student=students[0])
    assert (gone.withdrawn_why, gone.withdrawn_absences) == ("count", 3)
    # Moved before it was told, or told as it stood: never half of both.
    moved = TruancyNotice.objects.get(student=students[1])
    assert moved.unlawful_on in (WEEKDAYS[:5], WEEKDAYS[1:6])
    assert moved.crossed_on == moved.unlawful_on[-1]
    assert follow(world, *students) == 0
