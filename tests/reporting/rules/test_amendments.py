"""The words in which a change of a certified day is told."""

from reporting.rules.amendments import calendar_in_words, day_in_words, mark_in_words


def test_a_day_says_its_status_and_its_minutes() -> None:
    assert day_in_words("absent unexcused 0/330") == "absent, unexcused, 0 of 330 minutes"
    assert day_in_words("present 208/330") == "present, 208 of 330 minutes"
    assert day_in_words("") == "not in the ledger"


def test_a_mark_says_its_period_whatever_that_is_called() -> None:
    assert mark_in_words("1: left_early 35") == "period 1: left early, 35 minutes"
    assert mark_in_words("A: lunch: absent 0") == "period A: lunch: absent, 0 minutes"
    assert mark_in_words("") == "no mark"


def test_a_calendar_day_says_what_it_is_and_in_which_month() -> None:
    assert calendar_in_words("IN traditional A month 3") == "instructional day, traditional A, month 3"
    assert calendar_in_words("H month 3") == "holiday, month 3"
    assert calendar_in_words("H") == "holiday"
    assert calendar_in_words("") == "not in the calendar"
