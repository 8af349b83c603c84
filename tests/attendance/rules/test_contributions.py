"""What each piece of a day contributes, mode by mode, by the examples of the rule book."""

from dataclasses import replace
from datetime import date

import pytest

from attendance.rules.contributions import Circumstances, Held, Seat, Taught, taught
from attendance.rules.day import DayVerdict, judge
from attendance.rules.evidence import Evidence, Review, refusal
from attendance.rules.minutes import WHOLE_DAY, MeetingTimes, Span
from attendance.rules.modes import ModeFact
from attendance.rules.office import OfficeFact, office_word
from attendance.rules.plan import STANDARD, Plan, plan_on
from attendance.rules.policy import Policy

MONDAY = date(2020, 10, 19)
TUESDAY, FRIDAY = date(2020, 10, 20), date(2020, 10, 23)
NEXT_MONDAY, NEXT_TUESDAY = date(2020, 10, 26), date(2020, 10, 27)
POLICY = Policy(1, "2020-21", date(2020, 7, 1))
ENGLISH, ALGEBRA, HISTORY, SCIENCE = 1, 2, 3, 4
SECTIONS = (ENGLISH, ALGEBRA, HISTORY, SCIENCE)


def mode(name: str, section: int | None = None, **fields: object) -> ModeFact:
    return ModeFact(name, date(2020, 8, 10), None, section_id=section, **fields)  # type: ignore[arg-type]


def classes(*attended: int | None, minutes: int = 60, marks: tuple[str, ...] = ()) -> list[Held]:
    """Four classes of an hour from eight, or so many as are given, each with its minutes attended; None is untaken."""
    return [
        Held(
            number + 1,
            SECTIONS[number],
            MeetingTimes(Span(480 + number * 65, 480 + number * 65 + minutes)),
            minutes,
            there,
            mark=marks[number] if marks else None,
        )
        for number, there in enumerate(attended)
    ]


UNTAKEN = classes(None, None, None, None)


def laid_out(held: list[Held], about: Circumstances, *, plan: Plan = STANDARD, **fields: object) -> Taught:
    given = {"day_kind": "traditional", "rotation_day": "", "excused": ()}
    return taught(MONDAY, held, about, plan=plan, policy=POLICY, **{**given, **fields})  # type: ignore[arg-type]


def judged(held: list[Held], about: Circumstances, **fields: object) -> DayVerdict:
    return judge(laid_out(held, about, **fields).facts, POLICY)


ONLINE = Circumstances(modes=(mode("async_online"),))
PACKETS = Circumstances(modes=(mode("offline_packets"),))


def online(*evidence: Evidence, reviews: tuple[Review, ...] = (), **fields: object) -> Circumstances:
    return replace(ONLINE, evidence=evidence, reviews=reviews, **fields)  # type: ignore[arg-type]


def all_reviewed(**said: object) -> tuple[Review, ...]:
    return tuple(Review(section, **said) for section in SECTIONS)  # type: ignore[arg-type]


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


def mixed(first: str, rest: str) -> Circumstances:
    return Circumstances(modes=(mode(first), mode(rest, HISTORY), mode(rest, SCIENCE)))


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


# The office


def in_person(*office: OfficeFact) -> Circumstances:
    return Circumstances(office=office)


def test_RD06_a_sign_in_caps_what_can_have_been_attended() -> None:
    late = in_person(OfficeFact("sign_in", 480 + 130))
    verdict = judged(classes(60, 60, 60, 60), late)
    assert (verdict.status, verdict.minutes_attended) == ("absent", 120)


def test_RD06_office_times_never_turn_absent_into_present() -> None:
    signed_in = in_person(OfficeFact("sign_in", 470))
    assert judged(classes(0, 0, 0, 0), signed_in).minutes_attended == 0


