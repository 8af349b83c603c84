"""What work in own time and mixed days contribute, by the examples of the rule book."""

from dataclasses import replace
from datetime import date

import pytest

from attendance.rules.contributions import Circumstances
from attendance.rules.evidence import Evidence, Review, refusal
from attendance.rules.plan import STANDARD
from tests.attendance.rules.pieces import (
    ALGEBRA,
    ENGLISH,
    FRIDAY,
    HISTORY,
    MONDAY,
    NEXT_MONDAY,
    NEXT_TUESDAY,
    ONLINE,
    PACKETS,
    SCIENCE,
    TUESDAY,
    UNTAKEN,
    all_reviewed,
    classes,
    judged,
    mixed,
    mode,
    online,
)

# Classes met live


def test_MS10_who_attended_is_present_whatever_became_of_the_work() -> None:
    nothing_done = Circumstances(reviews=all_reviewed())
    assert judged(classes(60, 60, 60, 0), nothing_done).status == "present"


def test_MS14_MS16_in_live_classes_the_teachers_mark_alone_makes_minutes() -> None:
    at_home = Circumstances(
        modes=(mode("sync_online"),), evidence=(Evidence("lms_activity", ENGLISH), Evidence("work", ALGEBRA))
    )
    assert judged(classes(0, 0, 0, 60), at_home).minutes_attended == 60
    assert judged(classes(60, 60, 60, 0), at_home).minutes_attended == 180


# Asynchronous online


def test_MS19_one_measure_met_that_day_makes_all_its_minutes_attended() -> None:
    verdict = judged(UNTAKEN, online(Evidence("lms_activity", ALGEBRA)))
    assert (verdict.status, verdict.minutes_attended, verdict.minutes_required) == ("present", 240, 240)


def test_MS19_none_documented_is_absent_once_every_class_is_entered() -> None:
    assert judged(UNTAKEN, online(reviews=all_reviewed())).status == "absent"
    assert judged(UNTAKEN, online(reviews=all_reviewed()[:3])).status == "undetermined"
    assert judged(UNTAKEN, ONLINE).status == "undetermined"


@pytest.mark.parametrize("measure", ["lms_activity", "contact", "work"])
def test_MS19_each_approved_measure_counts(measure: str) -> None:
    assert judged(UNTAKEN, online(Evidence(measure))).status == "present"
    assert judged(UNTAKEN, online(reviews=(Review(ENGLISH, measure),))).status == "present"


def test_MS27_a_bare_log_in_counts_only_where_the_plan_says_so() -> None:
    about = online(Evidence("lms_login"), reviews=all_reviewed())
    assert judged(UNTAKEN, about).status == "absent"
    assert judged(UNTAKEN, about, plan=replace(STANDARD, measures=("lms_login",))).status == "present"


def test_MS39_an_accommodation_lets_a_measure_count_for_one_student() -> None:
    about = online(Evidence("lms_login"), reviews=all_reviewed(), accommodations=frozenset({"lms_login"}))
    assert judged(UNTAKEN, about).status == "present"


def test_MS15_work_of_another_day_is_no_measure_of_this_one() -> None:
    tuesdays = Evidence("work", ENGLISH, work_of=TUESDAY)
    assert judged(UNTAKEN, online(tuesdays, reviews=all_reviewed())).status == "absent"
    assert judged(UNTAKEN, online(replace(tuesdays, work_of=MONDAY), reviews=all_reviewed())).status == "present"
    assert refusal(tuesdays, MONDAY, ["work"]) == "another_days_work"


def test_MS15_being_in_the_lms_is_engagement_of_that_day_whatever_was_done_there() -> None:
    assert judged(UNTAKEN, online(Evidence("lms_activity", work_of=TUESDAY))).status == "present"


def test_RD20_by_class_each_class_asks_for_its_own_measure() -> None:
    plan = replace(STANDARD, measured_by="section")
    english = online(Evidence("lms_activity", ENGLISH), reviews=all_reviewed())
    verdict = judged(UNTAKEN, english, plan=plan)
    assert (verdict.status, verdict.minutes_attended) == ("absent", 60)
    three = online(*(Evidence("contact", each) for each in (ENGLISH, ALGEBRA, HISTORY)))
    assert judged(UNTAKEN, three, plan=plan).status == "present"
    unnamed = online(Evidence("lms_activity"), reviews=all_reviewed())
    assert judged(UNTAKEN, unnamed, plan=plan).status == "absent"


