"""The home page of each role: what needs doing now, and the figures of /figures/."""

from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from attendance.models import ClassMeeting, MeetingState
from interventions.rules.tier_weeks import TierCount
from reporting.models import Approval, Filing, FilingEvent, MonthRun
from reporting.rules.home_needs import Comes, What
from reporting.selectors.class_figures import AskedClass, class_figures
from reporting.selectors.figures_page import Asked, district_figures, school_figures
from reporting.selectors.home_page import HomePage, home_page
from reporting.selectors.tier_figures import tiers_of_school
from reporting.services.chronic import count_news
from students import clock
from students.models import Role
from students.selectors.teaching import teaches
from tests.attendance.acts import meeting_of, take
from tests.attendance.pages.visitors import client_of
from tests.reporting.months import AFTER, FIRST, LAST, after_the_month, take_month
from tests.reporting.signing import certified_as_it_is
from tests.reporting.stored import stored_run
from tests.world import NOW, TODAY, World, add_person, at, give_role

FRIDAY = date(2020, 10, 23)


def home_of(world: World, name: str, now: datetime = NOW) -> HomePage:
    scope = world.scope(name, now)
    return home_page(scope, teaches=teaches(scope))


def told(page: HomePage) -> list[tuple[What, int]]:
    return [(each.what, each.number) for each in page.needs]


def opened(client: Client) -> str:
    response = client.get(reverse("home"))
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def test_a_teachers_first_button_marks_the_class_that_meets_now_and_the_days_list_stands_below(
    opened_world: World,
) -> None:
    take(opened_world, "1", TODAY)
    page = home_of(opened_world, "whitfield")
    # Period 2 is over and untaken too; the pupils of period 3 are in the room.
    assert [each.what for each in page.needs] == [What.CLASS, What.MINE_BEFORE]
    assert (page.needs[0].title, page.needs[0].number) == ("Algebra I, period 3", 9)
    shown = opened(client_of(opened_world, "whitfield"))
    third, second = (reverse("meeting", args=[meeting_of(opened_world, each, TODAY).pk]) for each in "32")
    assert shown.index(third) < shown.index("Your classes today") < shown.index(second)
    assert shown.count('class="button"') == 1
    assert "until 10:55 am" in shown
    assert '<a class="bar-name" href="/" aria-current="page">' in shown


def test_a_teachers_classes_stand_with_their_last_four_weeks_as_their_figures_count_them(opened_world: World) -> None:
    take(opened_world, "2", Abara="absent")
    take(opened_world, "3", Abara="absent")
    scope, own = opened_world.scope("whitfield"), home_of(opened_world, "whitfield").own
    pages = {each.section_id: class_figures(scope, each.section_id, AskedClass()).whole.recent for each in own}
    assert pages == {each.section_id: each.recent for each in own}
    assert [(each.title, each.recent.present, each.recent.marks) for each in own] == [
        ("Algebra I, 2", 8, 9),
        ("Algebra I, 3", 8, 9),
    ]
    shown = opened(client_of(opened_world, "whitfield"))
    assert "8 of 9 marks present" in shown
    assert reverse("figures_of_class", args=[opened_world.sections["2"].pk]) in shown


def test_a_teacher_who_has_taken_all_is_told_the_next_class_and_then_the_next_day(opened_world: World) -> None:
    void = {
        "void_reason": "Ice",
        "voided_by": opened_world.users["okafor"],
        "voided_at": NOW,
        "state": MeetingState.VOID,
    }
    ClassMeeting.objects.filter(date__lt=TODAY).update(**void)
    for period in "12":
        take(opened_world, period, TODAY)
    page = home_of(opened_world, "whitfield", at(9, 45))
    assert page.needs == []
    assert page.next is not None
    assert (page.next.comes, page.next.title) == (Comes.CLASS, "Algebra I, period 3")
    with clock.stopped_at(at(9, 45)):
        shown = opened(client_of(opened_world, "whitfield"))
    assert "Nothing needs doing now." in shown
    assert "Next: Algebra I, period 3 at 10:00 am." in shown
    ClassMeeting.objects.filter(date=TODAY, state=MeetingState.EXPECTED).update(**void)
    after = home_of(opened_world, "whitfield", at(17))
    assert after.next is not None
    assert (after.next.comes, after.next.on) == (Comes.SCHOOL_DAY, TODAY + timedelta(days=1))


