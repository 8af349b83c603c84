"""The office says how a student is taught, for how long, and ends it; days are judged anew (MS-17, MS-18, MS-33)."""

from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest

from attendance.models import DailyAttendance, LearningPlan, ModeAssignment
from attendance.rules.modes import ModeFact
from attendance.services.fact_endings import end_fact, preview_ending
from attendance.services.ledger import check
from attendance.services.modes import Given, enter_mode, preview_mode
from students.refusals import Forbidden, NotInScope, Refused, Stale
from tests.attendance.acts import take
from tests.world import PERIODS, TODAY, YESTERDAY, World, at

TOMORROW = TODAY + timedelta(days=1)
MONDAY = date(2020, 10, 26)


@pytest.fixture
def opened(opened_world: World) -> World:
    return opened_world


def give(
    world: World,
    fact: ModeFact,
    *names: str,
    by: str = "mayfield",
    form: UUID | None = None,
    late_reason: str = "",
    leave_out: bool = False,
) -> Given | None:
    """What a page does: looks, then saves."""
    scope = world.scope(by, at(17))
    ids = [world.students[name].pk for name in names or ("Abara",)]
    look = preview_mode(scope, ids, fact, leave_out=leave_out)
    return enter_mode(
        scope,
        ids,
        fact,
        submission_id=form or uuid4(),
        agreed=str(look.touched.agreement),
        late_reason=late_reason,
        leave_out=leave_out,
    )


def mode_of(world: World, day: date, name: str = "Abara") -> str:
    return DailyAttendance.objects.get(student=world.students[name], date=day).mode


def test_MS17_a_mode_holds_from_its_first_day_and_its_past_days_ask_why(opened: World) -> None:
    fact = ModeFact("async_online", YESTERDAY, None)
    with pytest.raises(Refused, match="only now"):
        give(opened, fact)
    assert not ModeAssignment.objects.exists()
    given = give(opened, fact, late_reason="The form came in late.")
    assert given is not None
    assert [(each.date, each.mode_before, each.mode_after) for each in given.touched.changes] == [
        (YESTERDAY, "in_person", "async_online"),
        (TODAY, "in_person", "async_online"),
    ]
    assert given.touched.late_from == YESTERDAY
    assert [mode_of(opened, day) for day in (date(2020, 10, 23), YESTERDAY, TODAY)] == [
        "in_person",
        "async_online",
        "async_online",
    ]
    row = ModeAssignment.objects.get()
    assert (row.source, row.entered_by, row.late_reason) == ("here", opened.users["mayfield"], "The form came in late.")
    assert check(opened.installation) == []


def test_a_look_writes_nothing_and_what_was_not_looked_at_is_not_saved(opened: World) -> None:
    scope, abara = opened.scope("mayfield", at(17)), opened.students["Abara"].pk
    fact = ModeFact("sync_online", YESTERDAY, None)
    look = preview_mode(scope, [abara], fact)
    assert len(look.touched.changes) == 2
    assert not ModeAssignment.objects.exists()
    assert mode_of(opened, YESTERDAY) == "in_person"
    other = ModeFact("offline_packets", YESTERDAY, None)
    terms = {"agreed": str(look.touched.agreement), "late_reason": "Late."}
    with pytest.raises(Refused, match="another change"):
        enter_mode(scope, [abara], other, submission_id=uuid4(), **terms)
    for period in PERIODS:
        take(opened, period)
    with pytest.raises(Stale):
        enter_mode(scope, [abara], fact, submission_id=uuid4(), **terms)
    assert not ModeAssignment.objects.exists()


def test_the_same_form_sent_twice_is_one_mode(opened: World) -> None:
    form = uuid4()
    scope, abara = opened.scope("mayfield", at(17)), opened.students["Abara"].pk
    fact = ModeFact("sync_online", TODAY, None)
    agreed = str(preview_mode(scope, [abara], fact).touched.agreement)
    assert enter_mode(scope, [abara], fact, submission_id=form, agreed=agreed)
    assert enter_mode(scope, [abara], fact, submission_id=form, agreed=agreed) is None
    assert ModeAssignment.objects.count() == 1


def test_MS18_a_mode_that_the_plan_does_not_offer_is_refused_in_its_words(opened: World) -> None:
    LearningPlan.objects.create(starts_on=TOMORROW, school=opened.lincoln, modes=["in_person", "sync_online"])
    give(opened, ModeFact("offline_packets", TODAY, TODAY))
    with pytest.raises(Refused, match=r"does not offer “Paper packets” on Oct 28, 2020\. It offers: In person, Sync"):
        give(opened, ModeFact("offline_packets", TOMORROW, None), "Baptiste")
    with pytest.raises(Refused, match="does not offer"):
        give(opened, ModeFact("offline_packets", TODAY, None), "Baptiste")
    assert ModeAssignment.objects.count() == 1