def test_RD01_what_is_assigned_for_the_day_is_required_in_place_of_the_bells() -> None:
    about = replace(online(Evidence("contact")), assigned=((ENGLISH, 90), (7, 30)))
    assert judged(UNTAKEN, about).minutes_required == 90 + 60 + 60 + 60 + 30


# Hybrid and mixed days


def test_RD21_live_minutes_and_work_in_own_time_add_up() -> None:
    held = [*classes(75, 75, minutes=75), *classes(None, None, None, None, minutes=45)[2:]]
    assert sum(each.offered for each in held) == 240
    about = mixed("in_person", "async_online")
    reviews = (Review(HISTORY), Review(SCIENCE))
    not_done = judged(held, replace(about, reviews=reviews))
    assert (not_done.status, not_done.minutes_attended) == ("absent", 150)
    assert judged(held, replace(about, evidence=(Evidence("lms_activity", HISTORY),))).minutes_attended == 240


def test_MS20_engagement_of_the_same_day_rescues_a_missed_live_class() -> None:
    about = mixed("sync_online", "async_online")
    missed = classes(0, 0, None, None)
    rescued = judged(missed, replace(about, evidence=(Evidence("contact"),)))
    assert (rescued.status, rescued.rules) == ("present", ("MS-20", "RD-21"))
    nothing = judged(missed, replace(about, reviews=(Review(HISTORY), Review(SCIENCE))))
    assert nothing.status == "absent"


def test_RD21_nothing_online_rescues_skipped_school() -> None:
    about = replace(mixed("in_person", "async_online"), evidence=(Evidence("lms_activity"),))
    verdict = judged(classes(0, 0, None, None), about)
    assert (verdict.status, verdict.minutes_attended) == ("absent", 120)


def test_MS20_a_live_class_attended_stands_for_the_asynchronous_ones_of_the_day() -> None:
    about = mixed("sync_online", "async_online")
    assert judged(classes(60, 60, None, None), about).minutes_attended == 240
    assert judged(classes(37, 37, None, None), about).status == "undetermined"


def test_MS20_one_live_class_does_not_rescue_the_others() -> None:
    about = replace(mixed("sync_online", "async_online"), reviews=(Review(HISTORY), Review(SCIENCE)))
    plan = replace(STANDARD, measures=("lms_activity",))
    assert judged(classes(60, 0, None, None), about, plan=plan).status == "absent"


# Offline


def completed(minutes: int, handed_in: date, section: int = ENGLISH) -> Review:
    after = (NEXT_MONDAY, NEXT_TUESDAY)
    return Review(section, minutes=minutes, handed_in_on=handed_in, next_session_days=after)


@pytest.mark.parametrize(("minutes", "status"), [(150, "absent"), (151, "present"), (152, "present")])
def test_RD22_completed_work_counts_by_63_percent_of_the_minutes_assigned(minutes: int, status: str) -> None:
    about = replace(PACKETS, assigned=((ENGLISH, 240),), reviews=(completed(minutes, FRIDAY),))
    assert judged([], about).status == status


@pytest.mark.parametrize(
    ("handed_in", "status"), [(FRIDAY, "present"), (NEXT_MONDAY, "present"), (NEXT_TUESDAY, "absent")]
)
def test_RD22_work_is_handed_in_by_the_next_session_day_after_its_week(handed_in: date, status: str) -> None:
    about = replace(PACKETS, assigned=((ENGLISH, 240),), reviews=(completed(240, handed_in),))
    assert judged([], about).status == status
    later = replace(STANDARD, turn_in_session_days=2)
    assert judged([], about, plan=later).status == "present"


def test_RD22_where_the_calendar_ends_with_the_week_no_work_is_late() -> None:
    review = replace(completed(240, date(2021, 6, 1)), next_session_days=())
    assert judged([], replace(PACKETS, assigned=((ENGLISH, 240),), reviews=(review,))).status == "present"


def test_MS21_what_is_not_entered_stays_open_and_nothing_done_is_absent() -> None:
    assert judged(UNTAKEN, PACKETS).status == "undetermined"
    assert judged(UNTAKEN, replace(PACKETS, reviews=all_reviewed(minutes=0))).status == "absent"
    three = tuple(completed(60, FRIDAY, each) for each in (ENGLISH, ALGEBRA, HISTORY))
    assert judged(UNTAKEN, replace(PACKETS, reviews=three)).status == "present"


def test_MS21_a_log_in_is_no_completed_work() -> None:
    about = replace(PACKETS, evidence=(Evidence("lms_activity"),), reviews=all_reviewed(minutes=0))
    assert judged(UNTAKEN, about).status == "absent"