def test_the_office_calls_first_and_the_principal_sees_which_classes_are_not_taken(opened_world: World) -> None:
    take(opened_world, "1", TODAY, Abara="absent", Castillo="absent")
    assert told(home_of(opened_world, "mayfield"))[:2] == [(What.CALLS, 2), (What.UNTAKEN, 2)]
    clerk = opened(client_of(opened_world, "mayfield"))
    assert "2 students are missing, and nobody has called about them yet." in clerk
    assert f"{reverse('office_calls')}?school={opened_world.lincoln.pk}&amp;show=uncalled" in clerk
    assert "Abara" not in clerk
    principal = home_of(opened_world, "okafor")
    assert told(principal)[0] == (What.UNTAKEN, 2)
    # The classes of the days before stand below the board of today.
    assert f"{reverse('school')}?school={opened_world.lincoln.pk}#missing" in opened(client_of(opened_world, "okafor"))
    assert What.CALLS not in {each.what for each in principal.needs}
    assert principal.figures.day is not None
    assert (principal.figures.day.taken, principal.figures.day.should_be, principal.figures.day.to_come) == (1, 3, 3)


def test_somebody_with_several_roles_has_one_page_with_the_most_pressing_of_all(opened_world: World) -> None:
    take(opened_world, "1", TODAY, Abara="absent")
    give_role(opened_world, "whitfield", Role.CLERK, opened_world.lincoln)
    page = home_of(opened_world, "whitfield")
    assert [each.what for each in page.needs] == [What.CLASS, What.CALLS, What.UNTAKEN]
    assert page.classes is not None
    assert opened(client_of(opened_world, "whitfield")).count('class="need-words"') == 3


@pytest.fixture
def taken(world: World) -> World:
    """Both schools' month is taken; Abara missed two days of fifteen."""
    take_month(world, world.lincoln, absent=[("Abara", FIRST), ("Abara", FRIDAY)])
    take_month(world, world.washington)
    count_news(after_the_month())
    return world


def test_the_months_next_step_goes_from_the_school_to_the_district_and_the_state(taken: World) -> None:
    assert told(home_of(taken, "okafor", AFTER)) == [(What.BUILD, 1)]
    assert told(home_of(taken, "reyes", AFTER)) == [(What.BUILD, 2)]
    run = stored_run(taken.lincoln)
    MonthRun.objects.update(month=3, starts_on=FIRST, ends_on=LAST)
    with clock.stopped_at(AFTER):
        assert "Month 3 is built: read its warnings and approve it." in opened(client_of(taken, "okafor"))
    signed = {"approved_by": taken.users["okafor"], "approved_by_name": "Grace Okafor", "approved_at": AFTER}
    Approval.objects.create(run=run, **signed)
    principal = home_of(taken, "okafor", AFTER)
    assert principal.needs == []
    assert told(home_of(taken, "reyes", AFTER)) == [(What.CERTIFY, 1), (What.BUILD, 1)]
    with clock.stopped_at(AFTER):
        page = opened(client_of(taken, "reyes"))
    assert f'href="{reverse("month", args=[taken.lincoln.pk, 3])}">Certify' in page
    assert "since Fri, Nov 6" in page


