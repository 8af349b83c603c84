"""MS-26, RD-25: which classes wait for the entry of a day, as the ledger keeps it, and how late entries are told."""

from datetime import date
from uuid import uuid4

from attendance.models import DayReview, ModeAssignment, OwnSchedule
from attendance.selectors.entry_lines import Asked, entered_late, open_entries
from attendance.selectors.explanation import explain_day
from attendance.services.ledger import check
from attendance.services.office import record_entry
from tests.attendance.acts import open_both_schools, take
from tests.attendance.modes.weeks import LAST_WEEK, MONDAY, THIS_MONDAY, day_of, in_own_time, judged, reviewed
from tests.world import TODAY, YEAR_STARTS, World, at


def waiting(world: World, name: str = "Abara", day: date = MONDAY) -> str:
    """The periods of the classes that wait."""
    open_ = set(day_of(world, name, day).own_time_open)
    return "".join(each for each in "123456" if world.sections[each].pk in open_)


def test_MS26_each_class_waits_for_each_day_until_it_is_entered(world: World) -> None:
    in_own_time(world, "Abara")
    assert (waiting(world), waiting(world, "Castillo")) == ("123456", "")
    reviewed(world, "Abara", "2", days=[MONDAY])
    assert (waiting(world), waiting(world, day=LAST_WEEK[1])) == ("13456", "123456")
    assert check(world.installation) == []


def test_RD26_in_quarantine_a_live_class_waits_until_its_work_is_confirmed(world: World) -> None:
    open_both_schools(world)
    ModeAssignment.objects.create(
        student=world.students["Abara"], mode="sync_online", reason="quarantine", starts_on=YEAR_STARTS
    )
    judged(world, "Abara")
    take(world, "1", MONDAY)
    assert "1" in waiting(world)
    given = {"student": world.students["Abara"], "section": world.sections["1"], "date": MONDAY}
    DayReview.objects.create(**given, work_done=True, entered_by=world.users["whitfield"], entered_at=at(8))
    judged(world, "Abara")
    assert "1" not in waiting(world)


def test_homebound_minutes_are_entered_once_for_all_classes(world: World) -> None:
    open_both_schools(world)
    abara = world.students["Abara"]
    said = {"submission_id": uuid4(), "entered_by": world.users["okafor"], "entered_at": at(8)}
    OwnSchedule.objects.create(student=abara, kind="homebound", starts_on=YEAR_STARTS, **said)
    judged(world, "Abara")
    assert waiting(world) == "123456"
    review = {"student": abara, "date": MONDAY, "minutes": 60}
    DayReview.objects.create(**review, entered_by=world.users["okafor"], entered_at=at(8))
    judged(world, "Abara")
    assert waiting(world) == ""


def test_RD07_a_day_of_suspension_waits_for_nothing(world: World) -> None:
    in_own_time(world, "Abara")
    record_entry(
        world.scope("okafor"),
        world.lincoln.pk,
        [world.students["Abara"].pk],
        submission_id=uuid4(),
        kind="suspension",
        starts_on=MONDAY,
    )
    assert waiting(world) == ""
    assert (day_of(world, "Abara").status, day_of(world, "Abara").absence_kind) == ("absent", "suspended")
    assert waiting(world, day=LAST_WEEK[1]) == "123456"


def test_RD25_late_entries_are_told_and_a_correction_makes_nothing_late(world: World) -> None:
    in_own_time(world, "Abara")
    reviewed(world, "Abara", "1", days=[MONDAY], entered=at(8, day=THIS_MONDAY))
    reviewed(world, "Abara", "2", days=[MONDAY], entered=at(8))
    DayReview.objects.filter(section=world.sections["1"]).update(minutes=50, entered_at=at(9))
    sections = [world.sections[each].pk for each in "123"]
    late = [each for each in entered_late(world.installation, Asked(MONDAY, TODAY, sections)) if each.kind == "work"]
    assert [(each.title, each.count, each.days_late, each.due_on) for each in late] == [
        ("Algebra I, 2", 1, 1, THIS_MONDAY)
    ]
    lines = explain_day(world.scope("okafor"), world.students["Abara"].pk, MONDAY).working.evidence
    told = {line.what: line.why for line in lines}
    assert [("Entered 1 day late" in why) for _, why in sorted(told.items())] == [False, True]


def test_RD25_an_entry_is_due_on_the_turn_in_and_overdue_a_week_later(world: World) -> None:
    in_own_time(world, "Abara")
    asked = Asked(MONDAY, TODAY, [world.sections["1"].pk])
    by_day = {
        now: [each.state for each in open_entries(world.scope("reyes", at(10, day=now)), asked) if each.kind == "work"]
        for now in (THIS_MONDAY, TODAY, date(2020, 11, 2), date(2020, 11, 3))
    }
    assert by_day[THIS_MONDAY] == ["not_due", "not_due"]
    assert by_day[TODAY] == ["late", "not_due"]
    assert by_day[date(2020, 11, 2)] == ["late", "not_due"]
    assert by_day[date(2020, 11, 3)] == ["overdue", "late"]
