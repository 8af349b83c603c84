"""Roles given and ended on pages, and accounts switched off and on: by whom, to whom, and never the last."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.contrib.auth.hashers import make_password
from django.core import mail
from django.db import connection

from students.models import FactSource, Role, RoleAssignment, User
from students.refusals import Forbidden, NotInScope, Refused
from students.services.accounts import send_password_link, switch_off, switch_on
from students.services.roles import end_role, give_role
from tests.world import NOW, TODAY, World, add_person, at
from tests.world import give_role as from_roster

TOMORROW, YESTERDAY = TODAY + timedelta(days=1), TODAY - timedelta(days=1)
HASHED = "md5$salt$hash"


@pytest.fixture
def staffed(world: World) -> World:
    """The cast can sign in; reed has an account and nothing else."""
    add_person(world, "reed", "Pat", "Reed")
    User.objects.update(password=HASHED)
    return world


def give(world: World, by: str, to: str, role: str, **more) -> RoleAssignment:
    given = {"school_id": None, "starts_on": TODAY, **more}
    return give_role(world.scope(by), world.users[to].pk, role=role, **given)


def events(role_id: int) -> list[tuple]:
    """What stood in a role's row before each change, the earliest first."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pgh_label, ends_on, ended_by_id FROM students_roleassignmentevent WHERE id = %s ORDER BY pgh_id",
            [role_id],
        )
        return cursor.fetchall()


def test_a_district_administrator_gives_any_role_from_a_day_on(staffed: World) -> None:
    given = give(staffed, "reyes", "reed", Role.CLERK, school_id=staffed.lincoln.pk, starts_on=TOMORROW)
    assert (given.source, given.entered_by, given.entered_at) == (FactSource.HERE, staffed.users["reyes"], NOW)
    assert not staffed.scope("reed").keeps_office(staffed.lincoln.pk)
    assert staffed.scope("reed", at(10, day=TOMORROW)).keeps_office(staffed.lincoln.pk)


def test_sent_twice_a_role_is_given_once(staffed: World) -> None:
    first = give(staffed, "reyes", "reed", Role.NURSE, ends_on=TOMORROW)
    assert give(staffed, "reyes", "reed", Role.NURSE, ends_on=TOMORROW) == first
    with pytest.raises(Refused, match="holds the role on some of these days already"):
        give(staffed, "reyes", "reed", Role.NURSE, starts_on=TOMORROW)


def test_what_the_roster_gives_stands_beside_what_is_given_here(staffed: World) -> None:
    give(staffed, "reyes", "osei", Role.COUNSELOR, school_id=staffed.lincoln.pk)
    assert staffed.users["osei"].role_assignments.count() == 2


def test_nobody_gives_a_role_to_themselves(staffed: World) -> None:
    for person in ("reyes", "novak"):
        with pytest.raises(Forbidden, match="Nobody gives a role to themselves"):
            give(staffed, person, person, Role.SYSTEM_ADMINISTRATOR)


@pytest.mark.parametrize("role", Role.values)
def test_a_system_administrator_gives_no_sight_of_children(staffed: World, role: str) -> None:
    if role == Role.SYSTEM_ADMINISTRATOR:
        assert give(staffed, "novak", "reed", role)
        return
    with pytest.raises(Forbidden, match="Only a district administrator"):
        give(staffed, "novak", "reed", role, school_id=staffed.lincoln.pk, ends_on=TOMORROW)


@pytest.mark.parametrize("person", ["okafor", "mayfield", "hale", "whitfield", "dupree"])
def test_to_everybody_else_there_are_no_accounts(staffed: World, person: str) -> None:
    held, reed, scope = RoleAssignment.objects.first(), staffed.users["reed"].pk, staffed.scope(person)
    acts: list[Callable[[], object]] = [
        lambda: give(staffed, person, "reed", Role.CLERK, school_id=staffed.lincoln.pk),
        lambda: end_role(scope, held.pk, last_day=TODAY),
        lambda: switch_off(scope, reed),
        lambda: switch_on(scope, reed),
        lambda: send_password_link(scope, reed, send=lambda account: None),
    ]
    for act in acts:
        with pytest.raises(NotInScope):
            act()


