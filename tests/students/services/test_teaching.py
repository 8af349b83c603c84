"""Who stands in for a teacher: named by the school, left alone by every roster."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from django.apps import apps

from students import clock
from students.access import installation_scope, scope_of
from students.models import FactSource, Section, SectionTeacher, User
from students.refusals import Forbidden, NotInScope, Refused
from students.services.roster_import import run_import
from students.services.teaching import appoint, end_teaching
from tests.students.oneroster.sets import RosterFiles
from tests.world import TODAY, YEAR_ENDS, World

FRIDAY = TODAY + timedelta(days=3)


def _appoint(world: World, who: str = "okafor", starts_on: date = TODAY, ends_on: date = FRIDAY):
    section, park = world.sections["1"].pk, world.users["park"].pk
    return appoint(world.scope(who), section, park, starts_on=starts_on, ends_on=ends_on)


def test_a_second_click_is_one_row_and_says_who_named_the_substitute_and_when(world: World) -> None:
    first, again = _appoint(world), _appoint(world)
    assert (first.teaching, again.repeated) == (again.teaching, True)
    named = first.teaching
    assert (named.source, named.entered_by, named.entered_at) == (
        FactSource.HERE,
        world.users["okafor"],
        world.scope("okafor").now,
    )


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "said"),
    [
        (FRIDAY, TODAY, "lies before the first"),
        (TODAY, YEAR_ENDS + timedelta(days=1), "one school year"),
        (date(2020, 8, 9), TODAY, "one school year"),
    ],
)
def test_days_out_of_order_or_outside_the_year_are_refused(
    world: World, starts_on: date, ends_on: date, said: str
) -> None:
    with pytest.raises(Refused, match=said):
        _appoint(world, starts_on=starts_on, ends_on=ends_on)


def test_days_that_touch_a_standing_appointment_are_refused_and_those_beside_it_are_not(world: World) -> None:
    _appoint(world)
    with pytest.raises(Refused, match="teaches this class on some of these days"):
        _appoint(world, starts_on=FRIDAY, ends_on=FRIDAY)
    _appoint(world, starts_on=FRIDAY + timedelta(days=1), ends_on=FRIDAY + timedelta(days=1))


@pytest.mark.parametrize(("who", "fault"), [("whitfield", Forbidden), ("lindqvist", NotInScope), ("park", NotInScope)])
def test_only_an_administrator_of_the_school_names_a_substitute(world: World, who: str, fault: type) -> None:
    with pytest.raises(fault):
        _appoint(world, who)


def test_an_account_that_does_not_sign_in_teaches_nothing(world: World) -> None:
    User.objects.filter(username="park").update(is_enabled=False)
    with pytest.raises(Refused, match="account is open"):
        _appoint(world)


def test_ending_before_the_first_day_takes_it_away_and_keeps_that_it_stood(world: World) -> None:
    named = _appoint(world).teaching
    with pytest.raises(Refused, match="ends before that day"):
        end_teaching(world.scope("okafor"), named.pk, last_day=FRIDAY + timedelta(days=1))
    assert end_teaching(world.scope("okafor"), named.pk, last_day=TODAY - timedelta(days=1)) is None
    assert not SectionTeacher.objects.filter(user=world.users["park"], section=world.sections["1"]).exists()
    assert apps.get_model("students", "SectionTeacherEvent").objects.filter(pgh_obj_id=named.pk).exists()


@pytest.mark.django_db
def test_a_roster_neither_ends_a_substitute_named_here_nor_trips_over_one(tmp_path: Path) -> None:
    files = RosterFiles()
    files.add_staff("sub", "teacher", "lincoln")
    files.add_staff("boss", "districtAdministrator", "district")

    def bring_in() -> None:
        report = run_import(installation_scope(clock.now()), files.folder(tmp_path / "set"))
        assert [str(fault) for fault in report.faults] == []

    bring_in()
    section, sub = Section.objects.get(source_id="algebra"), User.objects.get(source_id="sub")
    boss = scope_of(User.objects.get(source_id="boss"), clock.now())
    named = appoint(boss, section.pk, sub.pk, starts_on=TODAY, ends_on=FRIDAY).teaching
    bring_in()
    files.add(
        "enrollments",
        sourcedId="e-sub",
        classSourcedId="algebra",
        userSourcedId="sub",
        role="teacher",
        schoolSourcedId="lincoln",
        beginDate=str(TODAY),
    )
    bring_in()
    named.refresh_from_db()
    assert (named.starts_on, named.ends_on) == (TODAY, FRIDAY)
    assert SectionTeacher.objects.filter(section=section, user=sub).count() == 2
