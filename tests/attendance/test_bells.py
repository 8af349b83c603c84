"""Bells made on pages: copies, changes from a day on, corrections of the past, one day's bells."""

from dataclasses import replace
from datetime import date, time, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from attendance.models import BellChange, BellSchedule, CalendarDay, ClassMeeting, DailyAttendance, Period
from attendance.rules.bells import BellRow
from attendance.selectors.bell_days import rows_on
from attendance.selectors.bells import bells_page, schedule_page
from attendance.services.bells import BellsEdit, change_bells, copy_bells, preview_bells
from attendance.services.calendar_edits import edit_days, preview_edit
from attendance.services.calendar_rows import DaysEdit
from attendance.services.ledger import check, rebuild
from attendance.views.calendar_preview import ChangedLaw, changed_law
from students.refusals import Forbidden, NotInScope, Refused, Stale
from tests.attendance.acts import meeting_of, take
from tests.world import TODAY, YESTERDAY, World

TOMORROW = TODAY + timedelta(days=1)


@pytest.fixture
def opened(opened_world: World) -> World:
    return opened_world


@pytest.fixture
def special(opened: World) -> BellSchedule:
    """A copy of Lincoln's regular bells, by which every day since yesterday rings."""
    made = copy_bells(opened.scope("okafor"), regular(opened).pk, name="Special")
    CalendarDay.objects.filter(school=opened.lincoln, date__gte=YESTERDAY).update(bell_schedule=made)
    assert rebuild(opened.installation).changed == 0
    return made


def regular(world: World) -> BellSchedule:
    return world.lincoln.bell_schedules.get(name="Regular")


def with_sixth_until(world: World, schedule: BellSchedule, ends: time) -> tuple[BellRow, ...]:
    """The rows of today with another end of the sixth period, 13:35 to 14:30."""
    rows = rows_on(world.installation, schedule, TODAY)
    return tuple(replace(row, ends_at=ends) if row.name == "6" else row for row in rows)


def change(world: World, schedule: BellSchedule, ends: time, day: date = TODAY, **said: Any) -> BellChange:
    """Mrs. Okafor looks at a change of the sixth period, and saves it."""
    edit = BellsEdit(with_sixth_until(world, schedule, ends), day, corrects=said.pop("corrects", False))
    scope = world.scope("okafor")
    agreed = said.pop("agreed", None) or str(preview_bells(scope, schedule.pk, edit).agreement)
    given = {"submission_id": uuid4(), "reason": "Assembly", "agreed": agreed} | said
    return change_bells(scope, schedule.pk, edit, **given)


def minutes(world: World, day: date) -> int:
    return meeting_of(world, "6", day).instructional_minutes


def test_a_copy_rings_like_its_source_and_is_made_once(opened: World) -> None:
    scope = opened.scope("okafor")
    made = copy_bells(scope, regular(opened).pk, name=" Assembly ")
    assert made == copy_bells(scope, regular(opened).pk, name="Assembly")
    assert (made.name, made.made_by, made.is_imported) == ("Assembly", opened.users["okafor"], False)
    assert rows_on(scope, made, TODAY) == rows_on(scope, regular(opened), TODAY)
    with pytest.raises(Refused, match="named “Regular” already"):
        copy_bells(scope, regular(opened).pk, name="Regular")
    with pytest.raises(Refused, match="Give the new bells a name"):
        copy_bells(scope, regular(opened).pk, name=" ")


def test_only_administrators_of_the_school_change_its_bells(special: BellSchedule, opened: World) -> None:
    edit = BellsEdit(with_sixth_until(opened, special, time(14)), TODAY)
    for who, refusal in (("whitfield", Forbidden), ("lindqvist", NotInScope)):
        with pytest.raises(refusal):
            preview_bells(opened.scope(who), special.pk, edit)
        with pytest.raises(refusal):
            copy_bells(opened.scope(who), special.pk, name="Mine")
    assert preview_bells(opened.scope("reyes"), special.pk, edit).days > 0


def test_imported_bells_are_not_changed_here(opened: World) -> None:
    edit = BellsEdit(with_sixth_until(opened, regular(opened), time(14)), TODAY)
    with pytest.raises(Refused, match="change it in the source system"):
        preview_bells(opened.scope("okafor"), regular(opened).pk, edit)


