"""The daily ledger on the small world: opening, marking, voiding, excusing, rebuilding."""

from datetime import date, time
from uuid import uuid4

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext

from attendance.models import ClassMeeting, DailyAttendance, Mark
from attendance.services.days import open_day
from attendance.services.excuses import enter_excuse, withdraw_excuse
from attendance.services.ledger import check, rebuild
from attendance.services.marking import MarkEntry, save_marks
from attendance.services.voiding import restore_meeting, void_meeting
from students.models import Student
from students.refusals import NotInScope, Refused, Stale
from tests.world import PERIODS, TODAY, YESTERDAY, World, at


@pytest.fixture
def opened(world: World) -> World:
    """The world with its days opened through today."""
    open_day(world.installation, world.lincoln.pk, TODAY)
    return world


def meeting(world: World, period: str, day=YESTERDAY) -> ClassMeeting:
    return ClassMeeting.objects.get(section=world.sections[period], date=day)


def mark(world: World, period: str, day=YESTERDAY, scope=None, reason="", **exceptions: MarkEntry | str) -> None:
    """Save a period, everybody present but the exceptions, by family name."""
    held = meeting(world, period, day)
    entries = []
    for name, student in world.students.items():
        if name == "Shah":
            continue
        said = exceptions.get(name, "present")
        entries.append(MarkEntry(student.pk, said) if isinstance(said, str) else said)
    scope = scope or world.scope("whitfield", at(17, day=TODAY))
    save_marks(scope, held.pk, submission_id=uuid4(), version=held.version, entries=entries, reason=reason)


def day_of(world: World, name: str, day=YESTERDAY) -> DailyAttendance:
    return DailyAttendance.objects.get(student=world.students[name], date=day)


def test_an_opened_day_has_one_row_per_enrolled_student_and_is_undetermined(opened: World) -> None:
    rows = DailyAttendance.objects.filter(date=YESTERDAY)
    assert rows.count() == 9
    assert {row.status for row in rows} == {"undetermined"}
    assert {row.minutes_required for row in rows} == {330}
    assert {row.minutes_needed for row in rows} == {208}


def test_MS29_the_first_opening_goes_back_to_the_first_day_of_the_calendar(world: World) -> None:
    assert open_day(world.installation, world.lincoln.pk, TODAY).opened_from == date(2020, 10, 19)


def test_opening_twice_changes_nothing(opened: World) -> None:
    before = (ClassMeeting.objects.count(), DailyAttendance.objects.count())
    assert open_day(opened.installation, opened.lincoln.pk, TODAY).opened_from is None
    assert (ClassMeeting.objects.count(), DailyAttendance.objects.count()) == before


def test_a_day_to_come_cannot_be_opened(opened: World) -> None:
    with pytest.raises(Refused):
        open_day(opened.installation, opened.lincoln.pk, TODAY.replace(day=28))


def test_RD03_four_of_six_attended_is_present_already(opened: World) -> None:
    for period in PERIODS[:4]:
        mark(opened, period)
    assert day_of(opened, "Abara").status == "present"


def test_RD03_three_missed_is_absent_already(opened: World) -> None:
    for period in PERIODS[:3]:
        mark(opened, period, Abara="absent")
    day = day_of(opened, "Abara")
    assert (day.status, day.absence_kind) == ("absent", "unexcused")


def test_RD03_three_attended_and_three_untaken_is_undetermined(opened: World) -> None:
    for period in PERIODS[:3]:
        mark(opened, period)
    assert day_of(opened, "Abara").status == "undetermined"


def test_RD08_an_accepted_excuse_makes_the_absence_excused_and_withdrawing_it_unexcused(opened: World) -> None:
    for period in PERIODS:
        mark(opened, period, Abara="absent")
    okafor = opened.scope("okafor")
    excuse = enter_excuse(
        okafor,
        opened.students["Abara"].pk,
        submission_id=uuid4(),
        starts_on=YESTERDAY,
        ends_on=YESTERDAY,
        reason="illness",
        document_kind="medical",
        document_seen_on=TODAY,
    )
    assert day_of(opened, "Abara").absence_kind == "excused"
    withdraw_excuse(okafor, excuse.pk, reason="Another child's paper.")
    assert day_of(opened, "Abara").absence_kind == "unexcused"


def test_MS34_a_parents_note_does_not_excuse_illness(opened: World) -> None:
    for period in PERIODS:
        mark(opened, period, Abara="absent")
    enter_excuse(
        opened.scope("okafor"),
        opened.students["Abara"].pk,
        submission_id=uuid4(),
        starts_on=YESTERDAY,
        ends_on=YESTERDAY,
        reason="illness",
        document_kind="parent_note",
        document_seen_on=TODAY,
    )
    assert day_of(opened, "Abara").absence_kind == "unexcused"


