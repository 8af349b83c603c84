"""The working of one student's day: what it lists, what it says, and why there is none."""

from datetime import date, time

import pytest

from attendance.models import CalendarDay, DailyAttendance
from attendance.selectors.explanation import Explanation, explain_day
from attendance.services.days import open_day
from attendance.services.excuses import withdraw_excuse
from attendance.services.marking import MarkEntry
from students.models import SectionEnrollment, SectionTeacher
from students.refusals import NotInScope
from tests.attendance.acts import excuse, take, void
from tests.world import PERIODS, TODAY, YESTERDAY, World, add_student, at, put_on_roster


@pytest.fixture
def opened(opened_world: World) -> World:
    return opened_world


def explained(world: World, name: str = "Abara", day: date = YESTERDAY, by: str = "okafor") -> Explanation:
    return explain_day(world.scope(by), world.students[name].pk, day)


def test_MS05_present_with_its_two_figures(opened: World) -> None:
    for period in PERIODS:
        take(opened, period, Abara="absent" if period in ("5", "6") else "present")
    found = explained(opened)
    assert found.sentence == "Present: attended 220 of 330 minutes, 208 needed (MS-05)."
    assert (found.name, found.state_id, found.place.code, found.place.grade) == (
        "Abara, Chidi",
        "100000000",
        "2500-008",
        "09",
    )
    assert [rule.number for rule in found.working.rules] == ["MS-05"]
    assert found.disagreement == ""


def test_RD03_undetermined_names_the_classes_on_which_it_could_turn(opened: World) -> None:
    for period in PERIODS[:3]:
        take(opened, period)
    assert explained(opened).sentence == (
        "Undetermined: attended 165 of 330 minutes, 208 needed; "
        "the day could still turn on period 4, period 5 and period 6 (RD-03)."
    )


def test_RD03_a_day_that_stands_says_that_the_untaken_class_cannot_change_it(opened: World) -> None:
    for period in PERIODS[:5]:
        take(opened, period)
    assert explained(opened).sentence == (
        "Present: attended 275 of 330 minutes, 208 needed (MS-05). "
        "Period 6 is not taken yet and cannot change this (RD-03)."
    )


def test_RD08_an_excused_absence_says_how_many_minutes_the_excuse_covers(opened: World) -> None:
    for period in PERIODS:
        take(opened, period, Abara="absent")
    excuse(opened, "Abara")
    found = explained(opened)
    assert found.sentence == (
        "Absent, excused: attended 0 of 330 minutes, 208 needed; an excuse covers 330 more (MS-05, RD-08)."
    )
    assert found.mark == "excused"
    assert sum(line.excused for line in found.working.meetings) == found.working.verdict.minutes_excused


def test_RD08_an_excuse_too_short_leaves_the_absence_unexcused(opened: World) -> None:
    for period in PERIODS:
        take(opened, period, Abara="absent")
    excuse(opened, "Abara", starts_at=time(8), ends_at=time(10))
    assert explained(opened).sentence == (
        "Absent, unexcused: attended 0 of 330 minutes, 208 needed; an excuse covers only 110 more (MS-05, RD-08)."
    )


def test_RD08_whether_excused_can_be_what_is_undetermined(opened: World) -> None:
    for period in PERIODS[:5]:
        take(opened, period, Abara="absent")
    excuse(opened, "Abara", starts_at=time(8), ends_at=time(12, 10))
    assert "whether excused could still turn on period 6 (RD-03, RD-08)" in explained(opened).sentence


def test_RD02_a_day_on_which_every_class_is_void_is_undetermined_and_lists_them(opened: World) -> None:
    for period in PERIODS:
        void(opened, period)
    found = explained(opened)
    assert found.sentence == "Undetermined: nothing was required of the student on this day (RD-02)."
    assert [line.state for line in found.working.meetings] == ["void"] * 6


def test_each_meeting_says_who_took_it_when_and_what_was_marked(opened: World) -> None:
    take(opened, "1", Abara=MarkEntry(opened.students["Abara"].pk, "tardy", arrived_at=time(8, 14)))
    void(opened, "2", reason="Assembly")
    first, second, third = explained(opened).working.meetings[:3]
    assert not first.falls_short
    assert (first.state, first.mark, first.arrived_at, first.attended) == ("taken", "tardy", time(8, 14), 41)
    assert (first.taken_by, f"{first.taken_at:%H:%M}") == ("Rosa Whitfield", "17:00")
    assert (second.state, second.void_reason, second.voided_by) == ("void", "Assembly", "Grace Okafor")
    assert (third.state, third.attended) == ("untaken", None)


def test_MS02_void_meetings_are_required_of_nobody_and_a_day_that_becomes_too_short_says_so(opened: World) -> None:
    assert explained(opened).working.too_short is None
    for period in ("1", "2"):
        void(opened, period)
    working = explained(opened).working
    assert (working.verdict.minutes_required, working.too_short) == (220, 240)


def test_RD03_who_joined_after_the_class_was_taken_is_unmarked_in_it(opened: World) -> None:
    take(opened, "1")
    newcomer = add_student(opened, "Yoon Min", "300000000", opened.lincoln)
    for period in PERIODS:
        put_on_roster(newcomer, opened.sections[period])
    found = explained(opened, "Yoon")
    assert [line.state for line in found.working.meetings] == ["unmarked"] + ["untaken"] * 5


def test_a_stored_row_that_says_otherwise_is_said_loudly(opened: World) -> None:
    DailyAttendance.objects.filter(student=opened.students["Abara"], date=YESTERDAY).update(
        status="present", minutes_attended=7
    )
    found = explained(opened)
    assert found.disagreement == (
        "The ledger stores status present instead of undetermined; minutes attended 7 instead of none."
    )


