"""RD-10, RD-63: any cell and margin of a district's figures, summed exactly, and left out where it is small."""

from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from attendance.rules.rates import printed
from reporting.rules.facts import SessionDays
from reporting.rules.figure_lines import Amount, Chronic, mean_of_2_and_3
from reporting.rules.figure_tables import Books, Cell, amount_in, grades_and_modes, left_out, line_of, lines_of
from reporting.rules.figures import Group, Tally
from reporting.rules.suppression import ALL, SMALLEST_SHOWN, margins, suppressed

GROUPS = st.dictionaries(
    st.builds(Group, st.booleans(), st.sampled_from(["09", "10"]), st.sampled_from(["in_person", "sync_online"])),
    st.builds(Tally, *[st.integers(0, 500)] * 4),
    min_size=1,
)
SCHOOLS = st.dictionaries(st.sampled_from([1, 2, 3]), st.tuples(GROUPS, st.integers(1, 23)), min_size=1)


def _books(*schools: tuple[int, int], month: int = 3) -> Books:
    """Schools by the days present and the days in session, everybody in grade 09 and there in person."""
    group = Group(True, "09", "in_person")
    return Books(
        {(number, month): {group: Tally(present=present)} for number, (present, _) in enumerate(schools, 1)},
        {(number, month): SessionDays(days) for number, (_, days) in enumerate(schools, 1)},
    )


def test_RD10_the_district_is_1000_and_not_975() -> None:
    amount = amount_in(_books((10_000, 20), (9_500, 19)), Cell(), 3)
    assert amount is not None
    assert (amount.printed_ada, amount.rate, amount.session_days) == ("1000.00", "100.0%", None)


@given(SCHOOLS)
def test_RD10_the_district_is_the_sum_of_its_schools_and_grades_and_modes_add_up(
    schools: dict[int, tuple[dict[Group, Tally], int]],
) -> None:
    books = Books(
        {(school, 3): groups for school, (groups, _) in schools.items()},
        {(school, 3): SessionDays(days) for school, (_, days) in schools.items()},
    )
    by_hand = sum(
        (
            Fraction(tally.present, days)
            for groups, days in schools.values()
            for group, tally in groups.items()
            if group.counted
        ),
        Fraction(0),
    )
    district = amount_in(books, Cell(), 3)
    assert (district.ada if district else 0) == by_hand
    for split in (
        [Cell(str(school)) for school in schools],
        [Cell(grade=grade) for grade in ("09", "10")],
        [Cell(mode=mode) for mode in ("in_person", "sync_online")],
    ):
        parts = [amount for cell in split if (amount := amount_in(books, cell, 3))]
        assert sum((part.ada or 0 for part in parts), Fraction(0)) == by_hand
        assert sum((part.tally for part in parts), Tally()) == (district.tally if district else Tally())


def test_RD10_those_apart_are_in_no_figure_but_their_own() -> None:
    tallies = {(1, 3): {Group(True, "09", ""): Tally(present=8), Group(False, "PK", ""): Tally(present=4)}}
    books = Books(tallies, {(1, 3): SessionDays(4)})
    counted, apart = amount_in(books, Cell(), 3), amount_in(books, Cell(), 3, counted=False)
    assert counted is not None
    assert apart is not None
    assert (counted.ada, apart.ada) == (2, 1)
    assert amount_in(books, Cell(grade="PK"), 3) is None


def test_a_line_says_how_far_the_rate_moved_since_the_month_before() -> None:
    group = Group(True, "09", "in_person")
    tallies = {(1, 2): {group: Tally(present=9, unexcused=1)}, (1, 3): {group: Tally(present=8, unexcused=2)}}
    books = Books(tallies, {(1, 2): SessionDays(5), (1, 3): SessionDays(5)})
    line, first = line_of(books, Cell("1"), 3), line_of(books, Cell("1"), 2)
    assert line is not None
    assert first is not None
    assert (line.trend, first.trend) == ("-10.0", "")
    # RD-63: where the month before is left out, the difference would tell it.
    alone = line_of(books, Cell("1"), 3, {2: frozenset({Cell("1")})})
    assert alone is not None
    assert alone.trend == ""


def test_RD03_days_still_undetermined_are_no_fall_of_the_rate() -> None:
    group = Group(True, "09", "in_person")
    tallies = {(1, 2): {group: Tally(present=9, unexcused=1)}, (1, 3): {group: Tally(present=9, undetermined=1)}}
    line = line_of(Books(tallies, {(1, 2): SessionDays(5), (1, 3): SessionDays(5)}), Cell("1"), 3)
    assert line is not None
    assert line.trend == ""


@pytest.mark.parametrize(("undetermined", "settled"), [(0, True), (9, True), (10, False), (11, False)])
def test_RD03_a_week_is_drawn_once_its_undetermined_days_cannot_move_what_is_printed(
    undetermined: int, settled: bool
) -> None:
    amount = Amount(Tally(present=10_000 - undetermined, undetermined=undetermined), Fraction(1), Fraction(1))
    assert amount.is_settled is settled
    # A rate and its trend wait for the same.
    assert bool(amount.points_since(amount)) is settled


def test_RD03_while_no_day_is_decided_there_is_no_rate() -> None:
    assert Amount(Tally(undetermined=6), Fraction(0), Fraction(1)).rate == ""
    assert Amount(Tally(undetermined=5, unexcused=1), Fraction(0), Fraction(1)).rate == "0.0%"


