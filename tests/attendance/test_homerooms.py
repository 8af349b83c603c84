"""A homeroom marked once a day: one save for all of the day's meetings. The homeroom meets in periods 1 to 5."""

from datetime import time
from uuid import uuid4

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext

from attendance.models import CalendarDay, DailyAttendance, Mark, SectionMeetingTime, Submission
from attendance.selectors.explanation import explain_day
from attendance.services.homerooms import DayEntry, save_day
from attendance.services.ledger import check, rebuild
from attendance.services.marking import MarkEntry, save_marks
from attendance.services.voiding import restore_meeting, void_meeting
from students.refusals import NotInScope, Refused, Stale
from tests.attendance.homerooms import (
    HOMEROOM,
    MUSIC,
    day_entries,
    homeroom_days,
    late,
    marks_of,
    meetings_of,
    take_day,
    versions_of,
)
from tests.world import TODAY, YESTERDAY, World, add_student, at, put_on_roster


@pytest.fixture
def days(world: World) -> World:
    return homeroom_days(world)


def day_of(world: World, name: str, day=TODAY) -> DailyAttendance:
    return DailyAttendance.objects.get(student=world.students[name], date=day)


def test_MS07_one_mark_of_the_day_stands_in_every_meeting_and_is_explained_meeting_by_meeting(days: World) -> None:
    take_day(
        days,
        Abara="absent",
        Castillo=late(days, "Castillo", time(9, 14)),
        Hollis=late(days, "Hollis", None, time(11, 45)),
        Grant=late(days, "Grant", time(8, 5), time(13, 0)),
    )
    assert {(each.state, each.version) for each in meetings_of(days)} == {("taken", 1)}
    assert marks_of(days, "Baptiste") == [("present", 55)] * 5
    assert marks_of(days, "Abara") == [("absent", 0)] * 5
    assert marks_of(days, "Castillo") == [("absent", 0), ("tardy", 41), *[("present", 55)] * 3]
    assert marks_of(days, "Hollis") == [*[("present", 55)] * 3, ("left_early", 10), ("absent", 0)]
    assert marks_of(days, "Grant") == [("tardy", 50), *[("present", 55)] * 3, ("left_early", 25)]
    # Music is another's: 275 of 330 stand, 208 are needed.
    assert (day_of(days, "Baptiste").status, day_of(days, "Abara").status) == ("present", "absent")
    assert (day_of(days, "Castillo").tardies, day_of(days, "Grant").early_departures) == (1, 1)
    working = explain_day(days.scope("whitfield"), days.students["Castillo"].pk, TODAY).working
    assert [(line.mark, line.attended) for line in working.meetings[:3]] == [
        ("absent", 0),
        ("tardy", 41),
        ("present", 55),
    ]
    assert check(days.installation) == []


def test_a_child_who_leaves_later_in_the_day_is_corrected_on_the_same_day_and_what_stood_is_kept(days: World) -> None:
    take_day(days)
    take_day(days, hour=13, Delgado=late(days, "Delgado", None, time(13, 0)))
    assert marks_of(days, "Delgado") == [*[("present", 55)] * 4, ("left_early", 25)]
    kept = apps.get_model("attendance.MarkEvent").objects.all()
    assert [(each.student_id, each.status) for each in kept] == [(days.students["Delgado"].pk, "present")]
    # Only what changed was marked anew.
    assert Mark.objects.filter(marked_at=at(13)).count() == 1


def test_RD05_the_day_is_saved_from_ten_minutes_before_its_first_meeting(days: World) -> None:
    def save(hour: int, minute: int) -> None:
        save_day(
            days.scope("whitfield", at(hour, minute)),
            days.sections[HOMEROOM].pk,
            TODAY,
            submission_id=uuid4(),
            versions=versions_of(days),
            entries=day_entries(days),
        )

    with pytest.raises(Refused, match="from 7:50 am, ten minutes before it starts"):
        save(7, 49)
    assert not Mark.objects.exists()
    save(7, 50)
    assert Mark.objects.count() == 45


def test_the_same_form_sent_twice_is_saved_once(days: World) -> None:
    form = {
        "submission_id": uuid4(),
        "versions": versions_of(days),
        "entries": day_entries(days, Hollis="absent"),
    }
    first = save_day(days.scope("whitfield"), days.sections[HOMEROOM].pk, TODAY, **form)
    second = save_day(days.scope("whitfield"), days.sections[HOMEROOM].pk, TODAY, **form)
    assert (first.meetings, first.repeated, second.repeated) == (5, False, True)
    assert Submission.objects.count() == 5
    assert {each.version for each in meetings_of(days)} == {1}


@pytest.mark.parametrize("change", ["a meeting saved", "a meeting void", "a meeting added"])
def test_a_page_is_stale_when_any_meeting_changed_and_nothing_is_written(days: World, change: str) -> None:
    seen, third = versions_of(days), meetings_of(days)[2]
    if change == "a meeting saved":
        entries = [MarkEntry(each.student_id, "absent") for each in day_entries(days)]
        save_marks(days.scope("okafor", at(17)), third.pk, submission_id=uuid4(), version=0, entries=entries)
    elif change == "a meeting void":
        void_meeting(days.scope("okafor"), third.pk, reason="Fire drill")
    else:
        third.pk, third.period = None, "Extra"
        third.save()
    before = Mark.objects.count()
    with pytest.raises(Stale):
        save_day(
            days.scope("whitfield"),
            days.sections[HOMEROOM].pk,
            TODAY,
            submission_id=uuid4(),
            versions=seen,
            entries=day_entries(days),
        )
    assert Mark.objects.count() == before


