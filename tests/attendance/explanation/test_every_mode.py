"""What the explanation says of a day in each mode of instruction: every contribution, what counted, and why not."""

from collections.abc import Sequence
from datetime import date, datetime, time
from io import StringIO
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from attendance.models import CalendarDay, OfficeEvent
from attendance.selectors.explanation import Working, explain_day
from attendance.selectors.source_line import SourceLine
from attendance.services.marking import MarkEntry, save_marks
from students.models import SectionEnrollment
from tests.api.callers import caller_of
from tests.attendance.acts import meeting_of, take
from tests.attendance.explanation.lived import (
    accommodated,
    assigned,
    college_out,
    engaged,
    own_schedule,
    planned,
    reviewed,
    seated,
    talked,
    taught,
)
from tests.attendance.explanation.test_explain_day import explained
from tests.attendance.office.deeds import enter
from tests.attendance.pages.visitors import client_of
from tests.world import CAST, PERIODS, TODAY, YESTERDAY, World, at


@pytest.fixture
def opened(opened_world: World) -> World:
    return opened_world


def counted(lines: Sequence[SourceLine]) -> list[tuple[str, bool]]:
    return [(line.what, line.counts) for line in lines]


def of(working: Working, name: str) -> str:
    """What is said of how the day was taught, by its name."""
    return next(line.text for line in working.teaching if line.name == name)


def test_MS19_work_online_counts_by_a_measure_and_the_line_says_when_it_happened_and_who_told(opened: World) -> None:
    taught(opened, "Abara", "async_online")
    engaged(opened, "Abara", "2", minutes=40)
    found = explained(opened)
    assert found.sentence == "Present: attended 330 of 330 minutes, 208 needed (MS-05)."
    assert [rule.number for rule in found.working.rules] == ["MS-05", "MS-19", "RD-20"]
    assert [(each.kind, each.offered, each.attended) for each in found.working.pieces] == [("work", 55, 55)] * 6
    (line,) = found.working.evidence
    assert (line.what, line.counts) == ("Engagement with the LMS, Algebra I, 2, 40 minutes", True)
    assert (f"{line.happened_at:%m-%d %H:%M}", line.source, line.entered_by) == (
        "10-26 19:30",
        "LMS activity file",
        "Daniel Reyes",
    )
    assert "own mode from Oct 19, 2020 on" in of(found.working, "Mode")
    assert "the state’s standard" in of(found.working, "Learning plan")


def test_MS15_work_of_another_day_is_kept_refused_and_says_so_on_both_days(opened: World) -> None:
    taught(opened, "Abara", "async_online")
    engaged(opened, "Abara", "2", measure="work", work_of=YESTERDAY, when=at(9, 0, TODAY), day=TODAY)
    monday, tuesday = explained(opened), explained(opened, day=TODAY)
    assert counted(monday.working.evidence)[0][1] is counted(tuesday.working.evidence)[0][1] is False
    assert "it was done on Oct 27, 2020" in monday.working.evidence[0].why
    assert "it was the work of Oct 26, 2020" in tuesday.working.evidence[0].why
    assert "MS-15" in monday.working.evidence[0].why + tuesday.working.evidence[0].why


def test_RD25_own_time_that_nobody_entered_is_open_and_names_its_classes_and_the_day_it_is_due(opened: World) -> None:
    taught(opened, "Abara", "offline_packets", "2")
    taught(opened, "Abara", "offline_packets", "3")
    for period in ("1", "4", "5", "6"):
        take(opened, period, Abara="absent" if period != "1" else "present")
    found = explained(opened)
    assert found.sentence == (
        "Absent, unexcused: attended 55 of 330 minutes, 208 needed (MS-05). "
        "Not entered yet, and cannot change this: Algebra I, 2 and Algebra I, 3 (RD-03)."
    )
    take(opened, "4", reason="Was there after all")
    take(opened, "5", reason="Was there after all")
    assert explained(opened).sentence == (
        "Undetermined: attended 165 of 330 minutes, 208 needed; "
        "not entered yet: Algebra I, 2 and Algebra I, 3; due by Nov 2, 2020 (RD-03)."
    )


