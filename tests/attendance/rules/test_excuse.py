"""RD-08, MS-30, MS-33, MS-34, ST-03: whether an excuse stands, and until when its document may come."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from attendance.rules.excuse import ExcuseFact, due_on, is_allowed_note, rule_of_acceptance, standing, suffices
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
    assert suffices(ExcuseFact("illness", "medical"), POLICY)


@pytest.mark.parametrize("document", ["parent_note", "none", "court_paper"])
def test_MS34_nothing_else_suffices_for_illness_a_parents_note_least(document: str) -> None:
    assert not suffices(ExcuseFact("illness", document), POLICY)


def test_ST03_a_reason_that_the_policy_does_not_know_is_never_excused() -> None:
    assert not suffices(ExcuseFact("holiday", "medical"), POLICY)


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
    found = standing(ExcuseFact("illness", "parent_note"), MONDAY, SESSION, POLICY, today)
    assert (found.state, found.rule, found.due_on) == (state, rule, date(2020, 10, 30))


def test_RD08_without_a_due_date_an_insufficient_excuse_stays_pending() -> None:
    assert (
        standing(ExcuseFact("illness", "none"), date(2020, 11, 6), SESSION, POLICY, date(2020, 12, 1)).state
        == "pending"
    )


def test_RD08_a_missing_document_past_its_due_date_is_not_sufficient() -> None:
    found = standing(ExcuseFact("illness", "none"), MONDAY, SESSION, POLICY, date(2020, 11, 2))
    assert (found.state, found.rule) == ("not sufficient", "RD-08")


def test_RD08_a_sufficient_document_is_accepted_however_late_it_came() -> None:
    assert standing(ExcuseFact("illness", "medical"), MONDAY, SESSION, POLICY, date(2021, 3, 1)).state == "accepted"


ALLOWS_TWO_NOTES = replace(POLICY, undocumented_notes_per_term={"illness": 2})
LISTS_OTHER = replace(POLICY, accepted_documents={"other": ["school_record"]})
EVERYTHING = ["none", "parent_note", "medical", "court_paper", "participation_form", "other_document"]
LISTS_EVERYTHING = replace(POLICY, accepted_documents=dict.fromkeys(("illness", "other", "court"), EVERYTHING))


@pytest.mark.parametrize("reason", ["illness", "other", "court"])
def test_MS30_a_participation_form_never_counts_whatever_the_policy_says(reason: str) -> None:
    form = ExcuseFact(reason, "participation_form", decision="accepted")
    assert not suffices(form, LISTS_EVERYTHING)
    assert standing(form, MONDAY, SESSION, LISTS_EVERYTHING, date(2020, 11, 2)).rule == "MS-30"


def test_MS34_a_parents_note_for_illness_never_counts_by_the_list_of_documents() -> None:
    assert not suffices(ExcuseFact("illness", "parent_note", note_number=1), LISTS_EVERYTHING)
    assert suffices(ExcuseFact("court", "parent_note", note_number=1), LISTS_EVERYTHING)


@pytest.mark.parametrize(("number", "counts"), [(1, True), (2, True), (3, False)])
def test_MS34_the_first_notes_of_a_term_count_where_the_policy_allows_so_many(number: int, counts: bool) -> None:
    note = ExcuseFact("illness", "parent_note", note_number=number)
    assert suffices(note, ALLOWS_TWO_NOTES) is counts is is_allowed_note(note, ALLOWS_TWO_NOTES)
    assert not suffices(note, POLICY), "the default allows none"
    assert not suffices(replace(note, reason="family"), ALLOWS_TWO_NOTES), "so many for illness, and none besides"


@pytest.mark.parametrize(("decision", "state"), [("refused", "refused"), ("pending", "pending")])
def test_ST03_what_the_office_refuses_or_holds_never_excuses(decision: str, state: str) -> None:
    paper = ExcuseFact("illness", "medical", decision=decision)
    found = standing(paper, MONDAY, SESSION, POLICY, date(2021, 3, 1))
    assert not suffices(paper, POLICY)
    assert found.state == state, "one that is held stays pending past its due date, until it is decided"


def test_ST03_what_the_superintendent_accepts_needs_that_decision_and_a_policy_that_lists_it() -> None:
    letter = ExcuseFact("other", "other_document")
    assert not suffices(letter, LISTS_OTHER)
    assert rule_of_acceptance(replace(letter, decision="accepted"), LISTS_OTHER) == "ST-03"
    assert not suffices(replace(letter, decision="accepted"), POLICY)


def test_MS34_a_decision_does_not_make_a_parents_note_an_excuse_for_illness() -> None:
    assert not suffices(ExcuseFact("illness", "parent_note", decision="accepted"), POLICY)


@given(
    reason=st.sampled_from(["illness", "other", "court", "holiday"]),
    kind=st.sampled_from(EVERYTHING),
    decision=st.sampled_from(["", "accepted", "refused", "pending"]),
    number=st.integers(0, 5),
    policy=st.sampled_from([POLICY, ALLOWS_TWO_NOTES, LISTS_OTHER, LISTS_EVERYTHING]),
)
def test_RD08_an_excuse_is_shown_as_accepted_exactly_when_it_excuses(
    reason: str, kind: str, decision: str, number: int, policy: Policy
) -> None:
    excuse = ExcuseFact(reason, kind, decision=decision, note_number=number)
    found = standing(excuse, MONDAY, SESSION, policy, date(2020, 11, 2))
    assert (found.state == "accepted") is suffices(excuse, policy)
    assert found.rule
