"""Each edit check against a real month: a world that trips it, the same mended, and what the close says (RD-71)."""

from attendance.models import LearningPlan
from reporting.models import RunState
from reporting.rules.checks import check_month
from reporting.rules.found import ERROR
from reporting.rules.kinds import KINDS
from reporting.selectors.month_facts import month_facts
from tests.reporting.months import FIRST, LAST, MONTH, after_the_month, build, take_month
from tests.reporting.trips import TRIPS, of_classes, of_people, of_places
from tests.reporting.trips.of_classes import DAY
from tests.world import YEAR_STARTS, World, add_student, put_on_roster

# What the database, or the building itself, makes impossible is tested on the pure function alone.
BY_RULE_ALONE = {
    "malformed_state_id",
    "shared_state_id",
    "calendar_without_reason",
    "calendar_without_kind",
    "days_not_opened",
    "layout",
}

# What is in the history of a class stays there: a fact, acknowledged by name.
LASTING = {"absent_became_present"}


def ready(world: World) -> World:
    """Lincoln's month 3: fourteen students, two of them absent on a day, a learning plan, and nothing to find."""
    for number in range(5):
        student = add_student(world, f"Extra{number} Eve", f"40000000{number}", world.lincoln)
        for key in "123456":
            put_on_roster(student, world.sections[key])
    take_month(world, world.lincoln, absent=[("Abara", DAY), ("Grant", DAY)])
    LearningPlan.objects.create(starts_on=YEAR_STARTS)
    assert listed(world) == set()
    return world


def listed(world: World) -> set[str]:
    """The codes of what the month finds now, without the ledger compared."""
    facts = month_facts(after_the_month(), world.lincoln, world.year, MONTH, FIRST, LAST)
    return {each.code for each in check_month(facts)}


def hold(world: World, module: object) -> None:
    """Trip and mend each of a module's kinds in turn: an error refuses the close, a warning is listed and does not."""
    for code, trip in TRIPS.items():
        if trip.__wrapped__.__module__ != module.__name__:
            continue
        is_error = KINDS[code].severity == ERROR
        world.lincoln.refresh_from_db()
        with trip(world):
            world.lincoln.refresh_from_db()
            run = build(world.lincoln)
            found = dict(run.findings.values_list("code", "severity"))
            assert (code, found.get(code)) == (code, KINDS[code].severity)
            if is_error or ERROR not in found.values():
                assert (code, run.state) == (code, RunState.BLOCKED if is_error else RunState.DONE)
            assert hasattr(run, "package") == (ERROR not in found.values())
        world.lincoln.refresh_from_db()
        if is_error:
            mended = build(world.lincoln)
            assert (code, mended.state) == (code, RunState.DONE)
            assert not mended.findings.filter(code=code).exists()
        else:
            assert (code in listed(world)) == (code in LASTING)


def test_RD71_every_kind_of_finding_has_its_world() -> None:
    assert TRIPS.keys() | BY_RULE_ALONE == KINDS.keys()
    assert TRIPS.keys() & BY_RULE_ALONE == set()


def test_RD71_of_classes_and_marks_errors_refuse_the_close_until_they_are_mended(committed_world: World) -> None:
    hold(ready(committed_world), of_classes)


def test_RD71_of_students_and_their_absences_errors_refuse_the_close_until_they_are_mended(
    committed_world: World,
) -> None:
    hold(ready(committed_world), of_people)


def test_RD71_of_schools_and_calendars_errors_refuse_the_close_until_they_are_mended(committed_world: World) -> None:
    hold(ready(committed_world), of_places)
