"""Work, talks and weekly reports: the database refuses what no page should ever send."""

from datetime import date
from uuid import uuid4

from attendance.models import Assignment, Interaction, WeekReport
from tests.broken_constraints import assert_refused_by
from tests.world import NOW, TODAY, World

MONDAY = date(2020, 10, 26)


def assignment(world: World, **more: object) -> Assignment:
    given = {"submission_id": uuid4(), "section": world.sections["1"], "date": TODAY, "title": "Packet", "minutes": 40}
    return Assignment(**{**given, "entered_by": world.users["whitfield"], "entered_at": NOW, **more})


def talk(world: World, **more: object) -> Interaction:
    given = {"submission_id": uuid4(), "student": world.students["Abara"], "section": world.sections["1"]}
    said = {"kind": "call", "happened_at": NOW, "day": TODAY, "entered_by": world.users["whitfield"], "entered_at": NOW}
    return Interaction(**{**given, **said, **more})


def test_what_is_withdrawn_says_who_and_why_and_nothing_else_does(world: World) -> None:
    whitfield = world.users["whitfield"]
    for half in (
        {"withdrawn_at": NOW},
        {"withdrawn_at": NOW, "withdrawn_by": whitfield},
        {"withdrawn_at": NOW, "withdrawn_reason": "Wrong day"},
        {"withdrawn_by": whitfield},
        {"withdrawn_reason": "Wrong day"},
    ):
        assert_refused_by("withdrawn_assignment_says_who_and_why", assignment(world, **half))
        assert_refused_by("withdrawn_interaction_says_who_and_why", talk(world, **half))
    whole = {"withdrawn_at": NOW, "withdrawn_by": whitfield, "withdrawn_reason": "Wrong day"}
    assignment(world, **whole).save()
    talk(world, **whole).save()


def test_MS24b_a_reported_week_begins_on_monday(world: World) -> None:
    def report(day: date) -> WeekReport:
        its = {"section": world.sections["1"], "week_starts_on": day}
        return WeekReport(submission_id=uuid4(), reported_by=world.users["whitfield"], reported_at=NOW, **its)

    report(MONDAY).save()
    for day in (TODAY, date(2020, 10, 25)):
        assert_refused_by("reported_week_starts_on_monday", report(day))