def test_RD06_who_left_and_came_back_was_away_in_between() -> None:
    office = (OfficeFact("sign_out", 480), OfficeFact("sign_in", 540))
    assert judged(classes(60, 60, 60, 60), in_person(*office)).minutes_attended == 180


def test_RD06_an_untaken_class_after_the_last_sign_out_cannot_be_attended() -> None:
    gone = in_person(OfficeFact("sign_out", 545))
    verdict = judged(classes(60, None, None, None), gone)
    assert (verdict.status, verdict.minutes_untaken) == ("absent", 0)


def test_RD06_office_times_do_not_cap_who_learns_online() -> None:
    about = Circumstances(modes=(mode("sync_online"),), office=(OfficeFact("sign_out", 480),))
    assert judged(classes(60, 60, 60, 60), about).minutes_attended == 240


@pytest.mark.parametrize("kind", ["activity", "in_school_suspension", "nurse", "counselor"])
def test_RD07_supervised_minutes_are_minutes_attended(kind: str) -> None:
    trip = in_person(OfficeFact(kind, 480, 610))
    verdict = judged(classes(0, 0, 60, 60), trip)
    assert (verdict.status, verdict.minutes_attended) == ("present", 240)


def test_RD07_supervised_minutes_are_not_counted_twice() -> None:
    held = classes(40, 60, 60, 60)
    held[0] = replace(held[0], mark="tardy", seen=Span(500, 540))
    assert judged(held, in_person(OfficeFact("nurse", 490, 510))).minutes_attended == 50 + 180
    assert judged(held, in_person(OfficeFact("nurse", 500, 540))).minutes_attended == 40 + 180


def test_RD07_who_signs_out_for_a_field_trip_is_not_away() -> None:
    office = (OfficeFact("sign_out", 480), OfficeFact("activity", 470, 900))
    assert judged(classes(0, 0, 0, 0), in_person(*office)).status == "present"


def test_RD07_out_of_school_suspension_is_an_absence_of_its_own_kind_that_no_excuse_changes() -> None:
    suspended = in_person(OfficeFact("suspension"))
    verdict = judged(UNTAKEN, suspended, excused=(WHOLE_DAY,))
    assert (verdict.status, verdict.absence_kind) == ("absent", "suspended")
    assert judged(classes(60, 60, 60, 60), suspended).absence_kind == "suspended"


def test_an_hour_before_a_second_sign_in_counts_as_it_did() -> None:
    word = office_word([OfficeFact("sign_in", 500), OfficeFact("sign_in", 550)])
    assert word.away == (Span(0, 500),)


# Quarantine


QUARANTINE = Circumstances(modes=(mode("sync_online", reason="quarantine"),))


def test_RD26_quarantine_asks_for_all_classes_and_their_work() -> None:
    done = all_reviewed(work_done=True)
    assert judged(classes(60, 60, 60, 38), replace(QUARANTINE, reviews=done)).status == "present"
    assert judged(classes(60, 60, 60, 37), replace(QUARANTINE, reviews=done)).status == "absent"
    assert judged(classes(60, 60, 60, 60), replace(QUARANTINE, reviews=done[:3])).status == "undetermined"
    undone = (*done[:3], Review(SCIENCE))
    assert judged(classes(60, 60, 60, 60), replace(QUARANTINE, reviews=undone)).status == "absent"


def test_RD26_a_district_may_judge_quarantine_by_minutes_alone() -> None:
    plain = replace(STANDARD, quarantine_by_minutes=True)
    assert judged(classes(60, 60, 60, 0), QUARANTINE, plan=plain).status == "present"


def test_MS33_a_doctors_excuse_excuses_a_day_of_quarantine() -> None:
    verdict = judged(classes(60, 60, 60, 0), QUARANTINE, excused=(WHOLE_DAY,))
    assert (verdict.status, verdict.absence_kind) == ("absent", "excused")
    assert judged(classes(60, 60, 60, 0), QUARANTINE).absence_kind == "unexcused"


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