def test_MS21_RD22_packets_count_by_what_was_completed_and_handed_in_in_time(opened: World) -> None:
    taught(opened, "Abara", "offline_packets")
    assigned(opened, "1", 60)
    reviewed(opened, "Abara", "1", minutes=45, handed_in_on=date(2020, 11, 2))
    reviewed(opened, "Abara", "2", minutes=55, handed_in_on=date(2020, 11, 3), by="mayfield", reason="Came by bus")
    reviewed(opened, "Abara", "3", entered_at=at(8, 0, date(2020, 11, 4)))
    working = explained(opened, by="okafor").working
    first, second, third = working.pieces[:3]
    assert (first.offered, first.attended, [task.title for task in first.tasks]) == (60, 45, ["Worksheet"])
    assert (second.attended, third.attended) == (0, 0)
    in_time, late, nothing = working.evidence
    assert in_time.why == "Counts for the day for which it was given: in time until Nov 2, 2020 (MS-21, RD-22)."
    assert (late.counts, late.why) == (
        False,
        "Refused: the last day for handing in was Nov 2, 2020 (RD-22). Changed later: Came by bus",
    )
    assert late.source == "Entered on behalf of Rosa Whitfield (RD-25)"
    assert nothing.why.endswith("Entered 2 days late (MS-26, RD-25).")
    assert (nothing.what, in_time.source) == ("Nothing completed, Algebra I, 3", "Teacher’s entry")
    assert "handed in by the next session day" in of(working, "Learning plan")


def test_MS27_MS39_what_the_plan_does_not_approve_is_refused_and_an_accommodation_lets_it_count(opened: World) -> None:
    taught(opened, "Abara", "async_online")
    planned(opened, measures=["work"], grade="09")
    engaged(opened, "Abara", measure="lms_login")
    engaged(opened, "Abara")
    working = explained(opened).working
    assert [(line.counts, "MS-27" in line.why, "MS-19" in line.why) for line in working.evidence] == [
        (False, True, False),
        (False, False, True),
    ]
    assert of(working, "Learning plan").startswith("of Lincoln High School, grade 09, from Oct 19, 2020 (MS-18)")
    accommodated(opened, "Abara", "lms_login")
    by_office, by_teacher = explained(opened).working, explained(opened, by="whitfield").working
    assert by_teacher.evidence[0].why == "Counts: accommodation on file (MS-39)."
    assert "care team" in of(by_office, "Accommodation")
    assert "care team" not in of(by_teacher, "Accommodation")


def test_MS22_a_talk_counts_for_its_day_and_for_the_week_and_an_unanswered_call_for_neither(opened: World) -> None:
    taught(opened, "Abara", "async_online")
    planned(opened, least_contact_minutes=10)
    talked(opened, "Abara", "1", minutes=15)
    talked(opened, "Abara", "2", kind="unanswered")
    talked(opened, "Abara", "3", kind="one_to_one", day=TODAY, minutes=5)
    called, unanswered, short = explained(opened).working.evidence
    assert (called.counts, "MS-19" in called.why, "MS-22" in called.why) == (True, True, True)
    assert (unanswered.counts, "RD-24" in unanswered.why) == (False, True)
    assert (short.counts, "asks for 10 minutes" in short.why) == (False, True)


def test_MS20_RD21_who_missed_a_live_class_online_is_rescued_by_the_same_days_engagement(opened: World) -> None:
    taught(opened, "Abara", "sync_online")
    taught(opened, "Abara", "async_online", "6")
    for period in PERIODS[:5]:
        take(opened, period, Abara="absent")
    engaged(opened, "Abara", "6")
    found = explained(opened)
    assert found.sentence == (
        "Present: attended 55 of 330 minutes, 208 needed, "
        "but engaged that same day, with the LMS or the teacher (MS-20, RD-21)."
    )
    assert "(MS-20)" in found.working.evidence[0].why
    assert of(found.working, "Algebra I, 6") == "Asynchronous online, in this class alone (RD-21)"
    taught(opened, "Abara", "in_person", "1")
    assert explained(opened).status == "absent"


def test_MS20_a_live_class_attended_online_is_contact_for_the_work_in_own_time(opened: World) -> None:
    taught(opened, "Abara", "sync_online")
    taught(opened, "Abara", "async_online", "6")
    take(opened, "1")
    (line,) = explained(opened).working.evidence
    assert (line.what, line.counts, "MS-20" in line.why) == ("Attended live, Algebra I, 1", True, True)
    # When it was held, and who said so when: both instants, as of everything that was told.
    assert (line.happened_at, line.entered_by) == (datetime.combine(YESTERDAY, time(8)), "Rosa Whitfield")
    assert line.entered_at is not None


