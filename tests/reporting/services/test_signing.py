"""Knowing, approving and certifying a month: who may, when, and once."""

import json
from datetime import time, timedelta
from hashlib import sha256
from threading import Barrier, Thread
from time import sleep

import psycopg2
import pytest
from django.db import ProgrammingError, connection, connections, transaction

from attendance.models import FrozenMonth, Mark
from attendance.services.ledger import rebuild
from reporting.models import Acknowledgement, Approval, Certification, MonthRun
from reporting.selectors.certifications import chain_links, checked_chain
from reporting.selectors.month_flow import WarningGroup, warning_groups
from reporting.services.acknowledging import acknowledge
from reporting.services.approving import approve
from reporting.services.certifying import certify
from students.models import School, User
from students.refusals import Forbidden, NotInScope, Refused, Stale
from tests.reporting.months import AFTER, FIRST, after_the_month, ask, build
from tests.reporting.signing import approved, certified, know_warnings
from tests.world import World

LATER = AFTER + timedelta(days=1)


def _with_a_short_day(world: World) -> None:
    world.lincoln.calendar_days.filter(date=FIRST).update(dismissal_time=time(11, 55))
    rebuild(world.installation)


def _short_days(world: World, run: MonthRun) -> WarningGroup:
    return {each.code: each for each in warning_groups(after_the_month(), run)}["short_day"]


def test_RD71_warnings_are_acknowledged_by_name_with_a_reason_and_again_when_they_change(
    taken_month: World,
) -> None:
    world = taken_month
    _with_a_short_day(world)
    run, okafor = build(world.lincoln), world.scope("okafor", AFTER)
    group = _short_days(world, run)
    assert (group.number, group.known) == (1, None)
    with pytest.raises(Refused, match="Say why these warnings stand"):
        acknowledge(okafor, run.pk, group.code, digest=group.digest, reason="  ")
    with pytest.raises(Refused, match="kinds of warnings are not acknowledged"):
        approve(okafor, run.pk)
    first = acknowledge(okafor, run.pk, group.code, digest=group.digest, reason=" Ice on the roads. ")
    assert (first.reason, first.acknowledged_by_name) == ("Ice on the roads.", world.users["okafor"].full_name)
    again = acknowledge(world.scope("reyes", LATER), run.pk, group.code, digest=group.digest, reason="Other")
    assert (again, Acknowledgement.objects.count()) == (first, 1)
    with pytest.raises(NotInScope):
        acknowledge(okafor, run.pk, "no_such_code", digest=group.digest, reason="x")
    # Built anew the very same warning is known; another day's is not, and who still sees the old one is told.
    anew = build(world.lincoln)
    assert _short_days(world, anew).known == first
    world.lincoln.calendar_days.filter(date=FIRST + timedelta(days=1)).update(dismissal_time=time(11, 55))
    rebuild(world.installation)
    changed = build(world.lincoln)
    assert _short_days(world, changed).known is None
    with pytest.raises(Stale):
        acknowledge(okafor, changed.pk, group.code, digest=group.digest, reason="Ice")
    with pytest.raises(Refused, match="built anew since"):
        approve(okafor, anew.pk)


def test_a_month_is_approved_once_by_an_administrator_of_the_school_and_only_when_it_was_built(
    taken_month: World,
) -> None:
    world = taken_month
    waiting = ask(world.lincoln)
    with pytest.raises(Refused, match="made no package"):
        approve(world.scope("okafor", AFTER), waiting.pk)
    built = build(world.lincoln)
    assert built == waiting
    know_warnings(world, built)
    for person, fault in (("whitfield", NotInScope), ("lindqvist", NotInScope)):
        with pytest.raises(fault):
            approve(world.scope(person, AFTER), built.pk)
    with pytest.raises(Forbidden, match="Only a person"):
        approve(after_the_month(), built.pk)
    signed = approve(world.scope("okafor", AFTER), built.pk)
    User.objects.filter(username="okafor").update(family_name="Married")
    assert approve(world.scope("reyes", LATER), built.pk) == signed
    assert Approval.objects.get().approved_by_name == "Grace Okafor"


