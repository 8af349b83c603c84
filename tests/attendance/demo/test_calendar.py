"""The demo's calendar keeps the rules that the product holds districts to."""

from collections import Counter
from datetime import date

from attendance.demo.bells import SCHEDULES
from attendance.demo.calendar import days, session_days
from attendance.demo.cast import TODAY, YEAR_ENDS, YEAR_STARTS
from attendance.rules.reporting_months import month_ranges


def in_session():
    return [day for day in days() if day.in_session]


def test_MS01_the_year_has_180_instructional_days_from_its_first_to_its_last():
    held = in_session()
    assert len(held) == 180
    assert (held[0].date, held[-1].date) == (YEAR_STARTS, YEAR_ENDS)


def test_RD70_nine_months_follow_each_other_without_gap_and_the_second_has_ended():
    months = month_ranges((day.date, day.reporting_month) for day in in_session())
    assert [month.month for month in months] == list(range(1, 10))
    assert months[1].ends_on < TODAY


def test_every_kind_of_day_stands_in_it():
    kinds = Counter((day.event_type, day.day_kind) for day in days())
    assert {event for event, _ in kinds} == {"IN", "LAED", "H", "ED", "TD", "PD"}
    assert {kind for _, kind in kinds} == {"traditional", "hybrid", "virtual", ""}


def test_MS02_every_bell_schedule_gives_six_classes_their_240_minutes():
    for bells in SCHEDULES.values():
        minutes = sorted(bell.minutes for bell in bells if bell.kind == "class")
        assert sum(minutes[:6]) >= 240


def test_names_of_days_fit_the_states_30_characters():
    assert all(len(day.name) <= 30 for day in days())


def test_session_days_stop_at_the_day_asked_for():
    assert session_days(date(2020, 8, 12)) == (date(2020, 8, 10), date(2020, 8, 11), date(2020, 8, 12))