def test_RD23_two_facts_on_one_day_are_refused_and_a_quarantine_goes_before_both(opened: World) -> None:
    give(opened, ModeFact("sync_online", TODAY, None))
    with pytest.raises(Refused, match=r"Synchronous online holds from Oct 27, 2020 on already\. End it first"):
        give(opened, ModeFact("async_online", TOMORROW, None))
    give(opened, ModeFact("async_online", TODAY, date(2020, 11, 6), reason="quarantine"))
    with pytest.raises(Refused, match="until Nov 6, 2020 already"):
        give(opened, ModeFact("sync_online", TOMORROW, TOMORROW, reason="quarantine"))
    give(opened, ModeFact("in_person", TODAY, None, weekdays=(0, 2)))
    with pytest.raises(Refused, match="In person holds"):
        give(opened, ModeFact("sync_online", TODAY, None, weekdays=(2, 4)))
    assert mode_of(opened, TODAY) == "async_online"


def test_MS33_quarantine_is_for_office_and_nurse_and_has_an_end(opened: World) -> None:
    until = ModeFact("async_online", TODAY, date(2020, 11, 6), reason="quarantine")
    with pytest.raises(Refused, match="has a last day"):
        give(opened, ModeFact("async_online", TODAY, None, reason="quarantine"))
    with pytest.raises(Refused, match="another mode than in person"):
        give(opened, ModeFact("in_person", TODAY, TODAY, reason="quarantine"))
    for person, refusal in [("whitfield", Forbidden), ("lindqvist", NotInScope)]:
        with pytest.raises(refusal):
            give(opened, until, by=person)
    assert give(opened, until, by="tran")
    with pytest.raises(Forbidden):
        give(opened, ModeFact("sync_online", TODAY, None), "Baptiste", by="tran")


def test_RD21_one_class_alone_is_taught_otherwise(opened: World) -> None:
    give(opened, ModeFact("async_online", TODAY, None, section_id=opened.sections["6"].pk))
    day = DailyAttendance.objects.get(student=opened.students["Abara"], date=TODAY)
    assert (day.mode, day.own_time_sections) == ("in_person", [opened.sections["6"].pk])
    with pytest.raises(Refused, match="roster of this class"):
        give(opened, ModeFact("async_online", TODAY, None, section_id=opened.sections["W1"].pk))


def test_a_school_goes_virtual_but_for_those_who_are_so_already(opened: World) -> None:
    give(opened, ModeFact("offline_packets", TODAY, None), "Castillo")
    names = ("Abara", "Baptiste", "Castillo")
    fact = ModeFact("sync_online", TODAY, date(2020, 11, 6))
    with pytest.raises(Refused, match="Paper packets"):
        give(opened, fact, *names)
    given = give(opened, fact, *names, leave_out=True)
    assert given is not None
    assert given.left_out.keys() == {opened.students["Castillo"].pk}
    assert [mode_of(opened, TODAY, name) for name in names] == ["sync_online", "sync_online", "offline_packets"]
    with pytest.raises(Refused, match="Nobody is left"):
        give(opened, fact, "Castillo", leave_out=True)


def test_a_mode_ends_early_with_a_reason_and_its_former_days_stand(opened: World) -> None:
    give(opened, ModeFact("sync_online", YESTERDAY, None), late_reason="Late.")
    scope, row = opened.scope("mayfield", at(17)), ModeAssignment.objects.get()
    look = preview_ending(scope, "mode", row.pk, YESTERDAY)
    assert [each.date for each in look.changes] == [TODAY]
    with pytest.raises(Refused, match="Say why"):
        end_fact(scope, "mode", row.pk, YESTERDAY, agreed=str(look.agreement), reason=" ")
    end_fact(scope, "mode", row.pk, YESTERDAY, agreed=str(look.agreement), reason="Back at school.")
    assert (mode_of(opened, YESTERDAY), mode_of(opened, TODAY)) == ("sync_online", "in_person")
    row.refresh_from_db()
    assert (row.ends_on, row.ended_by, row.end_reason) == (YESTERDAY, opened.users["mayfield"], "Back at school.")
    with pytest.raises(Refused, match="already"):
        preview_ending(scope, "mode", row.pk, TODAY)
    look = preview_ending(scope, "mode", row.pk, None)
    end_fact(scope, "mode", row.pk, None, agreed=str(look.agreement), reason="The wrong student.")
    assert not ModeAssignment.objects.exists()
    assert mode_of(opened, YESTERDAY) == "in_person"
    kept = ModeAssignment.pgh_event_model.objects.filter(pgh_label__icontains="delete").get()
    assert (kept.end_reason, kept.ended_by_id) == ("The wrong student.", opened.users["mayfield"].pk)


def test_what_came_with_the_roster_is_ended_there(opened: World) -> None:
    row = ModeAssignment.objects.create(student=opened.students["Abara"], mode="sync_online", starts_on=MONDAY)
    with pytest.raises(Refused, match=r"modes\.csv"):
        preview_ending(opened.scope("mayfield", at(17)), "mode", row.pk, TODAY)
    with pytest.raises(Refused, match=r"came with the roster \(modes\.csv\)"):
        give(opened, ModeFact("async_online", TODAY, None))
