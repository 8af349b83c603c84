"""RD-25, RD-63: what was entered of what was due, who comes first, and which small groups are left out."""

from hypothesis import given
from hypothesis import strategies as st

from reporting.rules.figure_entries import (
    Entries,
    EntryLine,
    StudentsBehind,
    by_name,
    weeks_between,
    work_left_out,
    worst_first,
)
from reporting.rules.suppression import ALL


def line(name: str, *counts: int, left_out: bool = False) -> EntryLine:
    return EntryLine(name, Entries(*counts), order=name.lower(), is_left_out=left_out)


def test_RD25_the_rate_is_of_what_was_entered_in_time_and_what_was_due() -> None:
    held = Entries(in_time=17, late=2, missing=1, overdue=1)
    assert (held.due, held.rate, held.rate_by_now) == (20, "85.0%", "95.0%")
    assert held.points_since(Entries(in_time=9, late=1)) == "-5.0"
    assert (Entries().rate, Entries().points_since(held), held.points_since(Entries())) == ("", "", "")
    assert held + Entries(1, 1, 1, 0) == Entries(18, 3, 2, 1)


def test_the_worst_come_first_and_of_equals_those_of_whom_most_was_due() -> None:
    lines = [line("B", 9, 1), line("A", 1, 1), line("D", 5, 5), line("C", 0, 0, 3), line("E", left_out=True)]
    assert [each.name for each in worst_first(lines)] == ["C", "D", "A", "B", "E"]
    assert [each.name for each in by_name([line("", 1), *lines])] == ["A", "B", "C", "D", "E", ""]


def test_weeks_in_which_nothing_was_due_stand_among_the_others() -> None:
    assert weeks_between({}) == ()
    found = weeks_between({3: Entries(1), 5: Entries(0, 1)})
    assert [(each.number, each.entries.due) for each in found] == [(3, 1), (4, 0), (5, 1)]


def test_RD63_nine_students_in_own_time_are_left_out_and_ten_are_not() -> None:
    ten = work_left_out([StudentsBehind(1, 2, 9, 10), StudentsBehind(2, 2, 9, 10)])
    assert not ten.hides("1", "2")
    assert not ten.hides_weeks("1")
    assert not ten.hides_weeks(ALL)
    nine = work_left_out([StudentsBehind(1, 2, 9, 9), StudentsBehind(2, 2, 9, 30), StudentsBehind(3, 2, 9, 40)])
    assert nine.hides("1", "2")
    assert nine.hides("1", ALL)
    assert nine.hides_weeks("1")
    # What is left of the sum would tell of the nine: the smallest other goes with them, and every week of the sum.
    assert nine.hides("2", "2")
    assert not nine.hides("3", "2")
    assert not nine.hides(ALL, "2")
    assert nine.hides_weeks(ALL)
    assert nine.hides_weeks("2")
    assert not nine.hides_weeks("3")


def test_RD63_a_single_small_week_hides_the_weeks_and_not_the_month() -> None:
    outs = work_left_out([StudentsBehind(1, 2, 9, 30), StudentsBehind(1, 2, 10, 3), StudentsBehind(2, 2, 9, 30)])
    assert outs.hides_weeks("1")
    assert outs.hides_weeks(ALL)
    assert not outs.hides_weeks("2")
    assert not outs.hides("1", "2")


BEHIND = st.lists(
    st.builds(StudentsBehind, st.integers(1, 4), st.integers(1, 3), st.integers(1, 12), st.integers(1, 30)), max_size=12
)


@given(BEHIND)
def test_RD63_no_small_month_stands_and_never_one_alone_is_left_out(behind: list[StudentsBehind]) -> None:
    outs = work_left_out(behind)
    for school, month in {(each.school_id, each.month) for each in behind}:
        most = max(each.students for each in behind if (each.school_id, each.month) == (school, month))
        assert most >= 10 or outs.hides(str(school), str(month))
    for month in {str(each.month) for each in behind}:
        schools = {str(each.school_id) for each in behind if str(each.month) == month}
        left_out = [school for school in schools if outs.hides(school, month)]
        assert len(left_out) != 1 or outs.hides(ALL, month)
