"""A class's week in own time as it is saved: who may, of whom, of which days, and once."""

from datetime import date
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from attendance.models import DayReview, WeekSubmission
from attendance.services.ledger import check
from attendance.services.reviews import ReviewEntry
from attendance.services.taking import BadEntries
from students.refusals import Forbidden, NotInScope, Refused, Stale
from tests.attendance.modes.ways import (
    FRIDAY,
    LAST_WEEK,
    MONDAY,
    TUESDAY,
    WEDNESDAY,
    engaged,
    enter,
    entered,
    instant,
    of,
    on_file,
    plan,
    row,
    status,
    taught,
)
from tests.world import PERIODS, TODAY, World, at


@pytest.fixture
def home(opened_world: World) -> World:
    """Abara and Castillo work in own time online."""
    world = opened_world
    for name in ("Abara", "Castillo"):
        taught(world, name)
    return world


def test_MS19_one_measure_a_day_makes_the_day_present_and_none_of_any_class_absent(home: World) -> None:
    enter(home, of(home, "Abara", MONDAY, "contact"), of(home, "Abara", TUESDAY, "none"))
    assert status(home, "Abara") == ["P", "U", "U", "U", "U"]
    for period in PERIODS[1:]:
        enter(home, of(home, "Abara", TUESDAY, "none"), section=period)
    assert status(home, "Abara") == ["P", "A", "U", "U", "U"]
    assert row(home, "Abara", MONDAY).minutes_attended == 330
    assert not check(home.installation)


def test_MS15_a_weeks_work_done_on_monday_counts_for_monday_alone(home: World) -> None:
    for period in PERIODS:
        enter(
            home,
            of(home, "Abara", MONDAY, "work"),
            *(of(home, "Abara", day, "none") for day in LAST_WEEK[1:]),
            section=period,
        )
    assert status(home, "Abara") == ["P", "A", "A", "A", "A"]


def test_the_same_form_twice_is_entered_once_and_a_half_filled_one_leaves_the_rest_open(home: World) -> None:
    form = uuid4()
    first = enter(home, of(home, "Abara", MONDAY, "lms_activity"), of(home, "Castillo", MONDAY, ""), submission_id=form)
    again = enter(home, of(home, "Abara", MONDAY, "none"), submission_id=form)
    assert (first.version, first.changed, again.version, again.repeated) == (1, 1, 1, True)
    assert entered(home) == 1
    with pytest.raises(Refused, match="another week"):
        enter(home, submission_id=form, section="2")


def test_a_page_older_than_somebody_elses_save_is_refused(home: World) -> None:
    enter(home, of(home, "Abara", MONDAY, "none"))
    with pytest.raises(Stale):
        enter(home, of(home, "Abara", MONDAY, "contact"), by="okafor")
    assert DayReview.objects.get().measure == ""
    assert WeekSubmission.objects.count() == 1


def test_who_may_enter_a_week(home: World) -> None:
    """RD-25: the office on behalf of the teacher; nobody of another school."""
    with pytest.raises(NotInScope):
        enter(home, of(home, "Abara", MONDAY, "none"), by="park")
    enter(home, of(home, "Abara", MONDAY, "none"), by="okafor")
    assert DayReview.objects.get().entered_by == home.users["okafor"]


def test_who_sees_a_class_without_marking_it_does_not_enter_its_week(home: World) -> None:
    with pytest.raises(Forbidden):
        enter(home, of(home, "Abara", MONDAY, "none"), by="osei")


def test_what_cannot_be_entered_is_refused_by_name_and_nothing_is_written(home: World) -> None:
    refusals = [
        ((of(home, "Abara", date(2020, 10, 30), "none"),), date(2020, 10, 26), "day to come"),
        ((of(home, "Abara", TODAY, "none"),), MONDAY, "not of this week"),
        ((of(home, "Abara", MONDAY, "none"), of(home, "Abara", MONDAY, "contact")), MONDAY, "twice"),
        ((of(home, "Delgado", MONDAY, "none"),), MONDAY, "nothing to enter"),
        ((ReviewEntry(home.students["Shah"].pk, MONDAY, "none"),), MONDAY, "nothing to enter"),
        ((of(home, "Abara", MONDAY, "lms_login"),), MONDAY, "Abara.*does not approve"),
        ((of(home, "Abara", MONDAY, "all"),), MONDAY, "Abara.*does not approve"),
        ((of(home, "Abara", date(2020, 10, 24), "none"),), MONDAY, "Abara.*nothing to enter here on Sat Oct 24"),
    ]
    for entries, monday, words in refusals:
        with pytest.raises(Refused, match=words):
            enter(home, of(home, "Castillo", monday, "contact"), *entries, monday=monday)
    with pytest.raises(NotInScope):
        enter(home, monday=TUESDAY)
    assert entered(home) == 0


def test_MS39_an_accommodation_on_file_counts_for_that_student_alone(home: World) -> None:
    on_file(home, "Abara")
    enter(home, of(home, "Abara", MONDAY, "lms_login"))
    assert status(home, "Abara", MONDAY) == ["P"]
    with pytest.raises(BadEntries, match="Castillo"):
        enter(home, of(home, "Castillo", MONDAY, "lms_login"), version=1)


def test_MS27_a_log_in_counts_where_the_plan_says_so(home: World) -> None:
    plan(measures=["lms_login"])
    enter(home, of(home, "Castillo", MONDAY, "lms_login"))
    assert status(home, "Castillo", MONDAY) == ["P"]
    with pytest.raises(BadEntries, match="does not approve"):
        enter(home, of(home, "Castillo", TUESDAY, "contact"), version=1)


