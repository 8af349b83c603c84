"""The doctor: one thing is broken at a time, and is named with its mend."""

from datetime import timedelta
from io import StringIO

import pytest
from django.contrib.auth.hashers import make_password
from django.core.management import CommandError, call_command
from django.db import connection, connections

from attendance.models import AttendancePolicy, CalendarDay, SchoolDays
from students import probes
from students.findings import Finding, Level
from students.models import District, FactSource, Role, RoleAssignment, User
from students.services.diagnosis import diagnose
from tests.attendance.acts import excuse, upload
from tests.world import TODAY, World, give_role


@pytest.fixture(autouse=True)
def _serves_this_machine_alone(settings) -> None:
    settings.ALLOWED_HOSTS = ["localhost"]


@pytest.fixture
def opened_world(opened_world: World) -> World:
    """The cast, with today opened in both schools, and an administrator who has a password."""
    User.objects.filter(username="reyes").update(password=make_password("chalk and tardy slips"))
    return opened_world


def findings(world: World, level: Level) -> list[Finding]:
    return [finding for finding in diagnose(world.installation) if finding.level is level]


def only_wrong_besides_the_worker(world: World) -> Finding:
    """The one thing that is wrong in tests that run no worker."""
    [found] = [finding for finding in findings(world, Level.WRONG) if "worker" not in finding.what]
    assert found.mend
    return found


def doctor() -> str:
    """What the command prints; it ends with 1."""
    printed = StringIO()
    with pytest.raises(CommandError, match="wrong"):
        call_command("doctor", stdout=printed)
    return printed.getvalue()


def test_of_a_whole_installation_without_a_worker_that_alone_is_wrong(opened_world: World) -> None:
    [found] = findings(opened_world, Level.WRONG)
    assert found.what == "No worker answers: months are not built."
    assert findings(opened_world, Level.WARNING) == []
    assert len(findings(opened_world, Level.OK)) >= 15


def test_each_thing_is_one_line_and_the_command_ends_with_one(opened_world: World) -> None:
    lines = doctor().splitlines()
    assert len(lines) == len(diagnose(opened_world.installation))
    assert {line.split()[0] for line in lines} == {"ok", "wrong"}


def test_a_secret_key_that_is_not_kept(opened_world: World, settings) -> None:
    settings.SECRET_KEY_IS_KEPT = False
    assert "SECRET_KEY is unset" in only_wrong_besides_the_worker(opened_world).what


def test_debugging(opened_world: World, settings) -> None:
    settings.DEBUG = True
    assert "DEBUG is on" in only_wrong_besides_the_worker(opened_world).what


def test_strangers_served_without_tls(opened_world: World, settings) -> None:
    settings.ALLOWED_HOSTS = ["localhost", "attendance.example.org"]
    assert "attendance.example.org is served" in only_wrong_besides_the_worker(opened_world).what


def test_strangers_served_with_tls(opened_world: World, settings) -> None:
    settings.ALLOWED_HOSTS = ["attendance.example.org"]
    settings.SESSION_COOKIE_SECURE = True
    assert "HTTPS is on." in {finding.what for finding in findings(opened_world, Level.OK)}


def test_mails_that_are_printed(opened_world: World, settings) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
    [found] = findings(opened_world, Level.WARNING)
    assert "printed" in found.what
    assert "EMAIL_URL" in found.mend


def test_the_demos_clock(opened_world: World, settings) -> None:
    settings.CLOCK_FILE = "/demo/clock.json"
    assert "CLOCK_FILE" in findings(opened_world, Level.WARNING)[0].mend


def test_a_broker_that_is_away_hides_whether_a_worker_is_there(opened_world: World, broker_away: None) -> None:
    [found] = findings(opened_world, Level.WRONG)
    assert "Redis does not answer" in found.what


@pytest.mark.slow
def test_with_a_worker_nothing_is_wrong(opened_world: World, worker: None, monkeypatch) -> None:
    monkeypatch.setattr(probes, "SECONDS", 2)
    printed = StringIO()
    call_command("doctor", stdout=printed)
    assert "1 worker answers." in printed.getvalue()
    assert printed.getvalue().endswith("Nothing is wrong.\n")


def test_a_database_that_is_too_old(opened_world: World, monkeypatch) -> None:
    monkeypatch.setitem(connections["default"].__dict__, "pg_version", 16_0014)
    assert "version 16" in findings(opened_world, Level.WRONG)[-1].what


