"""What the database refuses of early warnings and of their record, by the names of its constraints."""

from datetime import timedelta
from typing import Any

from interventions.models import EarlyWarning, WarningRecord
from tests.broken_constraints import assert_refused_by
from tests.world import TODAY, YESTERDAY, World

REASON = {"sign": "streak", "absent": 3, "among": 3, "patterns": []}


def warning(world: World, **given: Any) -> EarlyWarning:
    facts = {"student": world.students["Abara"], "school": world.lincoln, "threshold": "tier_1", "absences": 4}
    more = {"away": 1, "by": TODAY, "since": YESTERDAY, "as_of": YESTERDAY, "reasons": [REASON]}
    return EarlyWarning(**facts | more | given)


def record(world: World, **given: Any) -> WarningRecord:
    facts = {"school": world.lincoln, "threshold": "tier_1", "judged": 3, "came_true": 2, "still_open": 0}
    return WarningRecord(**facts | {"crossings": 2, "first_on": YESTERDAY, "as_of": YESTERDAY} | given)


def test_a_student_is_warned_once_of_what_lies_ahead_and_told_why(world: World) -> None:
    warning(world).save()
    assert_refused_by("one_early_warning_per_threshold", warning(world))
    for wrong in ({"away": 0}, {"by": YESTERDAY}, {"since": YESTERDAY + timedelta(days=1)}):
        assert_refused_by("early_warning_is_before_the_crossing", warning(world, threshold="tier_2", **wrong))
    assert_refused_by("early_warning_says_why", warning(world, threshold="tier_2", reasons=[]))


def test_a_record_stands_once_and_no_more_came_true_than_there_was(world: World) -> None:
    record(world).save()
    record(world, sign="rate", crossings=0).save()
    assert_refused_by("one_record_per_threshold_and_sign", record(world))
    assert_refused_by("warnings_come_true_at_most_once", record(world, threshold="tier_2", came_true=4, crossings=4))
    assert_refused_by("warnings_come_true_at_most_once", record(world, threshold="tier_2", crossings=1))
