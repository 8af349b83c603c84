"""From the ledger to tiers, crossings and cases: at every boundary, up and down, by signal and by night."""

from datetime import date, timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from attendance.models import ClassMeeting, DailyAttendance, Interaction
from attendance.services.days import open_day
from attendance.signals import attendance_changed
from interventions.models import (
    CarePolicy,
    Case,
    Contact,
    Crossing,
    DaysChanged,
    Outcome,
    PlannedAction,
    Standing,
    Step,
    TimelineEntry,
)
from interventions.services.evaluation import Evaluated, evaluate
from interventions.services.outbox import drain
from interventions.services.passes import pass_school
from students.models import Enrollment
from students.signals import roster_changed
from tests.attendance.acts import open_both_schools, take
from tests.interventions.acts import WEEKDAYS, absences, crossings, days_of, open_case, standing
from tests.world import TODAY, World, at


def look(world: World, *names: str) -> Evaluated:
    return evaluate(world.installation, [world.students[name].pk for name in names or ("Abara",)])


def pass_all(world: World) -> Evaluated:
    return pass_school(world.installation, world.lincoln.pk) + pass_school(world.installation, world.washington.pk)


def undo(world: World, name: str, day: date) -> None:
    days_of(world, name, [day], "present")


@pytest.mark.parametrize(("number", "tier"), [(4, 0), (5, 1), (6, 2), (10, 2), (11, 3)])
def test_MD05_MD06_MD07_a_count_opens_a_case_of_its_tier_with_the_steps_of_its_plan(
    world: World, number: int, tier: int
) -> None:
    days = absences(world, "Abara", number)
    look(world)
    found = standing(world, "Abara")
    assert (found.tier, found.absences, found.unlawful_absences, found.last_absent_on) == (
        tier,
        number,
        number,
        days[-1],
    )
    least = {1: 5, 2: 6, 3: 11}
    assert crossings(world, "Abara") == [(each, "count", days[least[each] - 1]) for each in range(1, tier + 1)]
    case = open_case(world, "Abara")
    assert (case and case.tier) == (tier or None)
    if case:
        planned = PlannedAction.objects.filter(tier__lte=tier, only_unlocated=False)
        assert set(case.steps.values_list("action", flat=True)) == set(planned.values_list("pk", flat=True))


def test_counts_go_up_and_down_day_by_day_and_every_withdrawal_is_visible(world: World) -> None:
    days = absences(world, "Abara", 11)
    look(world)
    case = open_case(world, "Abara")
    assert case is not None
    for left, tier in [(10, 2), (6, 2), (5, 1), (4, 0)]:
        for day in days[left:]:
            undo(world, "Abara", day)
        look(world)
        case.refresh_from_db()
        assert (standing(world, "Abara").tier, case.tier) == (tier, tier)
        assert set(case.steps.filter(state="open").values_list("tier", flat=True)) == set(range(1, tier + 1))
    gone = Crossing.objects.filter(withdrawn_at__isnull=False).order_by("tier")
    assert list(gone.values_list("tier", "withdrawn_absences")) == [(1, 4), (2, 5), (3, 10)]
    assert (case.outcome, case.closed_by) == (Outcome.NO_GROUND, None)
    kinds = TimelineEntry.objects.filter(case=case).values_list("kind", flat=True)
    assert sorted(kinds) == ["closed", *["crossing_withdrawn"] * 3, "opened", *["tier_reached"] * 3]


def test_a_tier_that_is_reached_again_has_its_steps_to_do_again(world: World) -> None:
    days = absences(world, "Abara", 6)
    look(world)
    undo(world, "Abara", days[0])
    look(world)
    assert Step.objects.filter(tier=2, state="withdrawn").count() == 6
    days_of(world, "Abara", days[:1])
    look(world)
    assert Step.objects.filter(tier=2, state="open").count() == 6
    assert Crossing.objects.filter(tier=2).count() == 2


def test_a_case_in_which_something_was_done_stays_for_a_person_to_close(world: World) -> None:
    days = absences(world, "Abara", 5)
    look(world)
    case = open_case(world, "Abara")
    tried = {"happened_at": at(9), "day": TODAY, "made_by": world.users["tran"], "entered_at": at(9)}
    Contact.objects.create(
        submission_id="0" * 32, student=case.student, case=case, kind="call", result="reached", **tried
    )
    undo(world, "Abara", days[0])
    look(world)
    case.refresh_from_db()
    assert (case.tier, case.is_open) == (0, True)


def test_a_closed_case_stays_closed_until_a_further_tier_is_crossed(world: World) -> None:
    days = absences(world, "Abara", 5)
    look(world)
    case = open_case(world, "Abara")
    Case.objects.update(closed_at=at(10), closed_by=world.users["tran"], outcome="improved")
    look(world)
    assert open_case(world, "Abara") is None
    days_of(world, "Abara", [WEEKDAYS[1]])
    look(world)
    assert open_case(world, "Abara") not in (None, case)
    assert standing(world, "Abara").absences == len(days) + 1


