"""RD-08, MS-33, MS-34: whether an excuse stands, and until when its document may come."""

from datetime import date

import pytest

from attendance.rules.excuse import due_on, standing, suffices
from attendance.rules.policy import Policy

POLICY = Policy(
    id=1,
    name="The state's of 2020-21",
    starts_on=date(2020, 7, 1),
    accepted_documents={"illness": ["medical", "health_order"], "court": ["court_paper"]},
)
# Monday 26 October to Friday 6 November 2020, the Tuesday of the election off.
SESSION = [date(2020, 10, day) for day in (26, 27, 28, 29, 30)] + [date(2020, 11, day) for day in (2, 4, 5, 6)]
MONDAY = date(2020, 10, 26)


def test_MS33_a_doctors_excuse_suffices_for_illness() -> None:
    assert suffices("illness", "medical", POLICY)


@pytest.mark.parametrize("document", ["parent_note", "none", "court_paper"])
def test_MS34_nothing_else_suffices_for_illness_a_parents_note_least(document: str) -> None:
    assert not suffices("illness", document, POLICY)


def test_ST03_a_reason_that_the_policy_does_not_know_is_never_excused() -> None:
    assert not suffices("holiday", "medical", POLICY)


def test_RD08_the_document_is_due_three_school_days_after_the_return() -> None:
    # Back on Tuesday 27; Wednesday, Thursday and Friday are the three school days.
    assert due_on(MONDAY, SESSION, POLICY) == date(2020, 10, 30)


def test_RD08_days_out_of_session_do_not_count_towards_the_due_date() -> None:
    # Back on Friday 30; Monday, Wednesday and Thursday follow, the weekend and Tuesday are no school days.
    assert due_on(date(2020, 10, 29), SESSION, POLICY) == date(2020, 11, 5)


def test_RD08_the_order_of_the_calendar_does_not_matter() -> None:
    assert due_on(MONDAY, SESSION[::-1], POLICY) == date(2020, 10, 30)


def test_RD08_where_the_calendar_does_not_reach_there_is_no_due_date_yet() -> None:
    assert due_on(date(2020, 11, 2), SESSION, POLICY) is None
    assert due_on(date(2020, 10, 30), SESSION, POLICY) == date(2020, 11, 6)


@pytest.mark.parametrize(
    ("today", "state", "rule"),
    [
        (date(2020, 10, 29), "pending", "RD-08"),
        (date(2020, 10, 30), "pending", "RD-08"),
        (date(2020, 10, 31), "not sufficient", "MS-34"),
    ],
)
def test_MS34_a_parents_note_is_pending_until_the_due_date_and_then_not_sufficient(
    today: date, state: str, rule: str
) -> None:
    found = standing("illness", "parent_note", MONDAY, SESSION, POLICY, today)
    assert (found.state, found.rule, found.due_on) == (state, rule, date(2020, 10, 30))


def test_RD08_without_a_due_date_an_insufficient_excuse_stays_pending() -> None:
    assert standing("illness", "none", date(2020, 11, 6), SESSION, POLICY, date(2020, 12, 1)).state == "pending"


def test_RD08_a_missing_document_past_its_due_date_is_not_sufficient() -> None:
    found = standing("illness", "none", MONDAY, SESSION, POLICY, date(2020, 11, 2))
    assert (found.state, found.rule) == ("not sufficient", "RD-08")


def test_RD08_a_sufficient_document_is_accepted_however_late_it_came() -> None:
    assert standing("illness", "medical", MONDAY, SESSION, POLICY, date(2021, 3, 1)).state == "accepted"
