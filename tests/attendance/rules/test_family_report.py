"""What a family may tell, what the policy asks for, and how a report stands for the family."""

from datetime import date, timedelta

import pytest

from attendance.rules.excuse import ExcuseFact, Standing
from attendance.rules.family_report import (
    DAYS_AHEAD,
    DAYS_BACK,
    LONGEST_DAYS,
    Asked,
    Fault,
    Shown,
    asked_for,
    fault_of,
    may_be_accepted,
    shown_with_excuse,
    shown_without_excuse,
)
from attendance.rules.minutes import Span
from attendance.rules.office_entry import Statement
from attendance.rules.policy import Policy

TODAY = date(2020, 10, 27)
HOURS = Span(8 * 60, 15 * 60)
SESSION = [TODAY + timedelta(days=each) for each in range(-40, 200)]


def fault(first: int = 0, last: int | None = None, *times: int | None, days=SESSION) -> Fault | None:
    starts_on, ends_on = (TODAY + timedelta(days=each) for each in (first, first if last is None else last))
    word = Statement("reported_absence", starts_on, ends_on, *times)
    return fault_of(word, today=TODAY, session_days=days, hours=HOURS)


@pytest.mark.parametrize(
    ("first", "last", "found"),
    [
        (0, -1, Fault.ENDS_FIRST),
        (-DAYS_BACK, None, None),
        (-DAYS_BACK - 1, None, Fault.TOO_LONG_AGO),
        (DAYS_AHEAD, None, None),
        (DAYS_AHEAD, DAYS_AHEAD + 1, Fault.TOO_FAR_AHEAD),
        (0, LONGEST_DAYS - 1, None),
        (0, LONGEST_DAYS, Fault.TOO_LONG),
    ],
)
def test_days_lie_within_the_bounds_both_included(first: int, last: int | None, found: Fault | None) -> None:
    assert fault(first, last) is found


@pytest.mark.parametrize(
    ("times", "found"),
    [
        ((540, 600), None),
        ((540, None), Fault.TIMES_WITHOUT_END),
        ((None, 540), Fault.TIMES_WITHOUT_END),
        ((540, 540), Fault.TIMES_WITHOUT_END),
        ((0, 480), Fault.OUTSIDE_SCHOOL),
        ((0, 481), None),
        ((900, 960), Fault.OUTSIDE_SCHOOL),
    ],
)
def test_times_are_both_given_and_touch_the_school_day(times: tuple, found: Fault | None) -> None:
    assert fault(0, 0, *times) is found


def test_times_are_of_one_day_and_a_day_without_school_needs_no_report() -> None:
    assert fault(0, 1, 540, 600) is Fault.TIMES_OF_SEVERAL_DAYS
    assert fault(0, 1, days=[TODAY + timedelta(days=2)]) is Fault.NO_SCHOOL
    assert fault(0, 2, days=[TODAY + timedelta(days=2)]) is None


def policy(notes: int = 0, **accepted: list[str]) -> Policy:
    return Policy(
        1, "p", TODAY, accepted_documents=accepted, undocumented_notes_per_term={"illness": notes, "family": notes}
    )


def test_MS30_and_MS34_neither_a_form_nor_a_note_is_among_what_suffices() -> None:
    listed = ["participation_form", "parent_note", "medical"]
    assert asked_for("illness", policy(illness=listed)) == Asked(["medical"], note_may_do=False)
    assert asked_for("court", policy(court=listed)) == Asked(["medical"], note_may_do=True)
    assert asked_for("illness", policy(1, illness=["medical"])) == Asked(["medical"], note_may_do=True)
    assert asked_for("religious", policy(religious=["none"])) == Asked([], note_may_do=True)
    assert asked_for("court", policy()) == Asked([], note_may_do=False)


def test_ST03_what_the_superintendent_decides_may_be_accepted_whatever_it_rests_on() -> None:
    known = policy(illness=["medical"], other=["other_document"])
    assert may_be_accepted(ExcuseFact("illness", "medical", decision="pending"), known)
    assert not may_be_accepted(ExcuseFact("illness", "parent_note", decision="pending"), known)
    assert may_be_accepted(ExcuseFact("other", "parent_note", decision="pending"), known)
    assert not may_be_accepted(ExcuseFact("other", "participation_form", decision="pending"), known)


def bare(reason: str = "illness", documents: tuple = ("medical",), stands: bool = True, due: int | None = 3) -> Shown:
    due_on = None if due is None else TODAY + timedelta(days=due)
    return shown_without_excuse(reason=reason, asked=Asked(documents, False), stands=stands, due_on=due_on, today=TODAY)


def test_RD08_a_report_without_a_paper_waits_for_it_through_the_due_date() -> None:
    assert (bare(), bare(due=0), bare(due=None), bare(due=-1)) == (Shown.NEEDED,) * 3 + (Shown.LATE,)
    assert (bare("other"), bare(documents=()), bare(stands=False)) == (Shown.TOLD, Shown.TOLD, Shown.TAKEN_OUT)


@pytest.mark.parametrize(
    ("state", "may_do", "due", "shown"),
    [
        ("accepted", True, None, Shown.ACCEPTED),
        ("refused", True, None, Shown.REFUSED),
        ("withdrawn", True, None, Shown.TAKEN_OUT),
        ("pending", True, TODAY, Shown.LOOKING),
        ("pending", False, None, Shown.NEEDED),
        ("pending", False, TODAY, Shown.NEEDED),
        ("pending", False, TODAY - timedelta(days=1), Shown.LATE),
        ("not sufficient", False, TODAY - timedelta(days=1), Shown.LATE),
    ],
)
def test_a_report_with_its_paper_stands_as_the_excuse_does(state: str, may_do: bool, due: date, shown: Shown) -> None:
    assert shown_with_excuse(Standing(state, due, ""), may_do=may_do, today=TODAY) is shown