def test_a_change_from_today_on_leaves_the_past_as_it_was(special: BellSchedule, opened: World) -> None:
    change(opened, special, time(14))
    assert (minutes(opened, YESTERDAY), minutes(opened, TODAY)) == (55, 25)
    rebuild(opened.installation)
    assert (minutes(opened, YESTERDAY), minutes(opened, TODAY)) == (55, 25)
    assert check(opened.installation) == []
    assert special.periods.filter(name="1").count() == 1, "a row that stays goes on"


def test_a_change_of_days_to_come_touches_no_meeting(special: BellSchedule, opened: World) -> None:
    edit = BellsEdit(with_sixth_until(opened, special, time(14)), TOMORROW)
    seen = preview_bells(opened.scope("okafor"), special.pk, edit)
    assert (seen.student_days, seen.first_day, seen.meetings.moved) == (0, TOMORROW, 0)
    change(opened, special, time(14), TOMORROW)
    assert minutes(opened, TODAY) == 55
    page = schedule_page(opened.scope("okafor"), special.pk)
    assert (page.schedule.changes_on, page.schedule.ringings[0].minutes) == (TOMORROW, 330)
    assert schedule_page(opened.scope("okafor"), special.pk, TOMORROW).schedule.ringings[0].minutes == 300
    replaced = preview_bells(opened.scope("okafor"), special.pk, replace(edit, holds_from=TODAY)).replaced
    assert replaced == TOMORROW


def test_a_correction_of_the_past_says_so_and_previews_what_it_does(special: BellSchedule, opened: World) -> None:
    taken = take(opened, "6")
    with pytest.raises(Refused, match="days that are over"):
        change(opened, special, time(14), YESTERDAY)
    edit = BellsEdit(with_sixth_until(opened, special, time(14)), YESTERDAY, corrects=True)
    seen = preview_bells(opened.scope("okafor"), special.pk, edit)
    assert (seen.meetings.moved, seen.student_days) == (1, 2 * DailyAttendance.objects.filter(
        school=opened.lincoln, date=TODAY).count())  # fmt: skip
    assert minutes(opened, TODAY) == 55, "a preview writes nothing"
    change(opened, special, time(14), YESTERDAY, corrects=True)
    taken.refresh_from_db()
    assert (taken.instructional_minutes, minutes(opened, TODAY)) == (55, 25), "what was taken stays as it was taken"
    assert check(opened.installation) == []


def test_bells_of_no_day_have_no_past(opened: World) -> None:
    made = copy_bells(opened.scope("okafor"), regular(opened).pk, name="Assembly")
    done = change(opened, made, time(14))
    assert done.is_of_all_days
    assert Period.objects.filter(bell_schedule=made, name="6").count() == 1


def test_the_same_change_sent_twice_is_done_once(special: BellSchedule, opened: World) -> None:
    once: UUID = uuid4()
    edit = BellsEdit(with_sixth_until(opened, special, time(14)), TODAY)
    agreed = str(preview_bells(opened.scope("okafor"), special.pk, edit).agreement)
    first = change(opened, special, time(14), submission_id=once, agreed=agreed)
    again = change_bells(opened.scope("okafor"), special.pk, edit, submission_id=once, reason="Assembly", agreed=agreed)
    assert first == again
    assert BellChange.objects.count() == 1


