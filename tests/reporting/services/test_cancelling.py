"""A month that is being built can be stopped, and asked for anew; a database without room keeps nothing half made."""

from collections.abc import Iterator
from datetime import datetime

import psycopg2
import pytest
from django.db import connections

from reporting.models import ExportFile, MonthRun, RunState
from reporting.services.attempts import attempt
from reporting.services.cancelling import cancel_month
from reporting.services.leases import take_up, waiting_runs
from students.refusals import Forbidden, NotInScope, Refused
from students.services.leases import LEASE, MOST_ATTEMPTS
from tests.reporting.months import AFTER, REAL, after_the_month, ask, build
from tests.world import World


def test_a_waiting_month_is_cancelled_once_by_an_administrator_and_asked_for_anew(world: World) -> None:
    run = ask(world.lincoln)
    for person, fault in (("whitfield", NotInScope), ("lindqvist", NotInScope)):
        with pytest.raises(fault):
            cancel_month(world.scope(person, AFTER), run.pk, at=REAL)
    with pytest.raises(Forbidden):
        cancel_month(after_the_month(), run.pk, at=REAL)
    cancelled = cancel_month(world.scope("okafor", AFTER), run.pk, at=REAL)
    assert (cancelled.state, cancelled.cancelled_by) == (RunState.CANCELLED, world.users["okafor"])
    assert cancel_month(world.scope("reyes", AFTER), run.pk, at=REAL).cancelled_by == world.users["okafor"]
    assert waiting_runs(after_the_month(), at=REAL + LEASE * 9) == []
    assert take_up(after_the_month(), run.pk, at=REAL) is None
    assert ask(world.lincoln) != run


def test_a_worker_whose_month_is_cancelled_notices_at_its_next_step_and_writes_nothing(taken_month: World) -> None:
    run = ask(taken_month.lincoln)
    steps = []

    def instants() -> datetime:
        steps.append(REAL)
        if len(steps) == 5:
            cancel_month(taken_month.scope("okafor", AFTER), run.pk, at=REAL)
        return REAL

    assert attempt(after_the_month(), run.pk, instants=instants) is None
    run.refresh_from_db()
    assert (run.state, len(steps), run.findings.count(), run.problem) == (RunState.CANCELLED, 5, 0, "")
    assert not ExportFile.objects.exists()
    again = build(taken_month.lincoln)
    assert again.state == RunState.DONE
    with pytest.raises(Refused, match="finished before it could be cancelled"):
        cancel_month(taken_month.scope("okafor", AFTER), again.pk, at=REAL)


@pytest.fixture
def full_disk(taken_month: World) -> Iterator[None]:
    """The database answers as it does when its disk is full, wherever a package is kept."""
    settings = connections["owner"].settings_dict
    database = psycopg2.connect(dbname=settings["NAME"], user=settings["USER"], **settings["OPTIONS"])
    database.autocommit = True
    cursor = database.cursor()
    cursor.execute(
        "CREATE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE disk_full USING MESSAGE = 'could not extend file'; END $$"
    )
    cursor.execute("CREATE TRIGGER no_room BEFORE INSERT ON reporting_exportfile EXECUTE FUNCTION no_room()")
    yield
    cursor.execute("DROP TRIGGER no_room ON reporting_exportfile")
    cursor.execute("DROP FUNCTION no_room()")
    database.close()


def test_a_database_without_room_publishes_nothing_and_the_reason_is_shown(taken_month: World, full_disk: None) -> None:
    run = ask(taken_month.lincoln)
    for attempts, state in ((0, RunState.WAITING), (MOST_ATTEMPTS - 1, RunState.FAILED)):
        MonthRun.objects.filter(pk=run.pk).update(attempts=attempts)
        assert attempt(after_the_month(), run.pk, instants=lambda: REAL) is None
        run.refresh_from_db()
        assert run.state == state
        assert "The database’s disk is full: nothing of the package was kept." in run.problem
        assert (run.findings.count(), ExportFile.objects.count(), run.days_present) == (0, 0, None)
