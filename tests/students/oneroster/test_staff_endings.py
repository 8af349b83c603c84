"""An import that would lock the staff out waits for a person: too many accounts or teachers, or nobody left to run
the district."""

from datetime import date

import pytest

from students import clock
from students.access import installation_scope
from students.models import FactSource, RoleAssignment, SectionTeacher, User
from students.services.roster_import import ImportReport, run_import
from tests.students.oneroster.sets import RosterFiles

pytestmark = pytest.mark.django_db
NO_ADMINISTRATOR = "No district administrator would be left who can sign in."


@pytest.fixture
def files():
    """One district administrator, boss, beside the teacher of algebra."""
    files = RosterFiles()
    files.add_staff("boss", "districtAdministrator", "district")
    return files


@pytest.fixture
def bring_in(tmp_path):
    def run(files: RosterFiles, **options: bool) -> ImportReport:
        report = run_import(installation_scope(clock.now()), files.folder(tmp_path / "set"), **options)
        assert [str(fault) for fault in report.faults] == []
        return report

    return run


def drop_staff(files: RosterFiles, who: str) -> None:
    files.drop("users", who)
    for file in ("roles", "enrollments"):
        files.drop(file, who, "userSourcedId")


def add_teachers(files: RosterFiles, count: int) -> list[str]:
    """Teachers, each with a class."""
    names = [f"more{number}" for number in range(count)]
    for name in names:
        files.add_staff(name, "teacher", "lincoln")
        files.add_class(f"class-{name}", "lincoln", "1")
        files.add("enrollments", sourcedId=f"e-{name}", classSourcedId=f"class-{name}", userSourcedId=name,
                  role="teacher", schoolSourcedId="lincoln", beginDate="2020-08-10")  # fmt: skip
    return names


def test_a_set_that_no_longer_lists_staff_locks_nobody_out(files, bring_in):
    everybody = [*add_teachers(files, 30), "t1", "boss"]
    assert bring_in(files).written
    for who in everybody:
        drop_staff(files, who)
    report = bring_in(files)
    said = " ".join(report.held)
    assert "32 of 32 active staff would end" in said
    assert "31 of 31 active teachers of classes would end" in said
    assert NO_ADMINISTRATOR in said
    assert not report.written
    assert User.objects.filter(is_active=True).count() == 32
    assert not SectionTeacher.objects.exclude(ends_on=None).exists()


def test_confirmed_it_goes_on(files, bring_in):
    everybody = [*add_teachers(files, 30), "t1", "boss"]
    bring_in(files)
    for who in everybody:
        drop_staff(files, who)
    assert bring_in(files, confirm_endings=True).written
    assert not User.objects.filter(is_active=True).exists()


@pytest.mark.parametrize(("leaving", "waits"), [(20, False), (21, True)])
def test_accounts_that_may_no_longer_sign_in_are_counted_whether_dropped_or_disabled(files, bring_in, leaving, waits):
    names = add_teachers(files, 30)
    bring_in(files)
    for number, who in enumerate(names[:leaving]):
        if number % 2:
            files.row("users", who)["enabledUser"] = "false"
        else:
            drop_staff(files, who)
    report = bring_in(files)
    assert report.written is not waits
    assert (
        report.held[: int(waits)]
        == [f"{leaving} of 32 active staff would end, more than 5% and more than 20."][: int(waits)]
    )


def test_accounts_that_could_not_sign_in_before_are_not_counted(files, bring_in):
    names = add_teachers(files, 30)
    for who in names[:15]:
        files.row("users", who)["enabledUser"] = "false"
    bring_in(files)
    for who in names[:30]:
        files.drop("users", who)
        files.drop("roles", who, "userSourcedId")
        files.row("enrollments", f"e-{who}")["userSourcedId"] = "t1"
        files.row("enrollments", f"e-{who}")["sourcedId"] = f"t1-{who}"
    assert not [fault for fault in bring_in(files).held if "staff would end" in fault]