@pytest.mark.parametrize(
    ("role", "given", "why"),
    [
        (Role.CLERK, {}, "a role of a school names one"),
        (Role.DISTRICT_ADMINISTRATOR, {"school_id": "lincoln"}, "A role of the district names no school"),
        (Role.AUDITOR, {}, "An auditor’s role has a last day"),
        (Role.NURSE, {"starts_on": YESTERDAY}, "begins today at the earliest"),
        (Role.NURSE, {"starts_on": TOMORROW, "ends_on": TODAY}, "The last day lies before the first"),
        ("king", {}, "not a valid choice"),
        (Role.NURSE, {"school_id": 0}, "not a valid choice"),
    ],
)
def test_a_role_out_of_its_place_or_time_is_refused_in_words(staffed: World, role: str, given: dict, why: str) -> None:
    if given.get("school_id") == "lincoln":
        given = {"school_id": staffed.lincoln.pk}
    with pytest.raises(Refused, match=why):
        give(staffed, "reyes", "reed", role, **given)
    assert not staffed.users["reed"].role_assignments.exists()


@pytest.mark.parametrize(("last_day", "sees_today"), [(YESTERDAY, False), (TODAY, True), (TOMORROW, True)])
def test_a_role_is_ended_with_its_last_day(staffed: World, last_day: date, sees_today: bool) -> None:
    with_role = from_roster(staffed, "reed", Role.NURSE, staffed.lincoln, source=FactSource.HERE)
    end_role(staffed.scope("novak"), with_role.pk, last_day=last_day)
    end_role(staffed.scope("novak"), with_role.pk, last_day=last_day)
    with_role.refresh_from_db()
    assert (with_role.ends_on, with_role.ended_by, with_role.ended_at) == (last_day, staffed.users["novak"], NOW)
    assert staffed.scope("reed").reads(staffed.lincoln.pk) is sees_today
    assert not staffed.scope("reed", at(10, day=last_day + timedelta(days=1))).roles
    assert events(with_role.pk) == [("update", None, None)]


def test_a_role_that_has_not_begun_is_taken_away_and_the_history_says_by_whom(staffed: World) -> None:
    given = give(staffed, "reyes", "reed", Role.NURSE)
    end_role(staffed.scope("novak"), given.pk, last_day=YESTERDAY)
    assert not staffed.users["reed"].role_assignments.exists()
    assert events(given.pk) == [("update", None, None), ("delete", TODAY, staffed.users["novak"].pk)]


def test_a_role_is_not_ended_in_the_past_nor_made_longer_nor_where_the_roster_gave_it(staffed: World) -> None:
    scope = staffed.scope("reyes")
    here = from_roster(staffed, "reed", Role.NURSE, None, source=FactSource.HERE, ends_on=TOMORROW)
    with pytest.raises(Refused, match="ends yesterday at the earliest"):
        end_role(scope, here.pk, last_day=TODAY - timedelta(days=2))
    with pytest.raises(Refused, match="ends before that day already"):
        end_role(scope, here.pk, last_day=TOMORROW + timedelta(days=1))
    with pytest.raises(Refused, match="came with the roster"):
        end_role(scope, staffed.users["osei"].role_assignments.get().pk, last_day=TODAY)


