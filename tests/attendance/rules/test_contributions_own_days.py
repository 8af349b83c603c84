"""What makes one student's day another than the class's, and which plan holds."""

from dataclasses import replace
from datetime import date

from attendance.rules.contributions import Circumstances, Seat
from attendance.rules.day import judge
from attendance.rules.evidence import Evidence, Review
from attendance.rules.minutes import MeetingTimes, Span
from attendance.rules.plan import STANDARD, Plan, plan_on
from tests.attendance.rules.pieces import (
    HISTORY,
    MONDAY,
    PACKETS,
    POLICY,
    SCIENCE,
    SECTIONS,
    TUESDAY,
    UNTAKEN,
    all_reviewed,
    classes,
    judged,
    laid_out,
    mixed,
    mode,
    online,
)

# Days of one student


def sitting(attended: int | None, *, remote: bool = False) -> Seat:
    return Seat(9, MeetingTimes(Span(540, 660)), attended, remote)


def test_RD23_an_assessment_adds_minutes_in_person_and_takes_no_class_away() -> None:
    about = replace(online(Evidence("contact")), seats=(sitting(120),))
    laid = laid_out(UNTAKEN, about)
    verdict = judge(laid.facts, POLICY)
    assert laid.mode == "in_person"
    assert (verdict.minutes_required, verdict.minutes_attended) == (360, 360)
    assert judge(laid_out(UNTAKEN, replace(about, seats=(sitting(0),))).facts, POLICY).minutes_attended == 240


def test_MS12_an_assessment_not_yet_taken_is_open() -> None:
    verdict = judged(UNTAKEN, online(reviews=all_reviewed(), seats=(sitting(None),)))
    assert (verdict.minutes_untaken, verdict.minutes_required) == (120, 360)


def test_MS12_readiness_taken_at_home_leaves_the_mode() -> None:
    assert laid_out(UNTAKEN, online(seats=(sitting(120, remote=True),))).mode == "async_online"


def test_RD23_who_has_class_in_the_building_sits_it_as_an_activity() -> None:
    verdict = judged(classes(60, 0, 0, 60), Circumstances(seats=(sitting(120),)))
    assert verdict.minutes_required == 240
    assert verdict.minutes_attended == 60 + 60 + 50 + 60


def test_MS04_an_early_release_senior_owes_63_percent_of_the_own_day() -> None:
    about = Circumstances(own_schedule="early_release")
    assert judged(classes(75, 20, minutes=75), about).status == "present"
    assert judged(classes(75, 19, minutes=75), about).status == "absent"
    assert judged(classes(75, 20, minutes=75), about).minutes_needed == 95


def test_RD02_an_early_release_senior_with_nothing_scheduled_is_exempt() -> None:
    verdict = judged([], Circumstances(own_schedule="early_release"))
    assert (verdict.status, verdict.rules) == ("present", ("MS-04", "RD-02"))
    assert judged([], Circumstances(own_schedule="part_time")).status == "undetermined"


def test_RD27_a_college_without_class_credits_its_own_minutes_alone() -> None:
    about = Circumstances(colleges_out=(SCIENCE,))
    verdict = judged(classes(0, 0, 0, None), about)
    assert (verdict.status, verdict.minutes_attended) == ("absent", 60)
    assert judged(classes(60, 60, 0, None), about).status == "present"
    assert judged([], about).rules == ("MS-32", "RD-02")
    assert judged(UNTAKEN, online(reviews=all_reviewed(), colleges_out=(SCIENCE,))).minutes_attended == 60


def test_homebound_minutes_stand_for_the_classes() -> None:
    about = Circumstances(own_schedule="homebound")
    assert judged(UNTAKEN, about).status == "undetermined"
    for minutes, status in [(150, "absent"), (151, "present"), (300, "present")]:
        assert judged(UNTAKEN, replace(about, reviews=(Review(None, minutes=minutes),))).status == status


# The plan


def test_MS18_the_narrowest_plan_that_has_begun_decides() -> None:
    district = Plan(date(2020, 8, 1), measured_by="section")
    seniors = Plan(date(2020, 8, 1), grade="12")
    school = Plan(date(2020, 9, 1), school_id=5)
    both = Plan(date(2020, 10, 20), school_id=5, grade="12")
    plans = [district, seniors, school, both]
    assert plan_on(MONDAY, plans, school_id=6, grade="11") == district
    assert plan_on(MONDAY, plans, school_id=6, grade="12") == seniors
    assert plan_on(MONDAY, plans, school_id=5, grade="12") == school
    assert plan_on(TUESDAY, plans, school_id=5, grade="12") == both
    assert plan_on(date(2020, 7, 31), plans, school_id=5, grade="12") == STANDARD


def test_RD23_a_virtual_day_takes_the_plans_fallback_and_leaves_packets() -> None:
    plan = replace(STANDARD, virtual_day_mode="async_online")
    assert laid_out(UNTAKEN, Circumstances(), plan=plan, day_kind="virtual").mode == "async_online"
    assert laid_out(UNTAKEN, PACKETS, plan=plan, day_kind="virtual").mode == "offline_packets"
    hybrid = Circumstances(modes=(mode("sync_online", weekdays=(0,)), mode("in_person", weekdays=(1,))))
    assert laid_out(UNTAKEN, hybrid).mode == "sync_online"


def test_MS08_classes_done_in_own_time_are_named_so_that_nobody_is_asked_to_mark_them() -> None:
    assert laid_out(UNTAKEN, PACKETS).own_time_sections == SECTIONS
    assert laid_out(UNTAKEN, mixed("in_person", "async_online")).own_time_sections == (HISTORY, SCIENCE)
    assert laid_out(UNTAKEN, Circumstances()).own_time_sections == ()
