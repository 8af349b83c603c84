"""Files for the state are exact; files for people run nothing."""

import csv
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from students.rules.csv_text import FORMULA_STARTS, exact_csv, harmless, people_csv, read_csv

AWKWARD = st.text(alphabet=st.sampled_from(list("aé,\"'\n\r\t=+-@ ;0“🙂")), max_size=12)
ANY_TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=30)
ROWS = st.lists(st.tuples(AWKWARD | ANY_TEXT, AWKWARD | ANY_TEXT), max_size=8)


@given(ROWS)
def test_every_value_comes_back_from_an_exact_file_to_the_letter(rows: list[tuple[str, str]]) -> None:
    assert read_csv(exact_csv(["a", "b"], rows)) == [["a", "b"], *(list(row) for row in rows)]


@given(ROWS)
def test_no_cell_of_a_file_for_people_begins_a_formula_and_nothing_else_is_changed(rows: list) -> None:
    text = people_csv(["a", "b"], rows).decode("utf-8-sig")
    written = list(csv.reader(StringIO(text, newline="")))[1:]
    for row, original in zip(written, rows, strict=True):
        for cell, value in zip(row, original, strict=True):
            assert not cell.startswith(FORMULA_STARTS) or abs(float(cell)) < 1000
            assert cell in (value, f"'{value}")


@pytest.mark.parametrize("value", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "+1.5+A1", "-1.5\n", "+16015550123"])
def test_a_formula_is_neutralized_for_people_and_kept_for_the_state(value: str) -> None:
    assert harmless(value) == f"'{value}"
    assert read_csv(exact_csv(["a"], [[value]]))[1] == [value]


@pytest.mark.parametrize("value", ["", "Grant, Tasha", "a=b", " =1", "'quoted", "+1.5", "-10.0"])
def test_what_no_spreadsheet_runs_stays_as_it_is(value: str) -> None:
    assert harmless(value) == value


def test_an_exact_file_has_no_mark_and_ends_its_lines_as_the_standard_says() -> None:
    assert exact_csv(["a", "b"], [["1", "é"]]) == "a,b\r\n1,é\r\n".encode()