def test_a_single_meeting_is_corrected_by_itself_and_the_day_leaves_it_as_marked(days: World) -> None:
    take_day(days)
    math = meetings_of(days)[1]
    entries = [MarkEntry(each.student_id, "present") for each in day_entries(days)]
    entries[0] = MarkEntry(entries[0].student_id, "absent")
    name = next(name for name, each in days.students.items() if each.pk == entries[0].student_id)
    save_marks(days.scope("whitfield"), math.pk, submission_id=uuid4(), version=1, entries=entries)
    missed_math = [("present", 55), ("absent", 0), *[("present", 55)] * 3]
    assert marks_of(days, name) == missed_math
    take_day(days, Hollis="absent", **{name: "as_marked"})
    assert marks_of(days, name) == missed_math
    assert marks_of(days, "Hollis") == [("absent", 0)] * 5
    take_day(days, **{name: "present"})
    assert marks_of(days, name) == [("present", 55)] * 5


def test_a_newcomer_is_unmarked_until_the_day_is_saved_again_and_cannot_be_left_as_marked(days: World) -> None:
    take_day(days)
    put_on_roster(add_student(days, "Newcomer Nia", "333333333", days.lincoln), days.sections[HOMEROOM])
    rebuild(days.installation)
    assert day_of(days, "Newcomer").meetings_untaken == 5
    with pytest.raises(Refused, match="Newcomer, Nia is not marked"):
        take_day(days, Newcomer="as_marked")
    take_day(days)
    assert marks_of(days, "Newcomer") == [("present", 55)] * 5


def test_a_void_meeting_is_left_out_and_a_day_of_void_meetings_cannot_be_marked(days: World) -> None:
    first, *others = meetings_of(days)
    void_meeting(days.scope("okafor"), first.pk, reason="Late bus")
    # The day now begins with its second meeting.
    with pytest.raises(Refused, match="from 8:50 am"):
        take_day(days)
    assert take_day(days, hour=9).meetings == 4
    assert marks_of(days, "Abara") == [("present", 55)] * 4
    restore_meeting(days.scope("okafor"), first.pk)
    assert take_day(days, hour=9).meetings == 5
    for each in [first, *others]:
        void_meeting(days.scope("okafor"), each.pk, reason="Storm")
    with pytest.raises(Refused, match="Every class of this day is void"):
        take_day(days)


def test_who_is_unmarked_twice_a_stranger_or_marked_impossibly_is_refused_as_in_a_single_class(days: World) -> None:
    section = days.sections[HOMEROOM].pk

    def refusal(entries: list[DayEntry]) -> str:
        with pytest.raises(Refused) as refused:
            save_day(
                days.scope("whitfield"),
                section,
                TODAY,
                submission_id=uuid4(),
                versions=versions_of(days),
                entries=entries,
            )
        return str(refused.value)

    everybody = day_entries(days)
    assert "is not marked" in refusal(everybody[1:])
    assert "marked twice" in refusal([*everybody, everybody[0]])
    assert "not on the roster" in refusal([*everybody, DayEntry(days.students["Shah"].pk, "present")])
    backwards = late(days, "Hollis", time(10), time(9))
    assert "Hollis, Wade left before arriving" in refusal(day_entries(days, Hollis=backwards))
    assert not Mark.objects.exists()


def test_a_correction_of_an_earlier_day_asks_for_a_reason(days: World) -> None:
    take_day(days, YESTERDAY)
    with pytest.raises(Refused, match="Say why"):
        take_day(days, YESTERDAY, Abara="absent")
    take_day(days, YESTERDAY, reason="Seen at home", Abara="absent")
    assert {mark.reason for mark in Mark.objects.filter(student=days.students["Abara"])} == {"Seen at home"}


def test_a_day_out_of_session_is_refused(days: World) -> None:
    CalendarDay.objects.filter(school=days.lincoln, date=TODAY).update(event_type="H")
    with pytest.raises(Refused, match="not in session"):
        take_day(days)


def test_anothers_homeroom_and_a_class_that_is_no_homeroom_do_not_exist(days: World) -> None:
    with pytest.raises(NotInScope):
        take_day(days, by="park")
    with pytest.raises(NotInScope):
        save_day(days.scope("okafor"), days.sections[MUSIC].pk, TODAY, submission_id=uuid4(), versions={}, entries=[])
    # The office may, on behalf of the teacher.
    assert take_day(days, by="okafor").meetings == 5


@pytest.mark.parametrize(("students", "meetings"), [(0, 5), (60, 5), (0, 1)])
def test_a_day_takes_the_same_twelve_statements_at_most_whatever_the_class_and_its_meetings(
    days: World, students: int, meetings: int
) -> None:
    for number in range(students):
        joined = add_student(days, f"Extra{number} X", f"3{number:08d}", days.lincoln)
        put_on_roster(joined, days.sections[HOMEROOM])
    SectionMeetingTime.objects.filter(section=days.sections[HOMEROOM], period__gt=str(meetings)).delete()
    rebuild(days.installation)
    entries, versions, scope = day_entries(days), versions_of(days), days.scope("whitfield")
    with CaptureQueriesContext(connection) as captured:
        saved = save_day(
            scope, days.sections[HOMEROOM].pk, TODAY, submission_id=uuid4(), versions=versions, entries=entries
        )
    counted = [q["sql"] for q in captured if not q["sql"].startswith(("SAVEPOINT", "RELEASE"))]
    assert saved.meetings == meetings
    assert len(counted) <= 12, [sql[:60] for sql in counted]
