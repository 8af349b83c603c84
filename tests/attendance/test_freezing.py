"""Days of a certified month change only with a reason, and never without standing on the amendment list (D13)."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from threading import Event
from uuid import uuid4

import pytest
from django.db import connection, transaction

from attendance.models import Amended, AmendedDay, CalendarDay, DailyAttendance, FrozenMonth, Mark
from attendance.services.days import open_day
from attendance.services.freezing import freeze, hold_still
from attendance.services.ledger import check, recompute
from attendance.services.marking import MarkEntry, Saved, save_marks
from students.access import Scope
from students.refusals import FrozenDays
from tests.attendance.acts import excuse, meeting_of, open_both_schools, take, void
from tests.world import TODAY, YESTERDAY, World, at

SUNDAY = date(2020, 10, 25)
WHY = "The bus list came late."


def freeze_days(world: World, first: date = YESTERDAY, last: date = YESTERDAY) -> None:
    with transaction.atomic():
        hold_still(world.installation, world.lincoln.pk)
        freeze(world.installation, world.lincoln.pk, first, last)


def correct(world: World, status: str, *, amending: str = "", period: str = "1", day: date = YESTERDAY) -> Saved:
    """Ms. Whitfield marks Grant otherwise in a class that she took."""
    held = meeting_of(world, period, day)
    said = {mark.student_id: mark.status for mark in held.marks.all()} | {world.students["Grant"].pk: status}
    entries = [MarkEntry(student_id, its) for student_id, its in said.items()]
    scope = world.scope("whitfield", at(18)).amending(amending)
    return save_marks(scope, held.pk, submission_id=uuid4(), version=held.version, entries=entries, reason="A slip")


@pytest.fixture
def taken(world: World) -> World:
    open_both_schools(world)
    take(world, "1", Grant="absent")
    return world


def stood(world: World) -> list[tuple]:
    return [
        *Mark.objects.order_by("pk").values_list(),
        *DailyAttendance.objects.order_by("pk").values_list(),
        *CalendarDay.objects.order_by("pk").values_list(),
    ]


def test_a_frozen_day_refuses_a_mark_and_nothing_is_written(taken: World) -> None:
    freeze_days(taken)
    before = stood(taken)
    with pytest.raises(FrozenDays, match="2020-10-26 lies in a month that is certified"), transaction.atomic():
        correct(taken, "present")
    assert stood(taken) == before
    assert not AmendedDay.objects.exists()


def test_the_days_before_and_after_a_frozen_one_stay_open(taken: World) -> None:
    freeze_days(taken, YESTERDAY + timedelta(days=1), TODAY + timedelta(days=30))
    assert correct(taken, "present").version
    assert not AmendedDay.objects.exists()


def test_a_frozen_month_of_another_school_is_no_matter(taken: World) -> None:
    with transaction.atomic():
        freeze(taken.installation, taken.washington.pk, YESTERDAY, YESTERDAY)
    assert correct(taken, "present").version


def test_with_a_reason_the_mark_changes_and_the_list_says_what_by_whom_and_why(taken: World) -> None:
    freeze_days(taken)
    grant = taken.students["Grant"].pk
    was = DailyAttendance.objects.get(student=grant, date=YESTERDAY)
    with transaction.atomic():
        correct(taken, "present", amending=WHY)
    listed = list(AmendedDay.objects.filter(student=grant).values_list("what", "was", "became", "reason", "date"))
    day = DailyAttendance.objects.get(student=grant, date=YESTERDAY)
    assert listed == [
        (Amended.MARK, "1: absent 0", "1: present 55", WHY, YESTERDAY),
        (
            Amended.DAY,
            f"undetermined {was.minutes_attended}/{was.minutes_required}",
            f"undetermined {day.minutes_attended}/{day.minutes_required}",
            WHY,
            YESTERDAY,
        ),
    ]
    signed = AmendedDay.objects.filter(student=grant).first()
    assert (signed.amended_by, signed.amended_at) == (taken.users["whitfield"], at(18))
    assert AmendedDay.objects.values("change").distinct().count() == 1
    assert not AmendedDay.objects.exclude(student=grant).exists()


def test_a_first_taking_of_a_frozen_class_is_a_change_too(taken: World) -> None:
    freeze_days(taken)
    with pytest.raises(FrozenDays), transaction.atomic():
        take(taken, "2")


def test_a_save_that_changes_nothing_asks_for_no_reason(taken: World) -> None:
    freeze_days(taken)
    before = stood(taken)
    recompute(taken.installation, [each.pk for each in taken.students.values()], YESTERDAY, YESTERDAY)
    correct(taken, "absent")
    assert stood(taken) == before


def test_excuses_and_voids_of_frozen_days_ask_for_a_reason_too(taken: World) -> None:
    for period in ("2", "3", "4", "5", "6"):
        take(taken, period, Grant="absent")
    freeze_days(taken)
    with pytest.raises(FrozenDays), transaction.atomic():
        excuse(taken, "Grant")
    with pytest.raises(FrozenDays), transaction.atomic():
        void(taken, "1")
    assert check(taken.installation) == []


def test_a_frozen_calendar_stays_as_it_is(taken: World) -> None:
    freeze_days(taken)
    day = CalendarDay.objects.get(school=taken.lincoln, date=YESTERDAY)
    for act in (
        lambda: CalendarDay.objects.filter(pk=day.pk).update(name="Fog"),
        lambda: CalendarDay.objects.filter(pk=day.pk).update(date=date(2021, 6, 30)),
        day.delete,
    ):
        with pytest.raises(FrozenDays), transaction.atomic():
            act()
    CalendarDay.objects.filter(pk=day.pk).update(name=day.name)
    CalendarDay.objects.filter(school=taken.lincoln, date=TODAY).update(name="Fog")


def test_ledger_rows_neither_come_to_nor_go_from_a_frozen_day(taken: World) -> None:
    freeze_days(taken, first=SUNDAY)
    row = DailyAttendance.objects.get(student=taken.students["Grant"], date=YESTERDAY)
    with pytest.raises(FrozenDays), transaction.atomic():
        row.delete()
    with pytest.raises(FrozenDays), transaction.atomic():
        DailyAttendance.objects.filter(pk=row.pk).update(school=taken.washington)
    row.pk, row.date = None, SUNDAY
    with pytest.raises(FrozenDays), transaction.atomic():
        row.save()
    row.date = SUNDAY - timedelta(days=7)
    row.save()
    with pytest.raises(FrozenDays), transaction.atomic():
        DailyAttendance.objects.filter(pk=row.pk).update(date=SUNDAY)


def test_frozen_twice_is_frozen_once(taken: World) -> None:
    freeze_days(taken)
    freeze_days(taken)
    assert FrozenMonth.objects.count() == 1


def test_the_mark_page_asks_why_and_sends_the_same_marks_again(taken: World, client) -> None:
    freeze_days(taken)
    client.force_login(taken.users["whitfield"])
    held = meeting_of(taken, "1")
    page = client.get(f"/meetings/{held.pk}/").context["form"]
    sent = {f"mark-{student_id}": choice.status for student_id, choice in page.choices.items()}
    sent |= {"version": page.version, "submission_id": str(page.submission_id), "reason": "A slip"}
    sent[f"mark-{taken.students['Grant'].pk}"] = "present"
    asked = client.post(f"/meetings/{held.pk}/", sent)
    assert asked.status_code == 409
    assert 'value="A slip" maxlength="300" required' in asked.text
    assert f'name="mark-{taken.students["Grant"].pk}" value="present"' in asked.text
    assert "October 26, 2020" in asked.text
    assert client.post(f"/meetings/{held.pk}/", sent | {"amendment_reason": WHY}).status_code == 302
    assert set(AmendedDay.objects.values_list("reason", flat=True)) == {WHY}


def test_who_is_at_a_day_finishes_before_it_is_frozen_and_who_comes_later_is_refused(committed_world: World) -> None:
    open_both_schools(committed_world)
    take(committed_world, "1", Grant="absent")
    wrote, held = Event(), Event()

    def change() -> Scope | None:
        try:
            with transaction.atomic():
                correct(committed_world, "present")
                wrote.set()
                # As long as this one is not over, nobody freezes.
                assert not held.wait(0.5)
        finally:
            connection.close()

    def certify() -> str:
        try:
            wrote.wait()
            with transaction.atomic():
                hold_still(committed_world.installation, committed_world.lincoln.pk)
                held.set()
                freeze(committed_world.installation, committed_world.lincoln.pk, YESTERDAY, YESTERDAY)
                return Mark.objects.get(
                    student=committed_world.students["Grant"], meeting=meeting_of(committed_world, "1")
                ).status
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        changing, certifying = pool.submit(change), pool.submit(certify)
        assert changing.result() is None
        assert certifying.result() == "present"
    with pytest.raises(FrozenDays):
        correct(committed_world, "absent")


def test_opening_further_days_leaves_a_frozen_one_alone(taken: World) -> None:
    freeze_days(taken)
    open_day(taken.scope("reyes", at(8, day=TODAY + timedelta(days=1))), taken.lincoln.pk, TODAY + timedelta(days=1))
    assert not AmendedDay.objects.exists()