def test_a_row_that_is_missing_and_a_row_too_many_are_said_loudly(opened: World) -> None:
    DailyAttendance.objects.filter(student=opened.students["Abara"], date=YESTERDAY).delete()
    assert explained(opened).disagreement == "The ledger has no row for this day, and should have one."
    CalendarDay.objects.filter(school=opened.lincoln, date=YESTERDAY).update(event_type="H", name="Storm")
    assert explained(opened, "Hollis").disagreement == "The ledger has a row for this day, and should have none."


def test_a_day_before_the_enrollment_is_not_enrolled(opened: World) -> None:
    late = add_student(opened, "Yoon Min", "300000000", opened.lincoln, starts_on=TODAY)
    assert explain_day(opened.scope("okafor"), late.pk, YESTERDAY).status == "not_enrolled"


def test_a_holiday_is_not_in_session_and_bears_its_name(opened: World) -> None:
    CalendarDay.objects.create(school=opened.lincoln, date=date(2020, 10, 18), event_type="H", name="Founders’ Day")
    found = explained(opened, day=date(2020, 10, 18))
    assert found.status == "not_in_session"
    assert found.sentence == "Not in session: Lincoln High School had no school on this day (Founders’ Day)."


def test_a_day_that_the_calendar_does_not_know_is_not_in_session(opened: World) -> None:
    assert explained(opened, day=date(2020, 10, 25)).status == "not_in_session"


def test_a_day_that_nobody_opened_says_through_which_day_the_school_is_opened(world: World) -> None:
    open_day(world.installation, world.lincoln.pk, YESTERDAY)
    found = explained(world, day=TODAY)
    assert found.status == "not_opened"
    assert "opened through Oct 26, 2020" in found.sentence


def test_a_day_to_come_says_so(opened: World) -> None:
    assert explained(opened, day=date(2020, 10, 28)).sentence.startswith("Still to come")


def test_a_day_before_any_policy_is_explained_all_the_same(opened: World) -> None:
    assert explained(opened, day=date(2019, 9, 3)).status == "not_enrolled"


def test_another_schools_student_is_not_in_scope(opened: World) -> None:
    for stranger in ("lindqvist", "park"):
        with pytest.raises(NotInScope):
            explained(opened, by=stranger)
    with pytest.raises(NotInScope):
        explained(opened, "Shah")


def test_RD60_a_teacher_learns_that_an_excuse_stands_and_nothing_of_its_reason_or_document(opened: World) -> None:
    excuse(opened, "Abara")
    excuse(opened, "Abara", document_kind="parent_note")
    withdraw_excuse(opened.scope("okafor"), excuse(opened, "Abara", reason="court").pk, reason="Mistaken child")
    seen = explained(opened, by="whitfield")
    assert not seen.knows_reasons
    assert [line.state for line in seen.excuses] == ["accepted", "pending"]
    for line in seen.excuses:
        assert (line.rule, line.reason, line.document, line.document_seen_on) == ("", "", "", None)
        assert (line.entered_by, line.entered_at) == ("", None)


def test_RD60_an_administrator_of_the_school_reads_reasons_withdrawn_excuses_too(opened: World) -> None:
    withdrawn = excuse(opened, "Abara")
    withdraw_excuse(opened.scope("okafor"), withdrawn.pk, reason="Mistaken child")
    (line,) = explained(opened).excuses
    assert (line.state, line.reason, line.withdrawn_reason) == ("withdrawn", "Illness or injury", "Mistaken child")


def test_MS34_a_parents_note_for_illness_is_not_sufficient_once_its_due_date_has_passed(opened: World) -> None:
    excuse(opened, "Abara", document_kind="parent_note")
    student = opened.students["Abara"].pk
    # Yesterday's absence: back today, and three school days after that is the 30th.
    (pending,) = explain_day(opened.scope("okafor", at(8, day=date(2020, 10, 30))), student, YESTERDAY).excuses
    (over,) = explain_day(opened.scope("okafor", at(8, day=date(2020, 10, 31))), student, YESTERDAY).excuses
    assert (pending.state, pending.due_on) == ("pending", date(2020, 10, 30))
    assert (over.state, over.rule) == ("not sufficient", "MS-34")


def test_a_class_of_another_school_counts_and_is_not_opened_to_everybody(opened: World) -> None:
    roster = SectionEnrollment.objects.get(student=opened.students["Abara"], section=opened.sections["6"])
    roster.delete()
    put_on_roster(opened.students["Abara"], opened.sections["W1"])
    lines = explained(opened).working.meetings
    assert sorted((line.title, line.may_open) for line in lines)[0] == ("Algebra I, period 1", False)


def test_MS06_a_mark_falls_short_at_34_of_55_minutes_and_not_at_35(opened: World) -> None:
    abara = opened.students["Abara"].pk
    take(opened, "1", Abara=MarkEntry(abara, "tardy", minutes=34))
    take(opened, "2", Abara=MarkEntry(abara, "tardy", minutes=35))
    assert [line.falls_short for line in explained(opened).working.meetings[:3]] == [True, False, False]


def test_RD60_who_administers_another_school_and_teaches_here_reads_no_reasons(opened: World) -> None:
    excuse(opened, "Abara")
    SectionTeacher.objects.create(
        source_id="guest", section=opened.sections["1"], user=opened.users["lindqvist"], starts_on=YESTERDAY
    )
    seen = explained(opened, by="lindqvist")
    assert (seen.knows_reasons, [line.reason for line in seen.excuses]) == (False, [""])