def test_looking_twice_changes_nothing_and_signal_and_night_lead_to_the_same_state(world: World) -> None:
    absences(world, "Abara", 6)
    absences(world, "Grant", 11)
    absences(world, "Hollis", 4)
    look(world, "Abara", "Grant", "Hollis")
    assert look(world, "Abara", "Grant", "Hollis").changed == 0
    by_signal = state()
    assert pass_all(world).changed == 0
    assert state() == by_signal


def state() -> list[object]:
    return [
        list(Standing.objects.exclude(absences=0).order_by("student").values_list("student", "tier", "absences")),
        list(Crossing.objects.order_by("student", "tier").values_list("student", "tier", "crossed_on", "absences")),
        list(Case.objects.order_by("student").values_list("student", "tier", "school", "closed_at")),
        list(
            Step.objects.order_by("case__student", "tier", "position").values_list("case__student", "words", "due_on")
        ),
    ]


def test_a_mark_reaches_the_queue_by_the_outbox_within_its_transaction(world: World) -> None:
    open_both_schools(world)
    absences(world, "Abara", 4)
    DaysChanged.objects.all().delete()
    for period in "1234":
        take(world, period, Abara="absent")
    assert world.students["Abara"].pk in {each for row in DaysChanged.objects.all() for each in row.student_ids}
    assert drain(world.installation) > 0
    assert DailyAttendance.objects.get(student=world.students["Abara"], date=date(2020, 10, 26)).status == "absent"
    assert standing(world, "Abara").tier == 1
    assert drain(world.installation) == 0


def test_the_ledger_notes_whose_verdict_changed_and_nobody_else(world: World) -> None:
    open_both_schools(world)
    days_of(world, "Abara", WEEKDAYS[:2])
    days_of(world, "Grant", WEEKDAYS[:2], "present")
    DaysChanged.objects.all().delete()

    def noted() -> set[int]:
        found = {each for row in DaysChanged.objects.all() for each in row.student_ids}
        DaysChanged.objects.all().delete()
        return found

    abara, grant = world.students["Abara"].pk, world.students["Grant"].pk
    rows = DailyAttendance.objects.filter(student__in=[abara, grant], date=WEEKDAYS[0])
    rows.update(minutes_attended=7)
    assert noted() == set()
    rows.update(tardies=1)
    assert noted() == {abara, grant}
    rows.update(status="absent", absence_kind="unexcused")
    assert noted() == {grant}
    rows.update(absence_kind="excused")
    assert noted() == {abara, grant}
    DailyAttendance.objects.filter(date=WEEKDAYS[1]).delete()
    assert noted() == {abara}
    open_day(world.installation, world.lincoln.pk, TODAY)
    assert noted() == set()


def test_MD07_a_disengaged_student_is_in_tier_3_with_the_criterion_and_its_days(world: World) -> None:
    days_of(world, "Abara", WEEKDAYS[:15], "present")
    run = WEEKDAYS[15:20]
    days_of(world, "Abara", run)
    look(world)
    found = standing(world, "Abara")
    assert (found.tier, found.absences) == (3, 5)
    [criterion] = found.criteria
    assert (criterion["sign"], criterion["days"]) == ("days_running", [day.isoformat() for day in run])
    assert (3, "disengaged", run[-1]) in crossings(world, "Abara")
    case = open_case(world, "Abara")
    assert case.steps.filter(kind="agency").count() == 3
    days_of(world, "Abara", [WEEKDAYS[20]], "present")
    look(world)
    case.refresh_from_db()
    assert (standing(world, "Abara").criteria, case.tier) == ([], 1)


def test_a_criterion_that_moves_on_is_the_crossing_that_it_was(world: World) -> None:
    days_of(world, "Abara", WEEKDAYS[:20])
    look(world)
    first = Crossing.objects.get(ground="disengaged")
    days_of(world, "Abara", WEEKDAYS[20:25])
    look(world)
    assert Crossing.objects.get(ground="disengaged").crossed_on == first.crossed_on


def test_agencies_are_not_asked_on_count_alone(world: World) -> None:
    absences(world, "Abara", 11)
    look(world)
    assert not Step.objects.filter(kind="agency").exists()


def test_days_of_grace_hold_the_case_back_and_the_crossing_stands(world: World) -> None:
    CarePolicy.objects.update(grace_school_days=2)
    days_of(world, "Abara", WEEKDAYS[:4])
    days_of(world, "Abara", [date(2020, 10, 23)])
    look(world)
    [crossing] = Crossing.objects.filter(tier=1)
    assert (crossing.acts_on, open_case(world, "Abara") is not None) == (date(2020, 10, 27), True)
    days_of(world, "Grant", WEEKDAYS[:10], "present")
    days_of(world, "Grant", WEEKDAYS[:4])
    days_of(world, "Grant", [date(2020, 10, 26)])
    look(world, "Grant")
    assert Crossing.objects.filter(student=world.students["Grant"]).count() == 1
    assert open_case(world, "Grant") is None
    tomorrow = TODAY + timedelta(days=1)
    assert evaluate(world.installation, [world.students["Grant"].pk], on=tomorrow).changed == 1
    assert open_case(world, "Grant") is not None


