"""RD-70: month 1 is named 09, month 9 is 05, the year follows."""

import pytest

from reporting.rules.month_names import NotAMonth, month_name, parse_month

NAMED = [
    (1, "2020-09"),
    (2, "2020-10"),
    (3, "2020-11"),
    (4, "2020-12"),
    (5, "2021-01"),
    (6, "2021-02"),
    (7, "2021-03"),
    (8, "2021-04"),
    (9, "2021-05"),
]


@pytest.mark.parametrize(("number", "named"), NAMED)
def test_RD70_each_month_has_its_name_and_is_found_by_it(number: int, named: str) -> None:
    assert str(month_name(number, 2020)) == named
    assert month_name(number, 2020).filed == named[5:] + named[:4]
    assert parse_month(named) == (number, 2020)
    assert parse_month(str(number)) == (number, None)


@pytest.mark.parametrize("number", [0, 10, -1])
def test_RD70_there_is_no_month_before_1_or_after_9(number: int) -> None:
    with pytest.raises(NotAMonth):
        month_name(number, 2020)


@pytest.mark.parametrize(
    "text", ["", "0", "10", "2020-06", "2020-08", "2020-13", "2020-00", "2020-9", "09", "November", "²"]
)
def test_RD70_what_names_no_reporting_month_is_refused_with_what_would(text: str) -> None:
    with pytest.raises(NotAMonth, match="reporting month"):
        parse_month(text)
