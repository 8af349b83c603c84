"""The student page: who reads which part of it, what it counts, and what it costs."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from attendance.models import DailyAttendance
from interventions.models import Case, CaseNote
from reporting.rules.student_year import Chronic
from reporting.selectors.student_page import StudentPage, student_page
from students import clock
from students.models import AccessGrant, Enrollment, RoleAssignment, SchoolYear, Student
from students.refusals import NotInScope
from tests.attendance.pages.visitors import client_of
from tests.reporting.a_year import HOLIDAYS, SESSION, calendar, days, last_year, noted, with_everything
from tests.world import NOW, TODAY, YEAR_ENDS, YEAR_STARTS, YESTERDAY, World, add_student, at

LAST_DAY = at(15, day=YEAR_ENDS)
# What stands on the page where a part is shown.
PARTS = {
    "figures": "Month by month",
    "tier": "Tier 2",
    "reason": "Illness or injury",
    "document": "letter.pdf",
    "why so taught": "quarantine",
    "who switched it": "Kim Tran",
    "case": 'id="cases"',
    "notices": 'id="notices"',
    "letters": 'id="letters"',
    "letter of support": "Support, tier 2",
    "mail": 'id="mail"',
    "whom to call": "Rosa Castillo",
}
HEALTH = {"reason", "document", "why so taught", "who switched it"}
CARE = {"tier", "case", "notices", "letters", "letter of support"}
FAMILY = {"mail", "whom to call"}
SEES = {
    "reyes": HEALTH | CARE | FAMILY,
    "okafor": HEALTH | CARE | FAMILY,
    "mayfield": HEALTH | FAMILY | {"notices", "letters"},
    "osei": CARE | FAMILY,
    "tran": HEALTH | FAMILY,
    "hale": HEALTH,
    "whitfield": set(),
    "dupree": {"whom to call"},
}
NOTE = "Sleeps at the aunt’s."


@pytest.fixture
def mateo(opened_world: World) -> Student:
    """A year with something of everything, and somebody of the outreach who is to find the student."""
    student = with_everything(opened_world)
    given = {"reason": "outreach", "given_by": opened_world.users["reyes"], "given_at": NOW}
    AccessGrant.objects.create(user=opened_world.users["dupree"], student=student, starts_on=TODAY, **given)
    case = Case.objects.get(student=student)
    CaseNote.objects.create(
        case=case, text=NOTE, written_by=opened_world.users["osei"], written_at=NOW, submission_id="0" * 32
    )
    return student


def test_RD60_RD61_each_role_sees_its_parts_and_no_other(opened_world: World, mateo: Student) -> None:
    seen = {}
    for who in SEES:
        page = client_of(opened_world, who).get(reverse("student", args=[mateo.pk])).content.decode()
        seen[who] = {part for part, words in PARTS.items() if words in page}
        assert NOTE not in page, "a note of the care team stands in the case alone"
    assert seen == {who: parts | {"figures"} for who, parts in SEES.items()}


def test_who_does_not_see_the_student_finds_no_page(opened_world: World, mateo: Student) -> None:
    address = reverse("student", args=[mateo.pk])
    for who in ("park", "lindqvist", "novak"):
        assert client_of(opened_world, who).get(address).status_code == 404, who
    with pytest.raises(NotInScope):
        student_page(opened_world.scope("lindqvist"), mateo.pk, TODAY)


def test_the_figures_are_those_of_the_ledger_and_the_rules_count_their_own(opened_world: World, mateo: Student) -> None:
    page = shown(opened_world, mateo)
    assert page.year
    year, counted, figures = page.year.shown, page.year.counted, page.year.shown.figures
    ledger = list(DailyAttendance.objects.filter(student=mateo))
    assert figures.year.days == len(ledger)
    assert figures.year.present == sum(row.status == "present" for row in ledger)
    assert figures.year.absent == sum(row.status == "absent" for row in ledger)
    assert figures.year.suspended == 2
    assert figures.chronic == Chronic.YES
    assert counted
    # RD-40 counts all of them, RD-41 the unexcused ones without suspensions, MD-04 classes of the term.
    assert (counted.absences, counted.unlawful, counted.tardies) == (figures.year.absent, figures.year.unexcused, 4)
    assert sum(month.totals.days for month in year.months) == figures.year.days
    assert {each.date for each in year.said} >= {row.date for row in ledger if row.status != "present"}


def test_every_date_of_the_year_stands_once_in_the_calendar_with_its_sign(opened_world: World, mateo: Student) -> None:
    page = shown(opened_world, mateo)
    assert page.year
    cells = [each for month in page.year.shown.months for row in month.rows for each in row if each]
    dates = [each.date for each in cells]
    assert len(dates) == len(set(dates))
    assert set(dates) == {day for day in spread(YEAR_STARTS, YEAR_ENDS) if day.weekday() < 5}
    signs = {each.date: (each.shape, each.letter) for each in cells}
    assert signs[SESSION[0]] == ("present", "")
    assert signs[SESSION[31]] == ("suspended", "")
    assert signs[SESSION[38]] == ("absent", "L")
    assert {signs[day] for day in HOLIDAYS if day in signs} == {("void", "")}
    assert signs[YEAR_ENDS] == ("ahead", "")
    assert page.year.shown.letters == [("L", "Synchronous online")]


def test_a_full_year_takes_as_many_statements_as_its_first_weeks(opened_world: World, mateo: Student) -> None:
    early = statements(opened_world, mateo, NOW)
    days(opened_world, "Castillo", YEAR_ENDS)
    noted(opened_world, mateo, SESSION[50:70])
    late = statements(opened_world, mateo, LAST_DAY)
    assert early == late
    assert late <= 45


def test_a_day_comes_beside_the_year_as_a_fragment_and_the_page_behind_stays(opened_world: World) -> None:
    address = reverse("student_day", args=[opened_world.students["Abara"].pk, YESTERDAY])
    client = client_of(opened_world, "whitfield")
    beside = client.get(address, headers={"HX-Request": "true", "HX-Boosted": "true"})
    assert beside.headers["HX-Push-Url"] == "false"
    assert "<html" not in beside.content.decode()
    assert "The working of the day" in beside.content.decode()
    assert "<html" in client.get(address).content.decode()


def test_before_the_year_begins_the_page_says_when(world: World) -> None:
    RoleAssignment.objects.update(starts_on=date(2020, 7, 1))
    with clock.stopped_at(at(9, day=date(2020, 7, 20))):
        client = client_of(world, "reyes")
        page = client.get(reverse("student", args=[world.students["Abara"].pk])).content.decode()
    assert "The school year has not begun" in page
    assert "August 10, 2020" in page


def test_a_newcomer_has_a_calendar_and_no_rate_yet(opened_world: World) -> None:
    calendar(opened_world)
    coming = add_student(opened_world, "Newman Ada", "100000099", opened_world.lincoln, TODAY + timedelta(days=1))
    page = client_of(opened_world, "reyes").get(reverse("student", args=[coming.pk])).content.decode()
    for words in ("The first day is October 28, 2020", "no day is decided yet", "Too early to say", "not enrolled"):
        assert words in page, words


def test_a_former_student_is_named_with_the_last_school_and_day(opened_world: World) -> None:
    SchoolYear.objects.create(source_id="y0", name="2019-20", starts_on=date(2019, 8, 8), ends_on=date(2020, 5, 22))
    abara = opened_world.students["Abara"]
    Enrollment.objects.filter(student=abara).update(starts_on=date(2019, 8, 8), ends_on=date(2020, 5, 22))
    page = client_of(opened_world, "reyes").get(reverse("student", args=[abara.pk])).content.decode()
    assert "Not enrolled this school year" in page
    assert "ended on May 22, 2020" in page


def test_an_earlier_year_is_chosen_as_far_as_the_ledger_holds_days(opened_world: World, mateo: Student) -> None:
    year = last_year(opened_world)
    SchoolYear.objects.create(source_id="y9", name="2018-19", starts_on=date(2018, 8, 8), ends_on=date(2019, 5, 22))
    scope = opened_world.scope("okafor")
    page = student_page(scope, mateo.pk, first_year=2019)
    assert page.year
    assert [each.name for each in page.years] == ["2020-21", "2019-20"]
    assert (page.is_earlier, page.year.shown.year, page.record.on) == (True, year, year.ends_on)
    figures = page.year.shown.figures.year
    assert (figures.days, figures.present, figures.absent, figures.unknown) == (60, 53, 6, 1)
    assert page.year.counted is None, "no policy of care held then"
    assert [each.school for each in page.year.places] == [opened_world.washington]
    for none_of_it in (2018, 2021, 9999):
        assert not student_page(scope, mateo.pk, first_year=none_of_it).is_earlier
    assert not student_page(scope, opened_world.students["Abara"].pk, first_year=2019).is_earlier


def test_the_page_of_an_earlier_year_says_so_and_each_of_its_days_is_explained(
    opened_world: World, mateo: Student
) -> None:
    year = last_year(opened_world)
    client, address = client_of(opened_world, "reyes"), reverse("student", args=[mateo.pk])
    assert "?year=2019" in client.get(address).content.decode()
    page = client.get(f"{address}?year=2019").content.decode()
    for words in (
        "School year 2019-20",
        "Washington High School, grade 08",
        "53 of 59 days",
        "that year",
        "?year=2020",
    ):
        assert words in page, words
    day = reverse("student_day", args=[mateo.pk, year.starts_on])
    assert day in page
    beside = client.get(day, headers={"HX-Request": "true", "HX-Boosted": "true"})
    assert beside.status_code == 200
    for asked in ("x", "²019", "9" * 5000, "-2019"):
        assert client.get(address, {"year": asked}).status_code == 200


def test_an_earlier_year_is_seen_by_todays_rights_and_takes_no_more_statements(
    opened_world: World, mateo: Student
) -> None:
    last_year(opened_world)
    for who, parts in SEES.items():
        page = client_of(opened_world, who).get(reverse("student", args=[mateo.pk]), {"year": 2019}).content.decode()
        assert PARTS["figures"] in page
        assert {"notices", "letters"} & parts == {each for each in ("notices", "letters") if PARTS[each] in page}, who
    for who in ("park", "lindqvist"):
        assert client_of(opened_world, who).get(reverse("student", args=[mateo.pk]), {"year": 2019}).status_code == 404
    scope = opened_world.scope("okafor")
    with CaptureQueriesContext(connection) as asked:
        student_page(scope, mateo.pk, first_year=2019)
    assert len(asked) <= statements(opened_world, mateo, NOW)


def test_a_former_students_years_are_still_there_to_choose(opened_world: World) -> None:
    last_year(opened_world, "Abara")
    abara = opened_world.students["Abara"]
    DailyAttendance.objects.filter(student=abara, date__gte=YEAR_STARTS).delete()
    Enrollment.objects.filter(student=abara, school=opened_world.lincoln).delete()
    client = client_of(opened_world, "reyes")
    page = client.get(reverse("student", args=[abara.pk])).content.decode()
    assert "Not enrolled this school year" in page
    assert "?year=2019" in page
    assert "53 of 59 days" in client.get(reverse("student", args=[abara.pk]), {"year": 2019}).content.decode()


def shown(world: World, student: Student) -> StudentPage:
    return student_page(world.scope("okafor"), student.pk, TODAY)


def statements(world: World, student: Student, now) -> int:  # type: ignore[no-untyped-def]
    scope = world.scope("okafor", now)
    with CaptureQueriesContext(connection) as asked:
        student_page(scope, student.pk, scope.today)
    return len(asked)


def spread(first: date, last: date) -> list[date]:
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def test_of_somebody_who_never_came_the_page_says_so(opened_world: World) -> None:
    student = opened_world.students["Hollis"]
    Enrollment.objects.filter(student=student).update(ends_on=YEAR_STARTS, exit_code="NS")
    DailyAttendance.objects.filter(student=student).delete()
    shown = client_of(opened_world, "okafor").get(reverse("student", args=[student.pk])).content.decode()
    assert "<b>never came</b>" in shown
    assert "no school day is theirs" in shown
    assert "Each appears in the morning" not in shown