def test_a_certified_month_is_the_states_until_each_of_its_files_is_accepted(taken: World) -> None:
    MonthRun.objects.filter(pk=stored_run(taken.lincoln).pk).update(month=3, starts_on=FIRST, ends_on=LAST)
    run = certified_as_it_is(taken, MonthRun.objects.get())
    district = home_of(taken, "reyes", AFTER)
    assert told(district) == [(What.BUILD, 1), (What.FILE, 1)]
    assert district.figures.months is not None
    assert (district.figures.months.certified, district.figures.months.over) == (1, 2)
    by = {"recorded_by": taken.users["reyes"], "recorded_at": AFTER, "event": FilingEvent.ACCEPTED}
    for each in run.package.files:
        Filing.objects.create(
            run=run, record_set=each["record_set"], sha256=each["sha256"], submission_id=uuid4(), **by
        )
    assert told(home_of(taken, "reyes", AFTER)) == [(What.BUILD, 1)]


def test_the_figures_are_those_of_the_pages_of_figures(taken: World) -> None:
    for name, page in (
        ("reyes", district_figures(taken.scope("reyes", AFTER), Asked())),
        ("okafor", school_figures(taken.scope("okafor", AFTER), taken.lincoln.pk, Asked())),
        ("hale", district_figures(taken.scope("hale", AFTER), Asked())),
    ):
        found = home_of(taken, name, AFTER).figures.attendance
        assert found is not None
        assert page.head is not None
        assert found.weeks == page.weeks  # nobody was there last year
        assert found.week == page.weeks.lines[-1]
        assert (found.chronic, found.month) == (page.head.line.chronic, page.month)
    scope = taken.scope("okafor", AFTER)
    tiers = home_of(taken, "okafor", AFTER).figures.tiers
    assert tiers is not None
    assert tiers.count == tiers_of_school(scope, taken.lincoln.pk, Asked()).total.count
    with clock.stopped_at(AFTER):
        shown = opened(client_of(taken, "okafor"))
    week = found.week.week.amount
    assert week is not None
    assert "45 of 45 days present" in shown
    assert "1 of 9 students enrolled 10 days" in shown
    assert "0 of 1" in shown


def test_figures_are_for_whoever_has_them_and_students_by_tier_for_the_care_team(opened_world: World) -> None:
    assert home_of(opened_world, "mayfield").figures.attendance is None
    counselor = home_of(opened_world, "osei").figures
    assert counselor.attendance is None
    assert counselor.tiers is not None
    assert (counselor.tiers.count, counselor.tiers.has_page) == (TierCount(enrolled=9), False)
    assert home_of(opened_world, "hale").figures.tiers is None
    for name in ("whitfield", "dupree", "novak"):
        assert not home_of(opened_world, name).figures.is_data


@pytest.mark.parametrize(
    "name", ["whitfield", "okafor", "reyes", "mayfield", "osei", "tran", "hale", "novak", "dupree"]
)
def test_every_role_has_a_home_of_its_own_and_none_names_a_child(opened_world: World, name: str) -> None:
    take(opened_world, "1", TODAY, Abara="absent")
    page = opened(client_of(opened_world, name))
    assert "Tuesday, October 27" in page
    assert [each.family_name for each in opened_world.students.values() if each.family_name in page] == []


def test_before_there_is_a_year_or_a_school_the_page_says_what_comes(db, world: World) -> None:
    page = home_of(world, "reyes")
    assert page.needs == []
    assert page.next is not None
    assert page.next.comes == Comes.SCHOOL_DAY


def test_a_home_costs_the_same_number_of_statements_for_any_number_of_schools(
    opened_world: World, django_assert_max_num_queries
) -> None:
    both = add_person(opened_world, "both", "Bo", "Both")
    for role in (Role.SCHOOL_ADMINISTRATOR, Role.CLERK, Role.COUNSELOR):
        for school in (opened_world.lincoln, opened_world.washington):
            give_role(opened_world, both.username, role, school)
    for name, most in (("reyes", 40), ("both", 50), ("whitfield", 30)):
        with django_assert_max_num_queries(most):
            home_of(opened_world, name)
