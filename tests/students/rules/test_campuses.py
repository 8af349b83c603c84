"""MS-11: what a school's name says."""

import pytest

from students.rules.campuses import speaks_of_virtual


@pytest.mark.parametrize("name", ["Magnolia Virtual Academy", "MAGNOLIA ONLINE", "Cyber High"])
def test_MS11_a_name_may_speak_of_virtual(name: str) -> None:
    assert speaks_of_virtual(name)


@pytest.mark.parametrize("name", ["Lincoln High School", "Virtue Elementary", "Onlinesville Middle School"])
def test_MS11_a_name_of_a_place_does_not(name: str) -> None:
    assert not speaks_of_virtual(name)
