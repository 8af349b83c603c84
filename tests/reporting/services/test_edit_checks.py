"""Each edit check against a real month: a world that trips it, the same mended, and what the close says (RD-71)."""

from types import ModuleType

import pytest

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


@pytest.fixture
def ready(transactional_db, django_db_setup) -> World:
    """Lincoln's month 3, with nothing to find."""
    return django_db_setup.kept("ready_month", make_ready)


def make_ready(world: World) -> None:
    """Fourteen students, two of them absent on a day, and a learning plan."""
    for number in range(5):
        student = add_student(world, f"Extra{number} Eve", f"40000000{number}", world.lincoln)
        for key in "123456":
            put_on_roster(student, world.sections[key])
    take_month(world, world.lincoln, absent=[("Abara", DAY), ("Grant", DAY)])
    LearningPlan.objects.create(starts_on=YEAR_STARTS)
    assert listed(world) == {}


def listed(world: World) -> dict[str, str]:
    """The codes of what the month finds now, without the ledger compared, and their severities."""
    world.lincoln.refresh_from_db()
    facts = month_facts(after_the_month(), world.lincoln, world.year, MONTH, FIRST, LAST)
    return {each.code: each.severity for each in check_month(facts)}


def hold(world: World, module: ModuleType) -> None:
    """Trip and mend each of a module's kinds in turn; the month is closed for each error, and once all are mended."""
    mended: set[str] = set()
    for trip in dict.fromkeys(TRIPS.values()):
        if trip.__wrapped__.__module__ != module.__name__:
            continue
        tripped = {code: KINDS[code].severity for code, each in TRIPS.items() if each is trip}
        with trip(world):
            found = refused(world) if ERROR in tripped.values() else listed(world)
        assert {code: found.get(code) for code in tripped} == tripped
        # What an earlier trip left behind would be found beside what this one is for; where this one makes it too, the
        # month is asked again.
        if again := found.keys() & mended - tripped.keys() - LASTING:
            assert (list(tripped), again & listed(world).keys()) == (list(tripped), set())
        mended |= tripped.keys()
    assert listed(world).keys() == mended & LASTING
    closed = build(world.lincoln)
    assert (closed.state, hasattr(closed, "package")) == (RunState.DONE, True)


def refused(world: World) -> dict[str, str]:
    """What a close finds that refuses to make a package."""
    world.lincoln.refresh_from_db()
    run = build(world.lincoln)
    assert (run.state, hasattr(run, "package")) == (RunState.BLOCKED, False)
    return dict(run.findings.values_list("code", "severity"))


def test_RD71_every_kind_of_finding_has_its_world() -> None:
    assert TRIPS.keys() | BY_RULE_ALONE == KINDS.keys()
    assert TRIPS.keys() & BY_RULE_ALONE == set()


def test_RD71_of_classes_and_marks_errors_refuse_the_close_until_they_are_mended(ready: World) -> None:
    hold(ready, of_classes)


def test_RD71_of_students_and_their_absences_errors_refuse_the_close_until_they_are_mended(
    ready: World,
) -> None:
    hold(ready, of_people)


def test_RD71_a_warning_is_listed_and_refuses_no_close(ready: World) -> None:
    with TRIPS["nobody_to_tell"](ready):
        run = build(ready.lincoln)
    assert (run.state, hasattr(run, "package")) == (RunState.DONE, True)
    assert list(run.findings.values_list("code", "severity")) == [("nobody_to_tell", "warning")]


def test_RD71_of_schools_and_calendars_errors_refuse_the_close_until_they_are_mended(ready: World) -> None:
    hold(ready, of_places)
