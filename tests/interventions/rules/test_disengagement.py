"""MD-08 and RD-42: any criterion of the district, each with the days behind it."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interventions.rules.disengagement import Criterion, SeenDay, Sign, Signs, criteria
from interventions.rules.policy import SOURCES, CarePolicy

FIRST = date(2020, 9, 1)
P, A, U, I, E = "PAUIE"  # noqa: E741 - present, absent, undetermined, ill by a document, absent and yet engaged


def seen(letters: str) -> tuple[SeenDay, ...]:
    kinds = {P: ("present",), A: ("absent",), U: ("undetermined",), I: ("absent", False, True), E: ("absent", True)}
    return tuple(SeenDay(FIRST + timedelta(days=n), *kinds[letter]) for n, letter in enumerate(letters))


def held(letters: str, policy: CarePolicy = SOURCES) -> set[Sign]:
    return {each.sign for each in criteria(Signs(days=seen(letters)), policy)}


@pytest.mark.parametrize(
    ("letters", "found"),
    [
        ("PPPPAAAA", False),
        ("PPPPAAAAA", True),
        ("PPPPAAAAAA", True),
        ("PPPPAAAAAP", False),
        ("PPPPAAEAA", False),
        ("PPPPAAIAAA", True),
        ("PPPPAAIAA", False),
        ("PPPPAAUAAA", True),
    ],
)
def test_RD42_five_session_days_running_without_presence_or_engagement(letters: str, found: bool) -> None:
    assert (Sign.DAYS_RUNNING in held(letters, CarePolicy(absent_percent=None))) is found


def test_a_run_shows_its_days_and_holds_since_the_fifth() -> None:
    [run] = criteria(Signs(days=seen("PPPPPPPPPAAAAAA")), CarePolicy(absent_percent=None))
    expected = tuple(FIRST + timedelta(days=n) for n in range(9, 15))
    assert run == Criterion(Sign.DAYS_RUNNING, expected[4], expected, 6)


@pytest.mark.parametrize(
    ("letters", "found"),
    [
        ("PA" * 10, True),
        ("PA" * 9 + "PP", False),
        ("PA" * 5, True),
        ("PA" * 4 + "P", False),  # nine days: fewer than ten are not judged
        ("PI" * 10, False),
        ("PA" * 4 + "PI", False),  # nine without the day of illness
        ("A" * 9 + "P" * 20, False),  # nine of the last twenty are not half, as those before do not count
        ("UA" * 10, True),
    ],
)
def test_RD42_absent_on_half_of_the_last_twenty_session_days(letters: str, found: bool) -> None:
    assert (Sign.SHARE in held(letters, CarePolicy(absent_days_running=None))) is found


def test_RD42_two_weeks_without_an_interaction_and_three_failed_contacts_on_three_days() -> None:
    days = [FIRST + timedelta(days=n) for n in (0, 7, 14)]
    assert criteria(Signs(weeks=days[:1], failed_contacts=[*days[:2], days[1]]), SOURCES) == []
    weeks, failed = criteria(Signs(weeks=days[:2], failed_contacts=days), SOURCES)
    assert (weeks.sign, weeks.since, failed.sign, failed.days) == (
        Sign.WEEKS,
        days[1],
        Sign.FAILED_CONTACTS,
        tuple(days),
    )


def test_a_criterion_without_a_figure_is_not_used() -> None:
    none = CarePolicy(
        absent_days_running=None, weeks_without_interaction=None, absent_percent=None, failed_contacts=None
    )
    signs = Signs(days=seen("A" * 30), weeks=[FIRST] * 9, failed_contacts=[FIRST])
    assert criteria(signs, none) == []


@given(st.text("PAUIE", max_size=40), st.integers(0, 39))
def test_presence_instead_of_absence_never_makes_somebody_disengaged(letters: str, where: int) -> None:
    better = letters[:where] + P + letters[where + 1 :]
    if letters[where : where + 1] == A:
        assert held(better) <= held(letters)
