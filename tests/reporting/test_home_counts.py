"""What a home page counts is what the page behind the button lists: one world, each number beside its list."""

from datetime import date, timedelta

from attendance.models import AbsenceReport, OfficeEntry
from attendance.selectors.calls_page import calls_page
from attendance.selectors.excuse_list import Asked as AskedExcuses
from attendance.selectors.excuse_list import excuse_list
from attendance.selectors.family_report_list import from_families
from attendance.selectors.reconciliation import disagreements
from attendance.services.entry_counts import count_entry_news
from interventions.models import Case, Crossing, EarlyWarning
from interventions.selectors.queue import Asked as AskedQueue
from interventions.selectors.queue import queue
from reporting.rules.home_needs import Need, What
from reporting.selectors.figure_entries import AskedEntries, school_entries
from reporting.selectors.home_care import care_needs
from reporting.selectors.home_classes import entry_needs
from reporting.selectors.home_figures import home_figures
from reporting.selectors.home_keepers import keepers_needs
from reporting.selectors.home_office import office_needs
from reporting.selectors.home_places import places_of
from students.access import Scope
from students.models import Role
from tests.attendance.acts import excuse, take
from tests.attendance.families.test_family_word_constraints import report
from tests.attendance.office.deeds import enter
from tests.interventions.care import open_case, step, tried
from tests.interventions.outreach_acts import assigned, lost, worker
from tests.world import NOW, TODAY, YESTERDAY, World, at, give_role


def by_what(needs: list[Need]) -> dict[What, Need]:
    return {each.what: each for each in needs}


def office_of(scope: Scope) -> dict[What, Need]:
    return by_what(list(office_needs(scope, places_of(scope, teaches=False))))


def test_the_office_is_told_as_many_as_its_lists_hold(opened_world: World) -> None:
    world, scope = opened_world, opened_world.scope("mayfield", at(11))
    take(world, "1", TODAY, Abara="absent", Castillo="absent", Grant="absent")
    enter(world, "reported_absence", "Grant")
    report(world).save()
    # Of yesterday without a paper: not due before three school days are over.
    excuse(world, "Delgado", document_kind="none", document_seen_on=None)
    needs, calls = office_of(scope), calls_page(scope, world.lincoln.pk, TODAY)
    assert needs[What.CALLS].number == calls.uncalled == 2
    assert needs[What.CALLS].leads == (world.lincoln.pk,)
    told = from_families(scope, world.lincoln.pk)
    assert (needs[What.FAMILIES].number, needs[What.FAMILIES].since) == (told.total, TODAY) == (1, TODAY)
    assert needs[What.EXCUSES].number == excuse_list(scope, AskedExcuses(overdue=True)).page.paginator.count == 0
    later = world.scope("mayfield", at(11, day=TODAY + timedelta(days=8)))
    assert office_of(later)[What.EXCUSES].number == excuse_list(later, AskedExcuses(overdue=True)).page.paginator.count
    assert office_of(later)[What.EXCUSES].number == 1
    assert needs[What.DISAGREEMENTS].number == disagreements(scope, world.lincoln.pk).total


def test_another_schools_office_and_a_principal_are_told_nothing_of_it(opened_world: World) -> None:
    take(opened_world, "1", TODAY, Abara="absent")
    report(opened_world).save()
    give_role(opened_world, "park", Role.CLERK, opened_world.washington)
    assert [each.number for each in office_of(opened_world.scope("park", at(11))).values()] == [0, 0, 0, 0]
    assert office_of(opened_world.scope("okafor", at(11))) == {}
    assert AbsenceReport.objects.count() == OfficeEntry.objects.count() == 1


