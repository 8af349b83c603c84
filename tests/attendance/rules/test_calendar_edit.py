"""What a day becomes when some of what the calendar says of it is changed."""

from datetime import time

from attendance.rules.calendar_edit import DayValues, edited, what_is_missing

REGULAR = DayValues("IN", "Picture day", "traditional", "A", "Regular", "daily", time(14))


def test_only_what_is_changed_changes() -> None:
    assert edited(REGULAR, {"day_kind": "virtual"}) == DayValues(
        "IN", "Picture day", "virtual", "A", "Regular", "daily", time(14)
    )
    assert edited(REGULAR, {}) == REGULAR


def test_a_day_out_of_session_has_no_kind_rotation_bells_or_dismissal() -> None:
    assert edited(REGULAR, {"event_type": "ED", "name": "Ice"}) == DayValues("ED", "Ice")


def test_MS38_a_day_in_session_needs_its_kind_and_bells() -> None:
    assert what_is_missing(REGULAR) == what_is_missing(DayValues("H")) == ""
    assert "MS-38" in what_is_missing(edited(REGULAR, {"day_kind": ""}))
    assert "bell schedule" in what_is_missing(edited(REGULAR, {"bell_schedule": ""}))
    assert "MS-38" in what_is_missing(edited(DayValues("H"), {"event_type": "LAED"}))