def test_RD10_the_mean_of_months_2_and_3_is_exact_and_waits_for_both() -> None:
    amounts = {
        month: amount for month in (2, 3) if (amount := amount_in(_books((month * 10, 3), month=month), Cell(), month))
    }
    assert printed(mean_of_2_and_3(amounts).ada, 3) == "8.333"
    assert not mean_of_2_and_3({3: amounts[3]}).is_data
    assert mean_of_2_and_3(amounts).rate == "100.0%"


def test_ST05_chronic_absence_of_a_cell_is_that_of_its_groups() -> None:
    books = Books(
        _books((200, 10), (200, 10)).tallies,
        _books((200, 10), (200, 10)).days,
        {(1, 3): {("09", "in_person"): Chronic(2, 20), ("10", "in_person"): Chronic(1, 20)}},
    )
    line = line_of(books, Cell(grade="09"), 3)
    assert line is not None
    assert line.chronic == Chronic(2, 20)
    assert line.chronic.rate == "10.0%"
    district, uncounted = line_of(books, Cell(), 3), line_of(books, Cell("2"), 3)
    assert district is not None
    assert uncounted is not None
    assert (district.chronic, uncounted.chronic) == (Chronic(3, 40), None)


def test_RD63_a_small_group_is_left_out_with_what_would_tell_it() -> None:
    mixed = {
        (school, 3): {
            Group(True, grade, mode): Tally(present=present)
            for grade in ("09", "10")
            for mode, present in (("in_person", 400), ("sync_online", 300))
        }
        for school in (1, 2)
    }
    mixed[1, 3][Group(True, "09", "sync_online")] = Tally(present=90)
    books = Books(mixed, {(1, 3): SessionDays(10), (2, 3): SessionDays(10)})
    out = left_out(books, 3)
    assert Cell("1", "09", "sync_online") in out
    assert {Cell(), Cell("1"), Cell("2")} & out == set()
    # One alone would be a subtraction away in each direction.
    assert len([cell for cell in out if cell.school == "1" and ALL not in cell]) >= 4
    line = line_of(books, Cell("1", "09", "sync_online"), 3, {3: out})
    assert line is not None
    assert (line.is_left_out, line.chronic, line.trend) == (True, None, "")


@given(SCHOOLS, st.dictionaries(st.sampled_from(["09", "10"]), st.integers(0, 30)))
def test_RD63_no_line_that_is_shown_is_of_fewer_than_ten_on_an_average_day_or_for_chronic_absence(
    schools: dict[int, tuple[dict[Group, Tally], int]], students: dict[str, int]
) -> None:
    books = Books(
        {(school, 3): groups for school, (groups, _) in schools.items()},
        {(school, 3): SessionDays(days, {"10": days - 1}) for school, (_, days) in schools.items()},
        {(1, 3): {(grade, "in_person"): Chronic(0, number) for grade, number in students.items()}},
    )
    out = left_out(books, 3)
    places = ((ALL, *map(str, schools)), (ALL, "09", "10"), (ALL, "in_person", "sync_online"))
    for cell in (Cell(*place) for place in product(*places)):
        line = line_of(books, cell, 3)
        sizes = [line.amount.adm, line.chronic.students if line.chronic else 0] if line and line.amount else []
        assert cell in out or not [size for size in sizes if size and size < SMALLEST_SHOWN]


@given(
    st.dictionaries(st.sampled_from([1, 2, 3, 4]), st.tuples(GROUPS, st.integers(0, 23)), min_size=1),
    st.dictionaries(st.tuples(st.sampled_from([1, 2, 5]), st.sampled_from(["09", "10", "11"])), st.integers(0, 30)),
)
def test_RD63_whole_numbers_leave_out_the_very_cells_that_averages_of_each_margin_do(
    schools: dict[int, tuple[dict[Group, Tally], int]], students: dict[tuple[int, str], int]
) -> None:
    days = {school: SessionDays(held, {"10": max(held - 3, 0)}) for school, (_, held) in schools.items()}
    chronic: dict[tuple[int, int], dict[tuple[str, str], Chronic]] = {}
    for (school, grade), number in students.items():
        chronic.setdefault((school, 3), {})[grade, "in_person"] = Chronic(0, number)
    books = Books(
        {(school, 3): groups for school, (groups, _) in schools.items()},
        {(school, 3): held for school, held in days.items()},
        chronic,
    )
    by_day = {
        Cell(str(school), group.grade, group.mode): (tally.enrolled, days[school].of(group.grade))
        for school, (groups, _) in schools.items()
        for group, tally in groups.items()
        if group.counted
    }
    for_chronic = {
        Cell(str(school), grade, "in_person"): number if school in days else 0
        for (school, grade), number in students.items()
    }
    sums = margins({*by_day, *for_chronic})

    def size(margin: tuple[str, ...]) -> Fraction | int:
        def within(cell: Cell) -> bool:
            return all(asked in (ALL, value) for asked, value in zip(margin, cell, strict=True))

        on_a_day = [Fraction(n, held) for cell, (n, held) in by_day.items() if within(cell) and held]
        students = [n for cell, n in for_chronic.items() if within(cell)]
        return min(filter(None, (sum(on_a_day, Fraction(0)), Fraction(sum(students)))), default=0)

    every = {cell for each in sums for cell in (each.total, *each.parts)}
    assert left_out(books, 3) == suppressed({cell: size(cell) for cell in every}, sums)


def test_a_page_offers_the_grades_and_modes_that_there_are() -> None:
    books = _books((10, 2))
    assert grades_and_modes(books, Cell()) == (["09"], ["in_person"])
    assert grades_and_modes(books, Cell("7")) == ([], [])
    assert lines_of(books, [Cell("1"), Cell("7")], 3) == [line_of(books, Cell("1"), 3)]
