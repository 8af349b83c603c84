"""MS-26 and RD-25: what of a day in own time is still to be entered, and what can be."""

from datetime import date

import pytest

from attendance.rules.day import Bounds, DayFacts, MeetingFact
from attendance.rules.entry import choice_of, choices, entry_state, piece_of
from attendance.rules.evidence import Review

MONDAY = date(2020, 10, 19)
ASYNC, OFFLINE, LIVE = "async_online", "offline_packets", "sync_online"


def work(attended: int | None, mode: str = ASYNC) -> MeetingFact:
    return MeetingFact(1, None, 55, attended, kind="work", mode=mode, section_id=1)


def lesson(attended: int | None = 55) -> MeetingFact:
    return MeetingFact(9, None, 55, attended, mode=LIVE, section_id=1)


@pytest.mark.parametrize(
    ("facts", "entered", "state"),
    [
        (DayFacts([work(None)]), set(), "open"),
        (DayFacts([work(55)]), set(), "settled"),
        (DayFacts([work(0)]), {1}, "entered"),
        (DayFacts([work(None)]), {1}, "entered"),
        (DayFacts([work(None)]), {2, None}, "open"),
        (DayFacts([work(None)], suspended=True), set(), "settled"),
        (DayFacts([lesson()]), set(), ""),
        (DayFacts([MeetingFact(0, None, 330, None, kind="homebound")]), set(), ""),
        (DayFacts([]), set(), ""),
    ],
)
def test_RD25_a_day_in_own_time_is_open_until_it_is_entered_or_evidence_settles_it(
    facts: DayFacts, entered: set, state: str
) -> None:
    assert entry_state(facts, 1, entered) == state


def test_RD26_in_quarantine_evidence_settles_nothing_and_live_classes_are_confirmed_too() -> None:
    away = Bounds(certain=False, possible=True)
    for piece in (work(55), lesson()):
        assert entry_state(DayFacts([piece], every_class=away), 1, set()) == "open"
        assert entry_state(DayFacts([piece], every_class=away), 1, {1}) == "entered"
    assert piece_of(DayFacts([lesson()], every_class=away), 1) == lesson()


def test_MS19_what_can_be_entered_is_what_the_plan_approves() -> None:
    measures = {"work", "lms_activity"}
    assert choices(ASYNC, measures, confirms_work=False) == ("lms_activity", "work", "none")
    assert choices(ASYNC, {"contact"}, confirms_work=True) == ("contact", "done", "none")
    assert choices(ASYNC, measures, confirms_work=True) == ("lms_activity", "work", "none")
    assert choices(OFFLINE, measures, confirms_work=True) == ("all", "part", "none")
    assert choices(LIVE, measures, confirms_work=True) == ("done", "none")


@pytest.mark.parametrize(
    ("review", "mode", "choice"),
    [
        (Review(1), ASYNC, "none"),
        (Review(1, "contact"), ASYNC, "contact"),
        (Review(1, work_done=True), ASYNC, "done"),
        (Review(1, minutes=54), OFFLINE, "part"),
        (Review(1, minutes=55), OFFLINE, "all"),
        (Review(1, minutes=0), OFFLINE, "none"),
        (Review(1), OFFLINE, "none"),
        (Review(1, work_done=True), LIVE, "done"),
        (Review(1), LIVE, "none"),
    ],
)
def test_what_was_entered_is_read_back_as_the_choice_that_was_made(review: Review, mode: str, choice: str) -> None:
    assert choice_of(review, mode, 55) == choice
