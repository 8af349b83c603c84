"""What a disengaged student needs most."""

import pytest

from interventions.rules.outreach import need_of


@pytest.mark.parametrize(
    ("signs", "unlocated", "need"),
    [
        ({"failed_contacts", "weeks"}, False, "locate"),
        ({"days_running"}, True, "locate"),
        ({"weeks", "share"}, False, "connect"),
        ({"days_running", "share"}, False, "return"),
    ],
)
def test_MD08_who_cannot_be_reached_is_looked_for_first(signs, unlocated, need) -> None:
    assert need_of(signs, is_unlocated=unlocated) == need
