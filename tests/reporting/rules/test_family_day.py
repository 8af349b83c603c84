"""What a day comes to for a family: not known yet is never an absence."""

import pytest

from reporting.rules.family_day import SeenDay, day_state, shape_of, why_no_day


def day(status: str, kind: str = "", rules: str = "MS-05", untaken: int = 0, *, is_over: bool = True) -> SeenDay:
    return SeenDay(status, kind, rules.split(), 6, untaken, is_over)


DAYS = [
    (day("present"), "present", "present"),
    (day("present", untaken=2, is_over=False), "present_already", "present"),
    (day("present", untaken=2), "present", "present"),
    (day("present", rules="MS-04 RD-02"), "exempt", "present"),
    (day("present", rules="MS-20 RD-21"), "rescued", "present"),
    (day("absent", "unexcused"), "absent", "absent"),
    (day("absent", "unexcused", "RD-26 MS-33"), "absent_every_class", "absent"),
    (day("absent", "excused", "MS-05 RD-08"), "excused", "excused"),
    (day("absent", "suspended", "MS-05 RD-07"), "suspended", "absent"),
    (day("undetermined", rules="RD-02"), "nothing_on_file", "undetermined"),
    (day("undetermined", rules="RD-03 RD-08", untaken=1), "excuse_open", "undetermined"),
    (day("undetermined", rules="RD-03", untaken=1), "not_known", "undetermined"),
    (day("undetermined", rules="RD-03", untaken=6, is_over=False), "nothing_yet", "undetermined"),
    (SeenDay("undetermined", "", ["RD-03"], 6, 6, is_over=False, in_own_time=True), "work_ahead", "undetermined"),
    (SeenDay("undetermined", "", ["RD-03"], 6, 6, is_over=True, in_own_time=True), "not_known", "undetermined"),
    (day("undetermined", rules="RD-03", untaken=5, is_over=False), "so_far", "undetermined"),
]


@pytest.mark.parametrize(("seen", "state", "shape"), DAYS)
def test_RD03_a_day_is_what_the_ledger_has_and_open_while_it_is_open(seen: SeenDay, state: str, shape: str) -> None:
    assert (day_state(seen), shape_of(state)) == (state, shape)


def test_a_day_without_anything_expected_is_on_no_file() -> None:
    assert day_state(SeenDay("undetermined", "", [], 0, 0, is_over=False)) == "nothing_on_file"


@pytest.mark.parametrize(
    ("enrolled", "in_session", "is_to_come", "why", "shape"),
    [
        (False, False, False, "not_enrolled", "void"),
        (False, True, True, "not_enrolled", "void"),
        (True, False, False, "no_school", "void"),
        (True, False, True, "no_school", "void"),
        (True, True, True, "to_come", "undetermined"),
        (True, True, False, "not_begun", "undetermined"),
    ],
)
def test_a_date_without_a_day_says_why(
    enrolled: bool, in_session: bool, is_to_come: bool, why: str, shape: str
) -> None:
    assert why_no_day(enrolled=enrolled, in_session=in_session, is_to_come=is_to_come) == why
    assert shape_of(why) == shape