def test_a_void_meeting_is_required_of_nobody_and_restoring_it_brings_the_marks_back(opened: World) -> None:
    for period in PERIODS[:3]:
        mark(opened, period, Abara="absent")
    held = meeting(opened, "1")
    void_meeting(opened.scope("okafor"), held.pk, reason="Fire drill")
    assert day_of(opened, "Abara").minutes_required == 275
    restore_meeting(opened.scope("okafor"), held.pk)
    assert (day_of(opened, "Abara").status, day_of(opened, "Abara").minutes_required) == ("absent", 330)


def test_a_tardy_student_attends_from_the_time_of_arrival(opened: World) -> None:
    abara = opened.students["Abara"]
    mark(opened, "1", Abara=MarkEntry(abara.pk, "tardy", arrived_at=time(8, 14)))
    assert Mark.objects.get(student=abara).minutes_attended == 41
    assert day_of(opened, "Abara").tardies == 1


def test_rebuild_finds_nothing_to_change_after_saves(opened: World) -> None:
    for period in PERIODS[:3]:
        mark(opened, period, Grant="absent")
    assert check(opened.installation) == []
    assert rebuild(opened.installation).changed == 0


def test_a_difference_is_found_and_mended(opened: World) -> None:
    DailyAttendance.objects.filter(student=opened.students["Abara"], date=YESTERDAY).update(minutes_attended=7)
    assert [each.student_id for each in check(opened.installation)] == [opened.students["Abara"].pk]
    assert rebuild(opened.installation).changed == 1
    assert check(opened.installation) == []


def test_the_same_submission_sent_twice_is_saved_once(opened: World) -> None:
    held = meeting(opened, "1")
    entries = [MarkEntry(s.pk, "present") for s in Student.objects.exclude(family_name="Shah")]
    submission = uuid4()
    scope = opened.scope("whitfield")
    first = save_marks(scope, held.pk, submission_id=submission, version=0, entries=entries)
    second = save_marks(scope, held.pk, submission_id=submission, version=0, entries=entries)
    assert (first.version, first.repeated, second.version, second.repeated) == (1, False, 1, True)


def test_a_stale_page_is_refused_and_nothing_is_written(opened: World) -> None:
    mark(opened, "1")
    held = meeting(opened, "1")
    entries = [MarkEntry(s.pk, "absent") for s in Student.objects.exclude(family_name="Shah")]
    with pytest.raises(Stale):
        save_marks(
            opened.scope("okafor"), held.pk, submission_id=uuid4(), version=0, entries=entries, reason="Seen in office"
        )
    assert not Mark.objects.filter(status="absent").exists()


def test_anyone_unmarked_is_refused_by_name(opened: World) -> None:
    held = meeting(opened, "1")
    entries = [MarkEntry(s.pk, "present") for s in Student.objects.exclude(family_name__in=["Shah", "Hollis"])]
    with pytest.raises(Refused, match="Hollis, Wade is not marked"):
        save_marks(opened.scope("whitfield"), held.pk, submission_id=uuid4(), version=0, entries=entries)
    assert not Mark.objects.exists()


def test_anothers_class_does_not_exist(opened: World) -> None:
    with pytest.raises(NotInScope):
        save_marks(opened.scope("park"), meeting(opened, "1").pk, submission_id=uuid4(), version=0, entries=[])


def test_a_correction_of_a_past_class_asks_for_a_reason_and_keeps_what_stood(opened: World) -> None:
    mark(opened, "1")
    with pytest.raises(Refused, match="Say why"):
        mark(opened, "1", Abara="absent")
    mark(opened, "1", Abara="absent", reason="Seen at home")
    history = apps.get_model("attendance.MarkEvent").objects.all()
    assert [(event.status, event.student_id) for event in history] == [("present", opened.students["Abara"].pk)]


@pytest.mark.parametrize("more", [0, 60])
def test_a_save_takes_the_same_twelve_statements_at_most_whatever_the_class(opened: World, more: int) -> None:
    from tests.world import add_student, put_on_roster

    for number in range(more):
        put_on_roster(add_student(opened, f"Extra{number} X", f"3{number:08d}", opened.lincoln), opened.sections["1"])
    rebuild(opened.installation)
    held = meeting(opened, "1")
    entries = [MarkEntry(s.pk, "present") for s in Student.objects.exclude(family_name="Shah")]
    scope = opened.scope("whitfield")
    with CaptureQueriesContext(connection) as captured:
        save_marks(scope, held.pk, submission_id=uuid4(), version=0, entries=entries)
    counted = [q["sql"] for q in captured if not q["sql"].startswith(("SAVEPOINT", "RELEASE"))]
    assert len(counted) <= 12, [sql[:60] for sql in counted]
