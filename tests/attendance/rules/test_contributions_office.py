"""What the office's times and a quarantine make of a day, by the examples of the rule book."""

from dataclasses import replace

import pytest

from attendance.rules.contributions import Circumstances, Held
from attendance.rules.evidence import Review
from attendance.rules.minutes import WHOLE_DAY, Span
from attendance.rules.office import OfficeFact, office_word
from attendance.rules.plan import STANDARD
from tests.attendance.rules.pieces import (
    SCIENCE,
    UNTAKEN,
    all_reviewed,
    classes,
    judged,
    mode,
)

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


def test_RD06_RD09_the_door_of_one_school_caps_no_class_in_another() -> None:
    here, career_centre = 1, 2

    def held(*attended: int | None) -> list[Held]:
        places = (here, here, career_centre, career_centre)
        return [replace(each, school_id=place) for each, place in zip(classes(*attended), places, strict=True)]

    there = held(60, 60, 60, 60)
    late_here = in_person(OfficeFact("sign_in", 610, school_id=here))
    assert judged(there, late_here).minutes_attended == 120
    assert judged(there, in_person(OfficeFact("sign_out", 605, school_id=here))).minutes_attended == 240
    assert judged(there, in_person(OfficeFact("sign_out", 675, school_id=career_centre))).minutes_attended == 180
    assert judged(held(None, None, None, None), late_here).minutes_untaken == 120
    # A suspension and a trip are the student's, whichever office says so.
    assert judged(there, in_person(OfficeFact("suspension", school_id=here))).absence_kind == "suspended"
    assert judged(held(0, 0, 0, 0), in_person(OfficeFact("activity", 480, 750, here))).minutes_attended == 240


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