@pytest.mark.parametrize(("leaving", "waits"), [(20, False), (21, True)])
def test_teachers_taken_off_their_classes_are_counted(files, bring_in, leaving, waits):
    names = add_teachers(files, 30)
    bring_in(files)
    for who in names[:leaving]:
        files.drop("enrollments", f"e-{who}")
    report = bring_in(files)
    assert report.written is not waits
    assert [fault for fault in report.held if f"{leaving} of 31 active teachers of classes would end" in fault] == (
        report.held[: int(waits)]
    )


def _is_dropped(files: RosterFiles) -> None:
    drop_staff(files, "boss")


def _becomes_a_teacher(files: RosterFiles) -> None:
    files.row("roles", "boss", "userSourcedId").update(role="teacher", orgSourcedId="lincoln")


def _may_not_sign_in(files: RosterFiles) -> None:
    files.row("users", "boss")["enabledUser"] = "false"


def _ended_yesterday(files: RosterFiles) -> None:
    # Exclusive: the last day is Monday the 26th.
    files.row("roles", "boss", "userSourcedId")["endDate"] = "2020-10-27"


def _begins_tomorrow(files: RosterFiles) -> None:
    files.row("roles", "boss", "userSourcedId")["beginDate"] = "2020-10-28"


WAYS = [_is_dropped, _becomes_a_teacher, _may_not_sign_in, _ended_yesterday, _begins_tomorrow]


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__.strip("_"))
def test_an_import_that_leaves_no_district_administrator_waits_for_a_person(files, bring_in, way):
    files.row("roles", "boss", "userSourcedId")["beginDate"] = "2020-08-10"
    assert bring_in(files).written
    way(files)
    report = bring_in(files)
    assert report.held == [NO_ADMINISTRATOR]
    assert not report.written
    assert User.objects.get(source_id="boss").is_active
    assert RoleAssignment.objects.get(role="district_administrator").ends_on is None
    assert bring_in(files, confirm_endings=True).written


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__.strip("_"))
def test_while_another_one_is_left_it_does_not_wait(files, bring_in, way):
    files.add_staff("deputy", "districtAdministrator", "district")
    bring_in(files)
    way(files)
    assert bring_in(files).held == []


def test_one_whose_last_day_is_today_is_still_one(files, bring_in):
    bring_in(files)
    files.row("roles", "boss", "userSourcedId")["endDate"] = "2020-10-28"
    assert bring_in(files).held == []
    assert RoleAssignment.objects.get(role="district_administrator").ends_on == date(2020, 10, 27)


def test_the_district_may_change_hands_in_one_set(files, bring_in):
    bring_in(files)
    drop_staff(files, "boss")
    files.add_staff("successor", "districtAdministrator", "district")
    assert bring_in(files).written


def test_an_administrator_whom_no_file_brought_is_left_alone_and_counts(files, bring_in):
    bring_in(files)
    by_hand = User.objects.create(username="by-hand", given_name="By", family_name="Hand", password="!")
    RoleAssignment.objects.create(user=by_hand, role="district_administrator", starts_on=date(2020, 8, 10))
    drop_staff(files, "boss")
    assert bring_in(files).written
    assert User.objects.get(username="by-hand").is_active


def test_one_by_a_role_entered_here_counts_while_the_account_is_open(files, bring_in):
    files.add_staff("deputy", "principal", "lincoln")
    bring_in(files)
    entered = RoleAssignment.objects.create(
        user=User.objects.get(source_id="deputy"),
        role="district_administrator",
        source=FactSource.HERE,
        starts_on=date(2020, 8, 10),
    )
    drop_staff(files, "boss")
    assert bring_in(files, dry_run=True).held == []
    User.objects.filter(pk=entered.user_id).update(closed_at=clock.now(), closed_by=entered.user_id)
    assert bring_in(files, dry_run=True).held == [NO_ADMINISTRATOR]


def test_where_nobody_administers_the_district_nothing_is_lost(bring_in):
    files = RosterFiles()
    assert bring_in(files).written
    drop_staff(files, "t1")
    assert bring_in(files).written


def test_a_set_without_users_and_roles_leaves_both_as_they_are(files, bring_in):
    bring_in(files)
    for name in list(files.files):
        if name != "classes":
            files.files[name] = []
    assert bring_in(files).held == []
