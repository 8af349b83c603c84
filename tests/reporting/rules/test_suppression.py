"""RD-63: small groups are left out, and nobody works them out by subtracting."""

from collections.abc import Collection, Mapping
from math import gcd

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reporting.rules.suppression import ALL, SMALLEST_SHOWN, Cell, Sum, follows, margins, suppressed

# Schools by grades by modes, with many small groups and some empty ones.
TABLES = st.dictionaries(
    st.tuples(st.sampled_from(["s1", "s2", "s3"]), st.sampled_from(["09", "10"]), st.sampled_from(["a", "b"])),
    st.one_of(st.integers(0, 12), st.integers(0, 400)),
    min_size=1,
)


def _sizes(innermost: Mapping[tuple[str, ...], int], sums: Collection[Sum]) -> dict[Cell, int]:
    """The innermost cells and every total of theirs."""
    cells = {cell for each in sums for cell in (each.total, *each.parts)} | set(innermost)
    return {
        cell: sum(
            size
            for inner, size in innermost.items()
            if all(asked in (ALL, value) for asked, value in zip(cell, inner, strict=True))
        )
        for cell in cells
    }


def _left(row: list[int], basis: list[list[int]]) -> list[int]:
    """What is left of an equation once those of a basis are taken out of it, in whole numbers."""
    for other in basis:
        lead = next(place for place, value in enumerate(other) if value)
        if row[lead]:
            row = [other[lead] * here - row[lead] * there for here, there in zip(row, other, strict=True)]
            shrink = gcd(*row) or 1
            row = [value // shrink for value in row]
    return row


def _worked_out(sums: Collection[Sum], out: Collection[Cell]) -> set[Cell]:
    """What an attacker finds: the cells that the equations say alone. An elimination other than the rule's."""
    unknown = sorted(out, key=repr)
    basis: list[list[int]] = []
    for each in sums:
        row = _left([(cell in each.parts) - (cell == each.total) for cell in unknown], basis)
        if any(row):
            basis.append(row)
    return {cell for cell in unknown if not any(_left([int(cell == other) for other in unknown], basis))}


@settings(max_examples=40)
@given(TABLES)
def test_RD63_no_figure_left_out_is_found_by_subtracting_those_that_stand(
    innermost: dict[tuple[str, ...], int],
) -> None:
    sums = margins(innermost)
    sizes = _sizes(innermost, sums)
    out = suppressed(sizes, sums)
    assert all(cell in out for cell, size in sizes.items() if 0 < size < SMALLEST_SHOWN)
    assert _worked_out(sums, out) == set() == follows(sums, out)


@settings(max_examples=40)
@given(TABLES)
def test_RD63_what_is_left_out_of_a_shown_total_numbers_ten_at_least(innermost: dict[tuple[str, ...], int]) -> None:
    sums = margins(innermost)
    sizes = _sizes(innermost, sums)
    out = suppressed(sizes, sums)
    for each in sums:
        hidden = [sizes[part] for part in each.parts if part in out]
        assert each.total in out or not hidden or sum(hidden) >= SMALLEST_SHOWN


@settings(max_examples=40)
@given(TABLES, st.data())
def test_the_rule_and_an_attacker_find_the_same_cells(
    innermost: dict[tuple[str, ...], int], data: st.DataObject
) -> None:
    sums = margins(innermost)
    out = data.draw(st.sets(st.sampled_from(sorted(_sizes(innermost, sums), key=repr)), max_size=12))
    assert follows(sums, out) == _worked_out(sums, out)


def test_RD63_nothing_is_worked_out_in_a_district_of_many_schools_with_small_groups_in_each() -> None:
    innermost = {
        (f"s{school}", f"{grade:02}", mode): (school * 37 + grade * 11 + place * 5) % (14 if place else 90)
        for school in range(12)
        for grade in range(3)
        for place, mode in enumerate(["in_person", "sync_online", "offline_packets"])
    }
    sums = margins(innermost)
    sizes = _sizes(innermost, sums)
    out = suppressed(sizes, sums)
    assert len(out) > 90
    assert all(cell in out for cell, size in sizes.items() if 0 < size < SMALLEST_SHOWN)
    assert _worked_out(sums, out) == set()


@pytest.mark.parametrize(("size", "is_out"), [(0, False), (1, True), (9, True), (10, False)])
def test_RD63_a_group_under_ten_is_left_out_and_one_of_nobody_is_not(size: int, is_out: bool) -> None:
    assert (
        "a" in suppressed({"a": size, "b": 500, "c": 600, "all": size + 1100}, [Sum("all", ("a", "b", "c"))])
    ) is is_out


def test_RD63_one_small_group_takes_the_next_smallest_of_its_row_and_of_its_column_along() -> None:
    innermost = {("x", "1"): 4, ("x", "2"): 40, ("x", "3"): 90, ("y", "1"): 50, ("y", "2"): 70, ("y", "3"): 30}
    sums = margins(innermost)
    assert suppressed(_sizes(innermost, sums), sums) == {("x", "1"), ("x", "2"), ("y", "1"), ("y", "2")}


def test_RD63_where_no_group_is_small_nothing_is_left_out() -> None:
    innermost = {("x", "1"): 10, ("x", "2"): 40}
    sums = margins(innermost)
    assert suppressed(_sizes(innermost, sums), sums) == frozenset()


def test_RD63_a_small_group_that_is_its_whole_school_takes_the_schools_total_along() -> None:
    sums = margins([("x", "1"), ("y", "1"), ("z", "1")])
    out = suppressed(_sizes({("x", "1"): 4, ("y", "1"): 40, ("z", "1"): 50}, sums), sums)
    assert out == {(school, grade) for school in ("x", "y") for grade in ("1", ALL)}