def test_the_care_team_is_told_as_many_as_queue_and_warnings_hold_and_which_step_comes_next(world: World) -> None:
    late = open_case(world, "Abara", owner=world.users["osei"])
    step(late, due=-4), step(late, "visit", due=-1), step(late, "conference", due=3)
    step(open_case(world, "Grant", 2), due=0)
    step(open_case(world, "Shah", 3), due=-9)
    for name in ("Abara", "Grant"):
        _crossed(world, world.students[name].cases.get())
    tried(world, "Grant", TODAY)
    warning = {"threshold": "tier_1", "absences": 4, "away": 1, "by": TODAY + timedelta(days=6), "since": YESTERDAY}
    EarlyWarning.objects.create(
        student=world.students["Hollis"], school=world.lincoln, reasons=[{"sign": "rate"}], as_of=YESTERDAY, **warning
    )
    scope = world.scope("osei")
    needs, coming = care_needs(scope, places_of(scope, teaches=False))
    told, figures = by_what(needs), queue(scope, AskedQueue()).figures
    assert (told[What.STEPS_LATE].number, told[What.STEPS_TODAY].number) == (figures.overdue, figures.today) == (1, 1)
    assert told[What.STEPS_LATE].since == TODAY - timedelta(days=4)
    assert told[What.NOBODYS].number == figures.nobodys == 1
    assert (told[What.CROSSED].number, told[What.CROSSED].since) == (1, YESTERDAY)
    assert told[What.WARNED].number == len(list(EarlyWarning.objects.filter(school=world.lincoln))) == 1
    assert told[What.WARNED].until == TODAY + timedelta(days=6)
    # A principal is asked for other things first, and sees whom tomorrow is about among the figures.
    for who, number in (("osei", 1), ("okafor", 1), ("reyes", 1), ("lindqvist", 0)):
        tiers = home_figures(world.scope(who), [], None).tiers
        assert tiers is not None
        assert tiers.on_course == number, who
    assert coming == []
    step(world.students["Grant"].cases.get(), "visit", due=1, state="withdrawn", ended_at=NOW)
    step(open_case(world, "Nguyen"), due=2)
    assert [each.on for each in care_needs(scope, places_of(scope, teaches=False))[1]] == [TODAY + timedelta(days=2)]


def _crossed(world: World, case: Case) -> None:
    facts = {"student": case.student, "year": world.year, "tier": case.tier, "ground": "count", "case": case}
    days = {"crossed_on": YESTERDAY, "acts_on": YESTERDAY, "noticed_at": NOW, "absences": 5}
    Crossing.objects.create(**facts, **days)


def test_an_outreach_worker_is_reminded_of_students_whom_nobody_tried_for_a_week(world: World) -> None:
    for name in ("Hollis", "Nguyen"):
        lost(world, name)
    mine = worker(world)
    for name in ("Hollis", "Nguyen"):
        assigned(world, name, mine)
    tried(world, "Nguyen", TODAY + timedelta(days=1))
    for days, number in ((6, 0), (7, 1), (8, 2)):
        scope = world.scope("dupree", NOW + timedelta(days=days))
        needs, _ = care_needs(scope, places_of(scope, teaches=False))
        assert [(each.what, each.number) for each in needs] == [(What.OUTREACH, number)]
    assert needs[0].since == TODAY


def test_whoever_keeps_accounts_is_told_of_roles_that_end_and_of_accounts_nobody_can_use(world: World) -> None:
    give_role(world, "park", Role.CLERK, world.washington, ends_on=TODAY + timedelta(days=14))
    give_role(world, "park", Role.COUNSELOR, world.washington, ends_on=TODAY + timedelta(days=15))
    scope = world.scope("novak")
    told = by_what(list(keepers_needs(scope, places_of(scope, teaches=False))))
    assert (told[What.ROLES_END].number, told[What.ROLES_END].until) == (1, TODAY + timedelta(days=14))
    assert told.keys() == {What.ROLES_END, What.NO_PASSWORD}
    auditor = world.scope("hale")
    assert by_what(list(keepers_needs(auditor, places_of(auditor, teaches=False))))[What.PACKETS].number == 0


def test_overdue_entries_are_those_of_the_page_of_entries(opened_world: World) -> None:
    later = opened_world.scope("okafor", at(10, day=TODAY + timedelta(days=2)))
    count_entry_news(opened_world.installation)
    [told] = entry_needs(later, places_of(later, teaches=False))
    page = school_entries(later, opened_world.lincoln.pk, AskedEntries())
    # October 19 to 21: six classes each, and the window is seven days.
    assert (told.number, told.since, told.leads) == (18, date(2020, 10, 19), (opened_world.lincoln.pk,))
    assert page.classes.entries is not None
    assert page.classes.entries.overdue == told.number
