"""RD-71: what an excused day rests on, as the month finds it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from attendance.models import AttendancePolicy
from attendance.services.excuse_decisions import decide_excuse
from reporting.selectors.excused_days import excused_days
from tests.attendance.acts import excuse, upload
from tests.world import TODAY, YESTERDAY, World


def rests_on(world: World, name: str = "Abara") -> list[str]:
    given = [(world.students[name].pk, YESTERDAY)]
    return [each.rests_on for each in excused_days(world.installation, given, YESTERDAY, TODAY)]


@pytest.mark.parametrize(
    ("given", "found"),
    [
        ({"uploads": [upload()]}, ["file"]),
        ({}, ["paper"]),
        ({"document_kind": "parent_note"}, ["note"]),
        ({"document_kind": "none", "document_seen_on": None}, []),
        ({"document_kind": "participation_form"}, []),
    ],
)
def test_RD71_a_file_a_paper_an_allowed_note_or_nothing(world: World, given: dict, found: list[str]) -> None:
    AttendancePolicy.objects.update(undocumented_notes_per_term={"illness": 1})
    excuse(world, "Abara", **given)
    assert rests_on(world) == found


def test_RD71_what_the_superintendent_accepts_without_a_paper_rests_on_nothing(world: World) -> None:
    held = excuse(world, "Abara", reason="other", document_kind="none", document_seen_on=None)
    decide_excuse(world.scope("okafor"), held.pk, decision="accepted", reason="By telephone.")
    assert rests_on(world) == ["nothing"]
    AttendancePolicy.objects.update(accepted_documents={"other": ["none"]})
    assert rests_on(world) == ["note"], "a policy that asks for no document misses none"


def test_RD71_a_day_rests_on_the_best_excuse_that_covers_it_and_all_cost_the_same(world: World) -> None:
    excuse(world, "Abara")
    excuse(world, "Abara", starts_on=YESTERDAY, ends_on=TODAY, uploads=[upload()])
    excuse(world, "Castillo")
    both = [(world.students[name].pk, YESTERDAY) for name in ("Castillo", "Abara")]
    scope = world.installation
    with CaptureQueriesContext(connection) as counted:
        found = excused_days(scope, both, YESTERDAY, TODAY)
    assert {(each.student_id, each.rests_on) for each in found} == {(both[0][0], "paper"), (both[1][0], "file")}
    assert len(counted) == 2