def test_the_last_district_administrator_who_can_sign_in_keeps_role_and_account(staffed: World) -> None:
    boss = staffed.users["reyes"]
    RoleAssignment.objects.filter(user=boss).update(source=FactSource.HERE)
    held = RoleAssignment.objects.get(user=boss)
    from_roster(staffed, "okafor", Role.DISTRICT_ADMINISTRATOR, None)
    User.objects.filter(username="okafor").update(password=make_password(None))
    scope = staffed.scope("novak")
    for last_day in (YESTERDAY, TODAY, TODAY + timedelta(days=90)):
        with pytest.raises(Refused, match="Nobody else who can sign in"):
            end_role(scope, held.pk, last_day=last_day)
    with pytest.raises(Refused, match="Nobody else who can sign in"):
        switch_off(scope, boss.pk)
    User.objects.filter(username="okafor").update(password=HASHED)
    switch_off(scope, boss.pk)
    assert not User.objects.get(pk=boss.pk).is_active


def test_a_successor_whose_role_ends_is_none(staffed: World) -> None:
    RoleAssignment.objects.filter(user=staffed.users["reyes"]).update(source=FactSource.HERE)
    held = RoleAssignment.objects.get(user=staffed.users["reyes"])
    from_roster(staffed, "okafor", Role.DISTRICT_ADMINISTRATOR, None, ends_on=TOMORROW)
    with pytest.raises(Refused, match="Nobody else"):
        end_role(staffed.scope("novak"), held.pk, last_day=TOMORROW)
    end_role(staffed.scope("novak"), held.pk, last_day=TODAY)


def test_an_account_is_switched_off_and_on_by_somebody(staffed: World) -> None:
    scope, reed = staffed.scope("novak"), staffed.users["reed"].pk
    for _ in range(2):
        off = switch_off(scope, reed)
    assert (off.closed_by, off.closed_at) == (staffed.users["novak"], NOW)
    assert not User.objects.get(pk=reed).is_active
    for _ in range(2):
        on = switch_on(staffed.scope("reyes"), reed)
    assert (on.closed_at, on.closed_by, on.opened_by) == (None, None, staffed.users["reyes"])
    assert User.objects.get(pk=reed).is_active
    kept = on.events.order_by("pgh_id").values_list("closed_by_id", flat=True)
    assert list(kept) == [None, staffed.users["novak"].pk]


def test_nobody_switches_their_own_account(staffed: World) -> None:
    for act in (switch_off, switch_on):
        with pytest.raises(Forbidden):
            act(staffed.scope("reyes"), staffed.users["reyes"].pk)


def test_switching_on_does_not_overrule_the_roster(staffed: World) -> None:
    User.objects.filter(username="reed").update(is_enabled=False)
    switch_off(staffed.scope("novak"), staffed.users["reed"].pk)
    switch_on(staffed.scope("novak"), staffed.users["reed"].pk)
    assert not User.objects.get(username="reed").is_active


def test_a_link_is_sent_once_to_an_open_account_with_an_address(staffed: World) -> None:
    scope, reed, sent = staffed.scope("novak"), staffed.users["reed"].pk, []
    send_password_link(scope, reed, send=sent.append)
    with pytest.raises(Refused, match="sent just now"):
        send_password_link(scope, reed, send=sent.append)
    assert [account.pk for account in sent] == [reed]
    send_password_link(staffed.scope("novak", NOW + timedelta(minutes=2)), reed, send=sent.append)
    assert len(sent) == 2
    User.objects.filter(pk=reed).update(email="", link_sent_at=None)
    with pytest.raises(Refused, match="no e-mail address"):
        send_password_link(scope, reed, send=sent.append)
    User.objects.filter(pk=reed).update(is_enabled=False)
    with pytest.raises(Refused, match="closed"):
        send_password_link(scope, reed, send=sent.append)
    assert mail.outbox == []


def test_a_letter_that_could_not_be_sent_is_not_noted_as_sent(staffed: World) -> None:
    def broken(account: User) -> None:
        raise OSError("no mail server")

    with pytest.raises(OSError, match="no mail server"):
        send_password_link(staffed.scope("novak"), staffed.users["reed"].pk, send=broken)
    assert User.objects.get(username="reed").link_sent_at is None