def test_what_was_not_looked_at_is_not_saved(special: BellSchedule, opened: World) -> None:
    edit = BellsEdit(with_sixth_until(opened, special, time(14)), TODAY)
    agreed = str(preview_bells(opened.scope("okafor"), special.pk, edit).agreement)
    with pytest.raises(Refused, match="another change than the one you looked at"):
        change(opened, special, time(14, 10), agreed=agreed)
    CalendarDay.objects.filter(school=opened.lincoln, date=TOMORROW).update(bell_schedule=regular(opened))
    with pytest.raises(Stale):
        change(opened, special, time(14), agreed=agreed)
    with pytest.raises(Refused, match="Say why"):
        change(opened, special, time(14), reason=" ")
    assert not BellChange.objects.exists()


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        ([], "at least one period"),
        ([BellRow("1", "class", time(9), time(9))], "ends before it starts"),
        ([BellRow("1", "class", time(8), time(9), time(8, 30))], "needs a start and an end"),
        ([BellRow("1", "class", time(8), time(9), time(8, 30), time(9, 1))], "inside the period"),
        ([BellRow("1", "class", time(8), time(9)), BellRow("1", "class", time(9), time(10))], "stands twice"),
        (
            [BellRow("1", "class", time(8), time(9)), BellRow("2", "class", time(8, 59), time(10), grades=("12",))],
            "same minutes for grade 12",
        ),
    ],
)
def test_MS02_faulty_rows_are_refused_in_words(
    special: BellSchedule, opened: World, rows: list[BellRow], says: str
) -> None:
    with pytest.raises(Refused, match=says):
        preview_bells(opened.scope("okafor"), special.pk, BellsEdit(tuple(rows), TODAY))


def test_an_administrator_of_the_school_rings_bells_on_one_day(opened: World) -> None:
    made = copy_bells(opened.scope("okafor"), regular(opened).pk, name="Assembly")
    change(opened, made, time(14))
    edit = DaysEdit((opened.lincoln.pk,), YESTERDAY, YESTERDAY, {"bell_schedule": "Assembly"})
    agreed = str(preview_edit(opened.scope("okafor"), edit).agreement)
    edit_days(opened.scope("okafor"), edit, submission_id=uuid4(), reason="It rang so", agreed=agreed)
    assert (minutes(opened, YESTERDAY), minutes(opened, TODAY)) == (25, 55)
    assert check(opened.installation) == []
    for asked, refusal in (
        (replace(edit, changes={"event_type": "H"}), Forbidden),
        (replace(edit, last_day=TODAY), Forbidden),
        (replace(edit, school_ids=(opened.washington.pk,)), NotInScope),
    ):
        with pytest.raises(refusal):
            preview_edit(opened.scope("okafor"), asked)


def test_MS02_MS41_the_pages_say_how_many_minutes_a_grade_is_offered(special: BellSchedule, opened: World) -> None:
    opened.students["Abara"].enrollments.update(grade="12")
    Period.objects.filter(bell_schedule=regular(opened), name="6").update(grades=["09"])
    found = {each.name: each for each in bells_page(opened.scope("reyes"), opened.lincoln.pk).schedules}
    assert [(each.grades, each.minutes, each.judged) for each in found["Regular"].ringings] == [
        ("Grade 09", 330, "full"),
        ("Grade 12", 275, "remark"),
    ]
    assert [(each.grades, each.minutes) for each in found["Special"].ringings] == [("All grades", 330)]
    assert (found["Special"].use.past, found["Special"].use.next) == (1, TODAY)
    Period.objects.filter(bell_schedule=regular(opened), name__in=["4", "5"]).delete()
    [short] = [each for each in bells_page(opened.scope("reyes"), opened.lincoln.pk).schedules if each.is_imported]
    assert [each.judged for each in short.ringings] == ["short", "short"]


def test_a_meeting_of_a_day_that_rings_otherwise_is_not_lost(special: BellSchedule, opened: World) -> None:
    before = ClassMeeting.objects.filter(date=TODAY).count()
    change(opened, special, time(14))
    assert ClassMeeting.objects.filter(date=TODAY).count() == before


def test_MS02_the_preview_says_what_becomes_of_the_lawfulness_of_the_calendar(
    opened: World, special: BellSchedule
) -> None:
    def looked_at(rows: tuple[BellRow, ...]) -> ChangedLaw | None:
        effects = preview_bells(opened.scope("okafor"), special.pk, BellsEdit(rows, TODAY))
        return changed_law("Lincoln", effects.law_before, effects.law_after)

    assert looked_at(with_sixth_until(opened, special, time(14, 10))) is None
    law = looked_at(tuple(row for row in rows_on(opened.installation, special, TODAY) if row.name in "1234"))
    assert law is not None
    under = [each.day for each in law.faults if each.rule == "MS-02"]
    assert (len(under), under[0], law.faults[0].words) == (9, TODAY, "offers 220 instructional minutes, too few")
