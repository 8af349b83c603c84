"""RD-10: ADA and ADM as exact fractions, by grade and mode, those outside ADA apart."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from attendance.rules.rates import district_average, printed
from reporting.rules.facts import SessionDays
from reporting.rules.figures import Figures, Group, Tally, figures, summary_lines, tallied
from tests.reporting.rules.worlds import facts

GROUPS = st.dictionaries(
    st.builds(
        Group, st.booleans(), st.sampled_from(["", "PK", "09", "10"]), st.sampled_from(["", "in_person", "sync_online"])
    ),
    st.builds(Tally, *[st.integers(0, 500)] * 4),
    max_size=12,
)


def _school(present: int, days: int) -> Figures:
    return figures({Group(True, "09", "in_person"): Tally(present=present)}, SessionDays(days))


def test_RD10_two_schools_are_averaged_by_their_own_calendars_and_then_summed() -> None:
    one, other = _school(10_000, 20), _school(9_500, 19)
    assert (printed(one.ada), printed(other.ada)) == ("500.00", "500.00")
    summed = district_average((each.counted.present, each.session_days) for each in (one, other))
    assert printed(summed) == "1000.00"
    # All days over the longer calendar would have been 975.
    assert printed(Fraction(19_500, 20)) == "975.00"


def test_RD10_ADA_is_days_present_and_ADM_days_enrolled_over_school_days() -> None:
    tally = Tally(present=7, excused=1, unexcused=1, undetermined=1)
    found = figures({Group(True, "09", "in_person"): tally}, SessionDays(4))
    assert (found.ada, found.adm, found.undetermined) == (Fraction(7, 4), Fraction(10, 4), 1)
    assert (found.printed_ada, found.printed_adm) == ("1.75", "2.50")


def test_RD10_a_grade_is_averaged_by_its_own_days_and_then_summed() -> None:
    tallies = {Group(True, "09", "in_person"): Tally(present=20), Group(True, "12", "in_person"): Tally(present=15)}
    days = SessionDays(20, {"12": 15})
    assert figures(tallies, days).ada == 2
    lines = {(line.level, line.grade): (line.session_days, line.ada) for line in summary_lines(tallies, days)}
    assert (lines["grade", "12"], lines["grade", "09"]) == ((15, 1), (20, 1))
    assert (lines["school", ""], lines["mode", ""]) == ((20, 2), (20, 2))


def test_RD10_figures_are_rounded_once_and_halves_go_up() -> None:
    assert [_school(present, 8).printed_ada for present in (1, 3)] == ["0.13", "0.38"]


def test_RD10_prekindergarten_and_self_contained_are_left_out_and_shown_apart() -> None:
    tallies = {Group(True, "09", "in_person"): Tally(present=8), Group(False, "PK", "in_person"): Tally(present=4)}
    found = figures(tallies, SessionDays(4))
    assert (found.ada, found.counted.present, found.apart.present) == (2, 8, 4)
    schools = [line for line in summary_lines(tallies, SessionDays(4)) if line.level == "school"]
    assert [(line.counted, line.ada) for line in schools] == [(True, 2), (False, 1)]


def test_no_school_day_is_no_data_and_never_a_rate_of_zero() -> None:
    found = figures({}, SessionDays(0))
    assert (found.ada, found.printed_ada) == (None, "")
    assert summary_lines({}, SessionDays(0)) == []


@given(GROUPS, st.integers(1, 23), st.dictionaries(st.sampled_from(["09", "10"]), st.integers(1, 23)))
def test_RD10_modes_and_grades_add_up_to_the_school(
    tallies: dict[Group, Tally], days: int, of_grades: dict[str, int]
) -> None:
    held = SessionDays(days, of_grades)
    lines = summary_lines(tallies, held)
    for counted in (True, False):
        sums = {
            level: sum((line.ada for line in lines if line.level == level and line.counted is counted), Fraction(0))
            for level in ("school", "grade", "mode", "grade_mode")
        }
        assert len(set(sums.values())) == 1
    assert figures(tallies, held).ada == sum(
        (line.ada for line in lines if line.level == "school" and line.counted), Fraction(0)
    )


def test_the_ledgers_rows_are_counted_by_who_they_are_of() -> None:
    month = facts(students=2, school_days=5)
    assert tallied(month.days) == {Group(True, "09", "in_person"): Tally(present=10)}
