"""The state's layouts as data: nothing is dropped or bent in silence."""

import pytest

from attendance.models import CalendarDay, DayKind, EventType, Mode
from reporting.rules.layouts import Column, Form, LayoutFault
from reporting.rules.record_sources import ATTENDANCE, CALENDAR, SUMMARY
from tests.reporting.rules.worlds import MSIS_2


def _codes(record_set: str, column: str) -> dict:
    return {each.name: dict(each.codes) for each in MSIS_2.record_set(record_set).columns}[column]


def test_MS37_every_calendar_event_of_ours_has_the_states_code() -> None:
    assert set(_codes(CALENDAR, "CalendarEventType")) == set(EventType.values)
    assert _codes(CALENDAR, "CalendarEventType")["LAED"] == "LateArrivalEarlyDismissal"


def test_MS38_MS25_every_kind_of_day_and_frequency_has_a_code() -> None:
    assert set(_codes(CALENDAR, "InstructionalDayKind")) == set(DayKind.values)
    frequencies = {value for value, _ in CalendarDay._meta.get_field("attendance_frequency").choices}
    assert set(_codes(CALENDAR, "AttendanceFrequency")) == frequencies


def test_every_mode_that_is_judged_has_a_code() -> None:
    assert set(_codes(SUMMARY, "InstructionMode")) == {*Mode.values, "none"}


def test_the_attendance_file_knows_three_statuses_and_no_undetermined_one() -> None:
    assert list(_codes(ATTENDANCE, "AttendanceStatus").values()) == ["Present", "ExcusedAbsence", "UnexcusedAbsence"]


@pytest.mark.parametrize(
    ("column", "value", "fault"),
    [
        (Column("A", "a"), "", "A: is empty, and is required"),
        (Column("A", "a", width=3), "four", "more than 3 characters"),
        (Column("A", "a", codes={"x": "X"}), "y", "no code for “y”"),
        (Column("A", "a", Form.STATE_ID), "12345678", "not of its form"),
        (Column("A", "a", Form.STATE_ID), "1234567890", "not of its form"),
        (Column("A", "a", Form.ORGANIZATION), "2500008", "not of its form"),
        (Column("A", "a", Form.COUNT), "01", "not of its form"),
        (Column("A", "a", Form.TWO_DECIMALS), "1.5", "not of its form"),
    ],
)
def test_a_value_that_does_not_fit_is_a_fault_that_names_it(column: Column, value: str, fault: str) -> None:
    with pytest.raises(LayoutFault, match=fault):
        column.cell(value)


@pytest.mark.parametrize(
    ("column", "value", "written"),
    [
        (Column("A", "a", required=False), "", ""),
        (Column("A", "a", width=4), "four", "four"),
        (Column("A", "a", codes={"x": "X"}), "x", "X"),
        (Column("A", "a", Form.STATE_ID), "123456789", "123456789"),
        (Column("A", "a"), "two\nlines", "two\nlines"),
    ],
)
def test_a_value_that_fits_is_written_to_the_letter(column: Column, value: str, written: str) -> None:
    assert column.cell(value) == written
