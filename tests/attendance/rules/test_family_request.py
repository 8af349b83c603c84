"""Until when a family may ask for a correction, and what counts as corrected."""

from datetime import date

from attendance.rules.family_request import Stood, first_day_to_ask_about, is_corrected


def test_two_weeks_back_may_be_asked_about() -> None:
    assert first_day_to_ask_about(date(2020, 10, 27)) == date(2020, 10, 13)


def test_another_status_other_minutes_or_no_mark_at_all_is_a_correction() -> None:
    stood = Stood("tardy", 40)
    assert not is_corrected(stood, Stood("tardy", 40))
    assert all(is_corrected(stood, now) for now in (Stood("present", 55), Stood("tardy", 50), None))