def test_RD25_what_was_entered_is_changed_with_a_reason_alone_once_its_turn_in_is_over(home: World) -> None:
    """One window for entering and for changing: the week's turn-in is Monday the 26th, for each of its days."""
    turn_in, after = at(17, day=date(2020, 10, 26)), at(8)
    enter(home, of(home, "Abara", MONDAY, "none"), of(home, "Abara", FRIDAY, "none"), now=turn_in)
    enter(home, of(home, "Abara", MONDAY, "none"), of(home, "Abara", FRIDAY, "contact"), version=1, now=turn_in)
    with pytest.raises(BadEntries, match="Fri Oct 23 already"):
        enter(home, of(home, "Abara", FRIDAY, "none"), version=2, now=after)
    with pytest.raises(BadEntries, match="Mon Oct 19 already"):
        enter(home, of(home, "Abara", MONDAY, "contact"), version=2, now=after)
    enter(home, of(home, "Abara", MONDAY, "contact"), version=2, reason="Talked on Monday")
    stands = DayReview.objects.get(date=MONDAY)
    assert (stands.measure, stands.reason) == ("contact", "Talked on Monday")
    assert stands.events.count() == 1


def test_RD25_where_the_plan_asks_for_daily_entry_a_change_wants_a_reason_after_the_next_session_day(
    home: World,
) -> None:
    plan(entry_frequency="daily")
    enter(home, of(home, "Abara", MONDAY, "none"), now=at(17, day=MONDAY))
    enter(home, of(home, "Abara", MONDAY, "contact"), version=1, now=at(17, day=TUESDAY))
    with pytest.raises(BadEntries, match="Mon Oct 19 already"):
        enter(home, of(home, "Abara", MONDAY, "none"), version=2, now=at(8, day=WEDNESDAY))


def test_an_entry_that_is_taken_back_leaves_the_day_open_and_is_kept(home: World) -> None:
    enter(home, of(home, "Abara", FRIDAY, "contact"))
    assert status(home, "Abara", FRIDAY) == ["P"]
    with pytest.raises(BadEntries, match="Fri Oct 23 already"):
        enter(home, of(home, "Abara", FRIDAY, ""), version=1)
    enter(home, of(home, "Abara", FRIDAY, ""), version=1, by="okafor", reason="Of another student")
    assert status(home, "Abara", FRIDAY) == ["U"]
    assert entered(home) == 0
    gone = DayReview.pgh_event_model.objects.filter(pgh_label__icontains="delete").get()
    assert (gone.measure, gone.entered_by, gone.reason) == ("contact", home.users["okafor"], "Of another student")


def test_RD22_offline_work_counts_for_its_own_day_when_handed_in_by_the_turn_in(home: World) -> None:
    """The week's first session day after it is Monday the 26th."""
    taught(home, "Delgado", "offline_packets")
    in_time, late = date(2020, 10, 26), TODAY
    for period in PERIODS:
        enter(
            home,
            of(home, "Delgado", MONDAY, "all", handed_in_on=in_time),
            of(home, "Delgado", TUESDAY, "all", handed_in_on=late),
            of(home, "Delgado", WEDNESDAY, "part", minutes=34, handed_in_on=in_time),
            of(home, "Delgado", FRIDAY, "none"),
            section=period,
        )
    assert status(home, "Delgado") == ["P", "A", "A", "U", "A"]


@pytest.mark.parametrize(
    ("choice", "more", "words"),
    [
        ("all", {}, "day on which the work was handed in"),
        ("all", {"handed_in_on": date(2020, 10, 28)}, "cannot have handed in"),
        ("all", {"handed_in_on": date(2020, 10, 18)}, "cannot have handed in"),
        ("part", {"handed_in_on": TODAY}, "minutes completed"),
        ("part", {"handed_in_on": TODAY, "minutes": 56}, "1 to 55"),
        ("contact", {}, "does not approve"),
    ],
)
def test_RD22_offline_work_says_how_much_and_when(home: World, choice: str, more: dict, words: str) -> None:
    taught(home, "Delgado", "offline_digital")
    with pytest.raises(BadEntries, match=words):
        enter(home, of(home, "Delgado", MONDAY, choice, **more))


def test_RD26_in_quarantine_the_days_work_is_confirmed_beside_the_live_class(home: World) -> None:
    taught(home, "Delgado", "sync_online", reason="quarantine", starts_on=MONDAY, ends_on=TUESDAY)
    enter(home, of(home, "Delgado", MONDAY, "done"), of(home, "Delgado", TUESDAY, "none"))
    assert [each.work_done for each in DayReview.objects.order_by("date")] == [True, False]
    with pytest.raises(BadEntries, match="Wed Oct 21"):
        enter(home, of(home, "Delgado", WEDNESDAY, "done"), version=1)


def test_a_week_costs_the_same_whatever_the_class(home: World) -> None:
    def statements(*names: str, version: int) -> int:
        with CaptureQueriesContext(connection) as made:
            enter(home, *(of(home, each, day, "contact") for each in names for day in LAST_WEEK), version=version)
        return len(made)

    for name in ("Delgado", "Grant"):
        taught(home, name)
    engaged(home, "Grant", instant(MONDAY, 20))
    assert statements("Abara", version=0) == statements("Castillo", "Delgado", "Grant", version=1)