def test_RD06_RD07_the_office_caps_and_adds_minutes_and_its_words_are_those_of_a_shared_screen(opened: World) -> None:
    take(opened, "1")
    take(opened, "2", Abara="absent")
    enter(opened, "sign_in", "Abara", day=YESTERDAY, starts=time(8, 30), note="Mother called, fever")
    enter(opened, "nurse", "Abara", day=YESTERDAY, starts=time(9), ends=time(9, 55))
    enter(opened, "sign_out", "Abara", day=YESTERDAY, starts=time(10, 20))
    working = explained(opened).working
    first, second, third = working.meetings[:3]
    assert (first.attended, first.why) == (
        25,
        "55 minutes marked, 25 count: the office’s times cap them (RD-06).",
    )
    assert (second.attended, second.why) == (55, "0 minutes marked, 55 count: supervised elsewhere (RD-07).")
    assert third.why == "At most 20 minutes can count, by the office’s times (RD-06)."
    assert {"RD-06", "RD-07"} <= {rule.number for rule in working.rules}
    assert [line.what for line in working.office] == [
        "Signed in 8:30: Mother called, fever",
        "With the nurse 9:00 to 9:55",
        "Signed out 10:20",
    ]
    assert [line.what for line in explained(opened, by="whitfield").working.office] == [
        "Signed in 8:30",
        "With the office 9:00 to 9:55",
        "Signed out 10:20",
    ]
    assert all(line.entered_by.endswith("Mayfield") for line in working.office)


def test_RD07_a_suspension_out_of_school_is_an_absence_of_its_own_kind(opened: World) -> None:
    enter(opened, "suspension", "Abara", day=YESTERDAY)
    assert explained(opened).sentence.startswith("Absent, suspended: attended 0 of 330 minutes")


def test_MS12_RD23_an_assessment_adds_its_minutes_and_says_who_took_it(opened: World) -> None:
    taught(opened, "Abara", "sync_online")
    seated(opened, "Abara", None)
    assert "Not taken yet (RD-03)." in [each.why for each in explained(opened).working.pieces]
    seated(opened, "Baptiste", 120)
    working = explained(opened, "Baptiste").working
    assert working.pieces == ()
    assert (working.office[0].what, working.office[0].happened_at.date()) == ("Algebra I, state test", YESTERDAY)
    working = explained(opened).working
    assert (working.mode, working.verdict.minutes_required) == ("In person", 450)
    assert of(working, "Mode").startswith("In person: in the building for a state assessment (MS-12)")


def test_RD01_homebound_minutes_and_MS04_early_release_say_that_the_day_is_an_own_one(opened: World) -> None:
    own_schedule(opened, "Abara", "homebound", reason="Surgery")
    assert "not entered yet: Instruction at home" in explained(opened).sentence
    reviewed(opened, "Abara", minutes=210)
    working = explained(opened, by="whitfield").working
    (piece,) = working.pieces
    assert (piece.kind, piece.offered, piece.attended) == ("homebound", 330, 210)
    assert "Surgery" not in of(working, "Own schedule")
    assert "Surgery" in of(explained(opened).working, "Own schedule")
    own_schedule(opened, "Baptiste", "early_release")
    SectionEnrollment.objects.filter(student=opened.students["Baptiste"]).delete()
    found = explained(opened, "Baptiste")
    assert (found.sentence[:16], found.mark, found.working.too_short) == ("Present, exempt:", "present", None)


def test_MS32_RD27_a_college_without_class_credits_its_own_class_alone(opened: World) -> None:
    college_out(opened, "6")
    working = explained(opened).working
    credited = next(line for line in working.meetings if line.state == "credited")
    assert (credited.attended, credited.shape, "RD-27" in credited.why) == (55, "present", True)
    assert of(working, "Hinds Community College").startswith("no class on this day (Fall break)")