def test_only_the_district_certifies_what_the_school_approved_and_the_chain_holds(built_month: World) -> None:
    world, run = built_month, MonthRun.objects.get()
    with pytest.raises(Refused, match="has not approved"):
        certify(world.scope("reyes", AFTER), run.pk)
    approved(world, run)
    for person, fault in (("okafor", Forbidden), ("whitfield", NotInScope), ("lindqvist", NotInScope)):
        with pytest.raises(fault):
            certify(world.scope(person, AFTER), run.pk)
    with pytest.raises(Forbidden, match="Only a person"):
        certify(after_the_month(), run.pk)
    first = certify(world.scope("reyes", LATER), run.pk)
    assert certify(world.scope("reyes", LATER), run.pk) == first
    said = json.loads(first.content)
    assert (said["organization"], said["month"], said["amends"], said["previous"]) == ("2500-008", "2020-11", None, "")
    assert said["package"] == {"name": "S_2500_008_112020.zip", "sha256": run.package.sha256}
    assert said["approved"] == {"by": "Grace Okafor", "at": AFTER.isoformat()}
    assert first.hash == sha256(first.content.encode()).hexdigest()
    frozen = FrozenMonth.objects.get()
    assert (frozen.school, frozen.starts_on, frozen.ends_on) == (world.lincoln, run.starts_on, run.ends_on)
    assert checked_chain(after_the_month()).sentence.startswith("The chain holds: 1 certification,")
    # A month built again and certified again amends the one before.
    second = certified(world, build(world.lincoln), at=LATER)
    assert (second.sequence, second.previous_hash, second.amends) == (2, first.hash, first)
    assert len(chain_links(after_the_month())) == 2
    assert chain_links(after_the_month(), through=1)[0].hash == first.hash
    assert checked_chain(after_the_month()).holds
    for act in (lambda: Certification.objects.update(month=4), second.delete, lambda: Approval.objects.update(run=1)):
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            act()


def test_a_month_that_changed_since_it_was_built_is_not_certified(built_month: World) -> None:
    world, run = built_month, MonthRun.objects.get()
    approved(world, run)
    grants = Mark.objects.filter(student=world.students["Grant"], meeting__date=FIRST)
    grants.update(status="absent", minutes_attended=0)
    rebuild(after_the_month())
    with pytest.raises(Refused, match=r"changed since it was built: .*Attendance.*\. Build it again\."):
        certify(world.scope("reyes", AFTER), run.pk)
    grants.update(status="present", minutes_attended=55)
    rebuild(after_the_month())
    School.objects.filter(pk=world.lincoln.pk).update(code="")
    with pytest.raises(Refused, match=r"changed since it was built: .*Build it again"):
        certify(world.scope("reyes", AFTER), run.pk)
    School.objects.filter(pk=world.lincoln.pk).update(code="008")
    newer = ask(world.lincoln)
    with pytest.raises(Refused, match="built anew since"):
        certify(world.scope("reyes", AFTER), run.pk)
    assert not Certification.objects.exists()
    assert newer.unfinished


def test_two_people_who_certify_at_once_make_one_certification(built_month: World) -> None:
    world, run = built_month, MonthRun.objects.get()
    approved(world, run)
    start, signed = Barrier(2), []

    def click() -> None:
        start.wait()
        signed.append(certify(world.scope("reyes", AFTER), run.pk).pk)
        connection.close()

    clicks = [Thread(target=click) for _ in range(2)]
    for each in clicks:
        each.start()
    for each in clicks:
        each.join()
    assert signed == [Certification.objects.get().pk] * 2


def test_who_was_changing_a_day_while_the_month_was_certified_is_seen_and_nothing_is_certified(
    built_month: World,
) -> None:
    world, run = built_month, MonthRun.objects.get()
    approved(world, run)
    said = []

    def click() -> None:
        with pytest.raises(Refused) as refused:
            certify(world.scope("reyes", AFTER), run.pk)
        said.append(str(refused.value))
        connection.close()

    with transaction.atomic():
        grants = Mark.objects.filter(student=world.students["Grant"], meeting__date=FIRST)
        grants.update(status="absent", minutes_attended=0)
        rebuild(after_the_month())
        district = Thread(target=click)
        district.start()
        _wait_for_a_waiting_lock()
    district.join()
    assert "changed since it was built: " in said[0]
    assert not Certification.objects.exists()


def _wait_for_a_waiting_lock() -> None:
    for _ in range(300):
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
            if cursor.fetchone() != (0,):
                return
        sleep(0.1)
    raise AssertionError("nobody waited")


def test_the_check_of_the_chain_finds_a_row_and_a_package_that_somebody_exchanged(signed_month: World) -> None:
    assert checked_chain(after_the_month()).holds
    _as_a_superuser("UPDATE reporting_exportfile SET content = content || 'x'::bytea")
    _as_a_superuser("UPDATE reporting_certification SET certified_by_name = 'Somebody Else'")
    chain = checked_chain(after_the_month())
    assert [fault.what for fault in chain.faults] == [
        "Certification 1 is of another package than the one that is kept.",
        "The row of certification 1 says other than what was signed.",
    ]
    assert chain.sentence == "The chain does not hold: 2 faults, listed below."
    _as_a_superuser("DELETE FROM reporting_certification")
    assert [fault.what for fault in checked_chain(after_the_month()).faults] == [
        "Lincoln High School, 2020-10-19 to 2020-11-06, is frozen, and its certification is gone."
    ]


def _as_a_superuser(statement: str) -> None:
    """Triggers hold off even the owner of the database; only a superuser turns them off."""
    settings = connections["owner"].settings_dict
    database = psycopg2.connect(dbname=settings["NAME"], user="postgres", **settings["OPTIONS"])
    with database, database.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(statement)
    database.close()
