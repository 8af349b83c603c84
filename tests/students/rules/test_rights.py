import pytest

from students.models import Role
from students.rules.rights import ENDS, PLACES, RIGHTS, Place, Right, may_give, roles_at, sees_children


def test_every_role_has_its_rights_and_its_place():
    assert set(RIGHTS) == set(PLACES) == set(Role.values)
    assert set(Role.values) >= ENDS
    assert sorted(roles_at(*Place)) == sorted(Role.values)


def test_whoever_acts_on_records_may_read_them():
    for role, rights in RIGHTS.items():
        assert Right.READ in rights or rights <= {Right.ACCOUNTS}, role


def test_RD60_reasons_are_for_nurse_office_and_auditor():
    knowing = {role for role, rights in RIGHTS.items() if Right.REASONS in rights}
    assert knowing == {"clerk", "nurse", "school_administrator", "district_administrator", "auditor"}


def test_whom_to_call_is_for_those_who_call():
    calling = {role for role, rights in RIGHTS.items() if Right.CONTACTS in rights}
    assert calling == {"clerk", "counselor", "nurse", "school_administrator", "district_administrator"}


def test_MS33_quarantine_is_for_the_nurse_and_the_office():
    switching = {role for role, rights in RIGHTS.items() if Right.HEALTH in rights}
    assert switching == {"clerk", "nurse", "school_administrator", "district_administrator"}


def test_RD25_the_office_marks_on_behalf_of_teachers_and_the_clerk_voids_nothing():
    assert RIGHTS["clerk"] >= {Right.OFFICE}
    assert not RIGHTS["clerk"] & {Right.ADMINISTER, Right.FIGURES, Right.ACCOUNTS}


@pytest.mark.parametrize("role", ["counselor", "nurse", "auditor", "outreach"])
def test_readers_change_nothing(role):
    assert not RIGHTS[role] & {Right.OFFICE, Right.ADMINISTER, Right.ACCOUNTS}


def test_a_system_administrator_sees_no_child():
    assert RIGHTS["system_administrator"] == {Right.ACCOUNTS}
    assert [role for role in RIGHTS if not sees_children(role)] == ["system_administrator"]


def test_only_a_district_administrator_gives_a_role_that_sees_children():
    assert all(may_give(role, giver_administers_district=True) for role in RIGHTS)
    given = [role for role in RIGHTS if may_give(role, giver_administers_district=False)]
    assert given == ["system_administrator"]