def test_RD26_RD60_in_quarantine_the_page_says_what_is_missing_and_a_teacher_reads_no_quarantine(opened: World) -> None:
    taught(opened, "Abara", "sync_online", reason="quarantine", ends_on=TODAY)
    for period in PERIODS:
        take(opened, period)
        if period not in ("5", "6"):
            reviewed(opened, "Abara", period, work_done=True)
    reviewed(opened, "Abara", "5")
    found = explained(opened)
    assert found.sentence == (
        "Absent, unexcused: every class and its work were asked for; missing: period 5 (its work not done) "
        "and period 6 (its work not confirmed yet) (RD-26, MS-33)."
    )
    assert of(found.working, "Mode") == (
        "Synchronous online: in quarantine from Oct 19, 2020 until Oct 27, 2020 (MS-33, RD-26)"
    )
    by_teacher = explained(opened, by="whitfield")
    assert "RD-26" not in by_teacher.sentence
    assert of(by_teacher.working, "Mode").endswith("own mode from Oct 19, 2020 until Oct 27, 2020 (MS-17)")
    assert "uarantine" not in str(by_teacher)


def test_RD23_a_hybrid_plan_and_a_virtual_day_say_why_their_mode_holds(opened: World) -> None:
    taught(opened, "Abara", "sync_online", weekdays=[0, 2])
    assert of(explained(opened).working, "Mode") == (
        "Synchronous online: the student’s plan for Monday, Wednesday, from Oct 19, 2020 (MS-17, RD-23)"
    )
    assert of(explained(opened, day=TODAY).working, "Mode").startswith("In person: nothing else is on file")
    CalendarDay.objects.filter(school=opened.lincoln, date=TODAY).update(day_kind="virtual")
    assert "a virtual day" in of(explained(opened, day=TODAY).working, "Mode")


def test_RD25_marks_that_the_office_keyed_in_from_paper_say_who_wrote_them(opened: World) -> None:
    held, scope = meeting_of(opened, "1"), opened.scope("mayfield", at(17))
    entries = [MarkEntry(opened.students[name.partition(" ")[0]].pk, "present") for name in CAST]
    save_marks(scope, held.pk, submission_id=uuid4(), version=0, entries=entries, on_paper_by="Ms. Doe, substitute")
    first = explained(opened).working.meetings[0]
    assert first.on_paper_by == "Ms. Doe, substitute"
    assert first.taken_by.startswith("Joyce Mayfield")


def test_every_face_tells_the_same_contributions_and_a_terminal_no_reasons(opened: World) -> None:
    taught(opened, "Abara", "async_online")
    assigned(opened, "1", 60, "Linear equations")
    engaged(opened, "Abara", measure="lms_login")
    own_schedule(opened, "Abara", "part_time", reason="Works in the family shop")
    enter(opened, "sign_in", "Abara", day=YESTERDAY, starts=time(8, 30), note="Mother called")
    student = opened.students["Abara"]
    page = client_of(opened, "okafor").get(f"/students/{student.pk}/days/{YESTERDAY}/").content.decode()
    told = caller_of(opened, "okafor").get(f"/students/{student.pk}/days/{YESTERDAY}/").json()["working"]
    out = StringIO()
    call_command("explain_day", student.state_id, str(YESTERDAY), stdout=out)
    for face in (page, str(told), out.getvalue()):
        for said in (
            "Linear equations",
            "Log-in to the LMS",
            "MS-27",
            "igned in 8:30",
            "Asynchronous online",
            "Nov 2, 2020",
        ):
            assert said in face
    assert told["evidence"][0]["happened_at"] == "2020-10-27T00:30:00Z"
    assert (told["pieces"][0]["attended"], told["pieces"][0]["due_on"]) == (None, "2020-11-02")
    assert "family shop" in page
    assert "family shop" not in out.getvalue()
    assert "Mother called" not in out.getvalue()
    record = client_of(opened, "okafor").get(f"/students/{student.pk}/?on={YESTERDAY}").content.decode()
    assert "Undetermined" in record


def test_the_statements_stay_as_many_however_much_a_day_holds(opened: World) -> None:
    taught(opened, "Abara", "async_online")

    def statements() -> int:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            explain_day(opened.scope("okafor"), opened.students["Abara"].pk, YESTERDAY)
        return len(asked)

    def more() -> None:
        engaged(opened, "Abara", "1")
        talked(opened, "Abara", "1")
        assigned(opened, "1", 20)
        hour = 9 + OfficeEvent.objects.count()
        enter(opened, "counselor", "Abara", day=YESTERDAY, starts=time(hour), ends=time(hour, 30))

    more()
    reviewed(opened, "Abara", "1")
    few = statements()
    more()
    reviewed(opened, "Abara", "2")
    assert statements() == few <= 27
