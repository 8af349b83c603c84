"""The demo's calendar keeps the rules that the product holds districts to."""

from collections import Counter
from datetime import date

from attendance.demo.calendar import days, days_of, session_days
from attendance.demo.cast import HIGH, TODAY, YEAR_ENDS, YEAR_STARTS, YESTERDAY
from attendance.demo.schools import SCHOOLS
from attendance.rules.minutes import minute_of
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


def test_MS02_every_day_of_every_school_offers_240_minutes_one_that_is_cut_short_too():
    for school in SCHOOLS.values():
        for bells in school.bells.values():
            assert sum(bell.minutes for bell in bells) >= 240
        cut_short = [day.dismissal for day in days_of(school) if day.dismissal]
        assert cut_short
        assert all(school.minutes(until=minute_of(dismissal)) >= 240 for dismissal in cut_short)


def test_MS02_a_senior_without_the_last_block_still_has_240_minutes():
    for bells in SCHOOLS[HIGH].bells.values():
        assert sum(bell.minutes for bell in bells if bell.period != "Block 4") >= 240


def test_MS03_a_lunch_inside_a_period_is_taken_off():
    held = [bell for school in SCHOOLS.values() for bells in school.bells.values() for bell in bells if bell.meal]
    assert held
    assert all(bell.minutes == bell.times.span.minutes - 30 for bell in held)


def test_the_rotation_goes_on_from_one_day_in_session_to_the_next_and_a_days_name_comes_round_again():
    lincoln = {day.date: day.rotation_day for day in days_of(SCHOOLS[HIGH])}
    assert [lincoln[day] for day in (YESTERDAY, TODAY)] == ["B", "A"]
    for school in SCHOOLS.values():
        names = [day.rotation_day for day in days_of(school) if day.in_session]
        turn = school.rotation or [""]
        assert names == [turn[number % len(turn)] for number in range(180)]
        assert not any(day.rotation_day for day in days_of(school) if not day.in_session)


def test_names_of_days_fit_the_states_30_characters():
    assert all(len(day.name) <= 30 for day in days())


def test_session_days_stop_at_the_day_asked_for():
    assert session_days(date(2020, 8, 12)) == (date(2020, 8, 10), date(2020, 8, 11), date(2020, 8, 12))