def test_RD11_a_retroactive_withdrawal_takes_counts_and_crossings_back(world: World) -> None:
    absences(world, "Abara", 6)
    look(world)
    student = world.students["Abara"]
    DailyAttendance.objects.filter(student=student).delete()
    Enrollment.objects.filter(student=student).update(ends_on=date(2020, 8, 11))
    look(world)
    found = standing(world, "Abara")
    assert (found.absences, found.tier, found.is_enrolled, crossings(world, "Abara")) == (0, 0, False, [])
    assert open_case(world, "Abara") is None


def test_a_student_who_left_has_no_case_opened(world: World) -> None:
    absences(world, "Abara", 6)
    Enrollment.objects.filter(student=world.students["Abara"]).update(ends_on=date(2020, 10, 16))
    look(world)
    assert standing(world, "Abara").tier == 2
    assert not Case.objects.exists()


def test_a_case_goes_with_its_student_to_another_school(world: World) -> None:
    absences(world, "Abara", 6)
    look(world)
    student = world.students["Abara"]
    Case.objects.update(owner=world.users["tran"])
    Enrollment.objects.filter(student=student).update(ends_on=date(2020, 10, 23))
    Enrollment.objects.create(student=student, school=world.washington, grade="09", starts_on=date(2020, 10, 26))
    look(world)
    case = open_case(world, "Abara")
    assert (case.school, case.owner) == (world.washington, None)
    assert TimelineEntry.objects.get(kind="moved_school").owner_before == world.users["tran"]


def test_RD40_excused_and_suspended_days_count_undetermined_ones_do_not(world: World) -> None:
    days_of(world, "Abara", WEEKDAYS[:15], "present")
    days_of(world, "Abara", WEEKDAYS[:2], kind="excused")
    days_of(world, "Abara", WEEKDAYS[5:7], kind="suspended")
    days_of(world, "Abara", WEEKDAYS[10:12])
    days_of(world, "Abara", WEEKDAYS[15:30], "undetermined")
    look(world)
    found = standing(world, "Abara")
    assert (found.absences, found.unlawful_absences, found.tier) == (6, 2, 2)


def test_MD04_tardies_of_the_term_are_counted_and_change_no_tier(world: World) -> None:
    days_of(world, "Abara", WEEKDAYS[:10], "present", tardies=2)
    look(world)
    found = standing(world, "Abara")
    assert (found.tardies, found.tier) == (20, 0)


def test_the_statements_do_not_grow_with_the_students(world: World) -> None:
    names = list(world.students)
    for name in names:
        absences(world, name, 6)

    def statements(some: list[str]) -> int:
        with CaptureQueriesContext(connection) as queries:
            look(world, *some)
        return len(queries)

    few = statements(names[:1])
    assert statements(names[1:]) <= few


def test_a_rosters_change_is_noted_for_students_schools_or_everybody(world: World) -> None:
    absences(world, "Abara", 5)
    DaysChanged.objects.all().delete()
    news = {"scope": world.installation, "from_date": TODAY}
    for students, schools in [({world.students["Abara"].pk}, None), (None, {world.lincoln.pk}), (None, None)]:
        roster_changed.send(World, student_ids=students, school_ids=schools, **news)
    abara = {world.students["Abara"].pk}
    for sender in (Interaction, ClassMeeting):
        attendance_changed.send(sender, student_ids=abara, dates={TODAY})
    attendance_changed.send(Interaction, student_ids=set(), dates={TODAY})
    rows = DaysChanged.objects.order_by("pk").values_list("student_ids", "school_ids")
    assert list(rows) == [([world.students["Abara"].pk], []), ([], [world.lincoln.pk]), ([], []), (list(abara), [])]
    assert drain(world.installation) == 4
    assert standing(world, "Abara").tier == 1


def test_the_command_passes_over_the_schools_and_only_prints_as_of_an_earlier_day(world: World, capsys) -> None:
    open_both_schools(world)
    days = absences(world, "Abara", 6)
    call_command("evaluate_tiers", on=days[4])
    assert "tier 1: 1, tier 2: 0" in capsys.readouterr().out
    assert not Crossing.objects.exists()
    call_command("evaluate_tiers", school="008")
    assert "Lincoln High School: 9 students looked at, 1 changed; 0 early warnings." in capsys.readouterr().out
    assert standing(world, "Abara").tier == 2