@pytest.mark.parametrize(("cost", "level"), [("4", Level.WARNING), ("2", Level.OK), ("1.1", Level.OK)])
def test_a_planner_that_reckons_with_turning_disks(opened_world: World, cost: str, level: Level) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL random_page_cost = {cost}")
    assert [finding for finding in findings(opened_world, level) if "random_page_cost" in finding.what]


def test_a_database_that_is_away_is_named_and_nothing_in_it_is_looked_for(database_away: None) -> None:
    said = doctor()
    assert "no_such_database" in said
    assert "DATABASE_URL" in said
    assert "district" not in said


def test_migrations_that_are_not_applied(opened_world: World, migration_to_come: None) -> None:
    assert "attendance.0" in only_wrong_besides_the_worker(opened_world).what


def test_an_application_that_owns_its_tables(owner_as_application: None) -> None:
    said = doctor()
    assert "owns its tables" in said
    assert "may create tables" in said
    assert "DATABASE_OWNER_URL" in said


def test_an_application_that_may_create_tables(may_create: None) -> None:
    assert "may create tables" in doctor()


def test_evidence_that_could_be_changed(may_rewrite_evidence: None) -> None:
    assert "Evidence could be changed or deleted: attendance_submission." in doctor()


def test_a_school_day_that_beat_did_not_open(opened_world: World) -> None:
    yesterday = TODAY - timedelta(days=1)
    SchoolDays.objects.filter(school=opened_world.washington).update(opened_through=yesterday)
    found = only_wrong_besides_the_worker(opened_world)
    assert "Washington High School" in found.what
    assert "Lincoln" not in found.what


def test_a_day_without_school_need_not_be_opened(opened_world: World) -> None:
    SchoolDays.objects.update(opened_through=None)
    CalendarDay.objects.filter(date=TODAY).update(event_type="H")
    assert not [finding for finding in findings(opened_world, Level.WRONG) if "opened" in finding.what]


def test_no_policy_in_force(opened_world: World) -> None:
    AttendancePolicy.objects.update(starts_on=TODAY + timedelta(days=1))
    assert "No attendance policy" in only_wrong_besides_the_worker(opened_world).what


def test_a_policy_that_begins_today(opened_world: World) -> None:
    AttendancePolicy.objects.update(starts_on=TODAY)
    assert not [finding for finding in findings(opened_world, Level.WRONG) if "policy" in finding.what]


def test_a_district_that_is_not_there_yet(transactional_db) -> None:
    assert not District.objects.exists()
    said = doctor()
    assert "There is no district yet." in said
    assert "import_oneroster" in said


def test_an_administrator_whose_account_is_closed(opened_world: World) -> None:
    opened_world.users["reyes"].is_enabled = False
    opened_world.users["reyes"].save()
    assert "district administrator" in only_wrong_besides_the_worker(opened_world).what


def test_an_administrator_who_has_never_set_a_password(opened_world: World) -> None:
    User.objects.filter(username="reyes").update(password=make_password(None))
    found = only_wrong_besides_the_worker(opened_world)
    assert "none of them has set a password" in found.what
    assert "by mail" in found.mend


def test_an_administrator_who_can_sign_in_is_counted_once(opened_world: World) -> None:
    give_role(opened_world, "reyes", Role.DISTRICT_ADMINISTRATOR, None, source=FactSource.HERE)
    assert "1 district administrator can sign in." in {each.what for each in findings(opened_world, Level.OK)}


@pytest.mark.parametrize(("days", "is_wrong"), [(-1, True), (0, False), (1, False)])
def test_an_administrator_whose_role_has_ended(opened_world: World, days: int, is_wrong: bool) -> None:
    held = RoleAssignment.objects.filter(user=opened_world.users["reyes"])
    held.update(ends_on=TODAY + timedelta(days=days))
    said = [finding.what for finding in findings(opened_world, Level.WRONG)]
    assert ("No district administrator has an open account." in said) is is_wrong


def test_a_folder_of_documents_that_cannot_be_written(opened_world: World, settings, tmp_path) -> None:
    (tmp_path / "file").write_text("no folder")
    settings.DOCUMENTS_DIR = tmp_path / "file" / "documents"
    assert "cannot be written here" in only_wrong_besides_the_worker(opened_world).what


def test_documents_whose_bytes_are_lost(opened_world: World, settings, tmp_path) -> None:
    excuse(opened_world, "Abara", uploads=[upload()])
    settings.DOCUMENTS_DIR = tmp_path / "another"
    assert only_wrong_besides_the_worker(opened_world).what == "The bytes of 1 document on file are missing."
