"""The office enters what it knows, of one or of many, and withdraws it."""

from datetime import date, time, timedelta
from uuid import uuid4

import pytest

from attendance.models import OfficeEntry, OfficeEvent
from attendance.services import office
from attendance.services.office import record_entry, withdraw_entry
from attendance.signals import attendance_changed
from students.models import Enrollment
from students.refusals import Forbidden, NotInScope, Refused
from tests.attendance.office.deeds import enter
from tests.world import TODAY, YESTERDAY, World, at

TOMORROW = TODAY + timedelta(days=1)


@pytest.fixture
def opened(opened_world: World) -> World:
    return opened_world


def test_RD06_a_late_bus_is_one_entry_for_many(opened: World) -> None:
    told: list[dict] = []

    def hear(**news: object) -> None:
        told.append(news)

    attendance_changed.connect(hear)
    recorded = enter(opened, "sign_in", "Abara", "Baptiste", "Castillo", starts=time(8, 25), note="Bus 12, flat tire")
    attendance_changed.disconnect(hear)
    events = list(OfficeEvent.objects.filter(entry=recorded.entry))
    assert {each.student_id for each in events} == {opened.students[n].pk for n in ("Abara", "Baptiste", "Castillo")}
    assert {(each.kind, each.starts_at, each.starts_on, each.ends_on) for each in events} == {
        ("sign_in", time(8, 25), TODAY, TODAY)
    }
    assert recorded.entry.entered_by == opened.users["mayfield"]
    [news] = told
    assert (news["student_ids"], news["dates"]) == ({each.student_id for each in events}, {TODAY})


def test_the_same_form_sent_twice_is_one_entry_and_another_form_is_not_mistaken_for_it(opened: World) -> None:
    form = uuid4()
    first = enter(opened, "sign_in", "Abara", starts=time(9), submission_id=form)
    again = enter(opened, "sign_in", "Abara", starts=time(9), submission_id=form)
    assert (again.entry.pk, again.repeated, list(again.student_ids)) == (first.entry.pk, True, list(first.student_ids))
    with pytest.raises(Refused, match="another entry"):
        enter(opened, "activity", "Abara", submission_id=form)
    assert OfficeEvent.objects.count() == 1


def test_who_was_entered_at_the_desk_is_left_out_of_the_bus(opened: World) -> None:
    enter(opened, "sign_in", "Abara", starts=time(8, 20))
    bus = enter(opened, "sign_in", "Abara", "Baptiste", starts=time(8, 25))
    assert bus.known == {opened.students["Abara"].pk: "signed in 8:20"}
    assert list(bus.student_ids) == [opened.students["Baptiste"].pk]
    with pytest.raises(Refused, match="Abara, Chidi is entered already: signed in 8:20"):
        enter(opened, "sign_in", "Abara", starts=time(8, 30))
    with pytest.raises(Refused, match="of all 2 students already"):
        enter(opened, "sign_in", "Abara", "Baptiste", starts=time(8, 30))
    assert OfficeEntry.objects.count() == 2


def test_nothing_is_written_where_one_of_the_list_is_not_of_the_school(opened: World) -> None:
    for stranger, told in [(opened.students["Shah"].pk, "1 unknown"), (999_999, "1 unknown")]:
        with pytest.raises(Refused, match=told):
            record_entry(
                opened.scope("mayfield", at(17)),
                opened.lincoln.pk,
                [opened.students["Abara"].pk, stranger],
                submission_id=uuid4(),
                kind="activity",
                starts_on=TODAY,
            )
    Enrollment.objects.filter(student=opened.students["Abara"]).update(ends_on=YESTERDAY)
    with pytest.raises(Refused, match=r"on these days: Abara, Chidi\."):
        enter(opened, "activity", "Abara")
    assert not OfficeEntry.objects.exists()
    assert enter(opened, "suspension", "Abara", day=YESTERDAY, last=TODAY).student_ids


def test_what_cannot_be_is_refused_and_nothing_is_written(opened: World, monkeypatch: pytest.MonkeyPatch) -> None:
    saturday = date(2020, 10, 31)
    for why, kind, given in [
        ("at least one", "activity", {"names": ()}),
        ("day to come", "sign_in", {"day": TOMORROW, "starts": time(9)}),
        ("outside the school day, 8:00 am to 2:30 pm", "sign_out", {"starts": time(14, 30)}),
        ("no school", "reported_absence", {"day": saturday}),
        ("not shown to teachers", "nurse", {"starts": time(9), "ends": time(10), "shown_as": "Headache"}),
        ("at most 60", "activity", {"shown_as": "x" * 61}),
    ]:
        names = given.pop("names", ("Abara",))
        with pytest.raises(Refused, match=why):
            enter(opened, kind, *names, **given)
    monkeypatch.setattr(office, "MOST_STUDENTS", 1)
    with pytest.raises(Refused, match="1 students at most"):
        enter(opened, "activity", "Abara", "Baptiste")
    monkeypatch.undo()
    monkeypatch.setattr(office, "MOST_STUDENT_DAYS", 3)
    with pytest.raises(Refused, match="fewer days"):
        enter(opened, "activity", "Abara", "Baptiste", last=TOMORROW)
    assert not OfficeEntry.objects.exists()


def test_an_entry_is_withdrawn_for_one_or_for_all_and_nothing_is_deleted(opened: World) -> None:
    bus = enter(opened, "sign_in", "Abara", "Baptiste", "Castillo", starts=time(8, 25))
    scope = opened.scope("mayfield", at(17))
    abara = opened.students["Abara"].pk
    with pytest.raises(Refused, match="Say why"):
        withdraw_entry(scope, bus.entry.pk, reason="  ")
    with pytest.raises(NotInScope):
        withdraw_entry(scope, bus.entry.pk, reason="Wrong.", student_id=opened.students["Shah"].pk)
    assert withdraw_entry(scope, bus.entry.pk, reason="Was in homeroom.", student_id=abara) == 1
    assert withdraw_entry(scope, bus.entry.pk, reason="Another bus.") == 2
    assert withdraw_entry(scope, bus.entry.pk, reason="Again.") == 0
    reasons = dict(OfficeEvent.objects.values_list("student_id", "withdrawn_reason"))
    assert reasons[abara] == "Was in homeroom."
    assert sorted(reasons.values()) == ["Another bus.", "Another bus.", "Was in homeroom."]
    assert enter(opened, "sign_in", "Abara", starts=time(8, 30)).student_ids == [abara]


def test_the_office_of_one_school_enters_nothing_in_another_and_a_teacher_nothing_at_all(opened: World) -> None:
    bus = enter(opened, "sign_in", "Abara", starts=time(8, 25))
    for person, school, refusal in [
        ("whitfield", opened.lincoln, Forbidden),
        ("tran", opened.lincoln, Forbidden),
        ("mayfield", opened.washington, NotInScope),
        ("lindqvist", opened.lincoln, NotInScope),
    ]:
        with pytest.raises(refusal):
            record_entry(
                opened.scope(person, at(17)),
                school.pk,
                [opened.students["Abara"].pk],
                submission_id=uuid4(),
                kind="activity",
                starts_on=TODAY,
            )
    for person, refusal in [("whitfield", Forbidden), ("lindqvist", NotInScope)]:
        with pytest.raises(refusal):
            withdraw_entry(opened.scope(person, at(17)), bus.entry.pk, reason="Not mine.")
    assert enter(opened, "activity", "Abara", by="reyes").student_ids
    assert enter(opened, "counselor", "Abara", by="okafor", starts=time(9), ends=time(10)).student_ids
