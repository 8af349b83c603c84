"""How a child is taught on the days to come."""

from datetime import date, timedelta

from reporting.rules.family_plan import TaughtDay, hand_in_weeks, ways

MONDAY = date(2020, 10, 26)


def day(n: int, mode: str, *of_sections: tuple[int, str]) -> TaughtDay:
    return TaughtDay(MONDAY + timedelta(days=n), mode, of_sections=of_sections)


def test_MS17_the_ways_are_named_once_in_the_order_in_which_they_come() -> None:
    days = [day(0, "in_person"), day(1, "sync_online", (7, "async_online")), day(2, "in_person")]
    assert ways(days) == ["in_person", "sync_online", "async_online"]


def test_RD22_the_offline_work_of_a_week_is_handed_in_together() -> None:
    days = [
        day(0, "offline_packets"),
        day(2, "in_person", (7, "offline_digital")),
        day(3, "in_person"),
        day(7, "offline_packets"),
        day(8, "sync_online"),
    ]
    assert hand_in_weeks(days) == [MONDAY + timedelta(days=2), MONDAY + timedelta(days=7)]
    assert hand_in_weeks([day(0, "async_online")]) == []
