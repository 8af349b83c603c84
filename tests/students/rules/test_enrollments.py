"""RD-09 and RD-11: enrollment over time."""

from datetime import date

import pytest

from students.rules.enrollments import (
    Membership,
    TwoPrimaryEnrollments,
    begins_on,
    joined_on,
    last_day_before_transfer,
    primary_on,
)

FRIDAY, MONDAY, TUESDAY = date(2020, 10, 23), date(2020, 10, 26), date(2020, 10, 27)
LINCOLN = Membership(school_id=1, starts_on=date(2020, 8, 10), ends_on=FRIDAY)
WASHINGTON = Membership(school_id=2, starts_on=MONDAY, ends_on=None)
CAREER_CENTRE = Membership(school_id=3, starts_on=date(2020, 8, 10), ends_on=None, is_primary=False)


@pytest.mark.parametrize(
    ("day", "enrolled"),
    [(date(2020, 8, 9), False), (date(2020, 8, 10), True), (FRIDAY, True), (date(2020, 10, 24), False)],
)
def test_an_enrollment_holds_from_its_first_day_to_its_last_both_included(day: date, enrolled: bool) -> None:
    assert LINCOLN.holds_on(day) is enrolled


def test_an_enrollment_without_a_last_day_holds_on() -> None:
    assert WASHINGTON.holds_on(date(2030, 1, 1))


def test_RD09_on_a_day_of_transfer_the_day_belongs_to_the_receiving_school() -> None:
    both = [LINCOLN, WASHINGTON]
    assert primary_on(FRIDAY, both) is LINCOLN
    assert primary_on(date(2020, 10, 24), both) is None
    assert primary_on(MONDAY, both) is WASHINGTON


def test_RD09_a_day_belongs_to_the_primary_enrollment_alone() -> None:
    assert primary_on(TUESDAY, [CAREER_CENTRE, WASHINGTON]) is WASHINGTON
    assert primary_on(TUESDAY, [CAREER_CENTRE]) is None


def test_RD09_two_primary_enrollments_on_a_day_are_an_error() -> None:
    overlapping = Membership(school_id=1, starts_on=MONDAY, ends_on=MONDAY)
    with pytest.raises(TwoPrimaryEnrollments, match="2020-10-26"):
        primary_on(MONDAY, [overlapping, WASHINGTON])
    assert primary_on(TUESDAY, [overlapping, WASHINGTON]) is WASHINGTON


def test_nobody_is_enrolled_anywhere_without_an_enrollment() -> None:
    assert primary_on(TUESDAY, []) is None


def test_RD09_the_exit_date_is_the_last_session_day_before_the_transfer() -> None:
    session_days = [TUESDAY, FRIDAY, MONDAY, date(2020, 10, 22)]
    assert last_day_before_transfer(MONDAY, session_days) == FRIDAY
    assert last_day_before_transfer(TUESDAY, session_days) == MONDAY


def test_RD09_before_the_first_session_day_there_is_no_exit_date() -> None:
    assert last_day_before_transfer(FRIDAY, [FRIDAY, MONDAY]) is None


def test_RD11_an_enrollment_without_a_begin_date_begins_on_the_day_of_the_import() -> None:
    assert begins_on(None, today=TUESDAY) == TUESDAY
    assert begins_on(FRIDAY, today=TUESDAY) == FRIDAY


@pytest.mark.parametrize(
    ("left", "entered", "joined"),
    [
        (None, None, date(2020, 10, 27)),
        (date(2020, 10, 21), None, date(2020, 10, 22)),
        (date(2020, 10, 26), None, date(2020, 10, 27)),
        # Left after today, or before they were known: no news of when they joined.
        (date(2020, 10, 27), None, date(2020, 10, 27)),
        (date(2020, 8, 9), None, date(2020, 10, 27)),
        (None, date(2020, 10, 22), date(2020, 10, 22)),
        (None, date(2020, 8, 10), date(2020, 10, 27)),
        (date(2020, 10, 23), date(2020, 10, 22), date(2020, 10, 24)),
    ],
)
def test_RD11_the_day_of_joining_is_told_by_the_class_left_else_by_entering_the_school_else_it_is_today(
    left: date | None, entered: date | None, joined: date
) -> None:
    assert joined_on(date(2020, 8, 10), entered=entered, left=left, today=date(2020, 10, 27)) == joined
