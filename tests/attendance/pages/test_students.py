"""The list of students: whom it shows, how it is searched, and its figures."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from attendance.selectors.student_list import PAGE_SIZE, Asked, student_list
from tests.attendance.acts import take
from tests.attendance.pages.visitors import client_of
from tests.world import CAST, PERIODS, YESTERDAY, World, add_student


@pytest.fixture
def opened(opened_world: World) -> World:
    return opened_world


def shown(response) -> list[str]:
    return [line.name for line in response.context["found"].lines]


@pytest.mark.parametrize(
    ("who", "count"), [("okafor", 9), ("whitfield", 9), ("reyes", 10), ("lindqvist", 1), ("park", 1)]
)
def test_everybody_sees_their_own_students(opened: World, who: str, count: int) -> None:
    assert len(shown(client_of(opened, who).get("/students/"))) == count


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("sofia", ["Delgado, Ana Sofía"]),
        ("Castillo, Mateo", ["Castillo, Mateo"]),
        ("mateo castillo", ["Castillo, Mateo"]),
        ("o'hara", ["O’Hara, Bo"]),
        ("100000002", ["Castillo, Mateo"]),
        ("Shah", []),
        ("%", None),
    ],
)
def test_a_search_folds_names_takes_words_in_any_order_and_finds_state_ids(
    opened: World, words: str, found: list[str] | None
) -> None:
    response = client_of(opened, "okafor").post("/students/", {"words": words})
    assert shown(response) == (found if found is not None else sorted(shown(response)))


def test_a_name_never_stands_in_an_address(opened: World) -> None:
    client = client_of(opened, "okafor")
    assert len(shown(client.get("/students/?q=sofia&words=sofia"))) == 9
    assert "words=" not in client.post("/students/", {"words": "sofia"}).content.decode().replace('name="words', "")


def test_it_is_narrowed_by_grade_and_school(opened: World) -> None:
    client = client_of(opened, "reyes")
    assert shown(client.get(f"/students/?school={opened.washington.pk}")) == ["Shah, Priya"]
    assert len(shown(client.get("/students/?grade=09"))) == 10
    assert shown(client.get("/students/?grade=12")) == []


@pytest.mark.parametrize(
    "query", ["school=x", "school=99999999999999999999", "page=x", "page=99", "order=x", "grade=%00"]
)
def test_nonsense_in_the_address_breaks_nothing(opened: World, query: str) -> None:
    assert client_of(opened, "okafor").get(f"/students/?{query}").status_code == 200


def test_figure_denominator_and_rate_stand_together_and_the_last_absence_leads_to_its_day(opened: World) -> None:
    for period in PERIODS:
        take(opened, period, Abara="absent")
    response = client_of(opened, "okafor").get("/students/")
    page = response.content.decode()
    assert "1&nbsp;/&nbsp;1" in page
    assert "= 100.0%" in page
    assert reverse("student_day", args=[opened.students["Abara"].pk, YESTERDAY]) in page
    totals = {line.name: line.totals for line in response.context["found"].lines}
    assert (totals["Abara, Chidi"].absent, totals["Abara, Chidi"].determined) == (1, 1)
    assert (totals["Grant, Tasha"].absent, totals["Grant, Tasha"].rate) == (0, "0.0%")


def test_before_a_day_is_determined_there_is_no_data_and_no_rate(opened: World) -> None:
    assert "no data" in client_of(opened, "okafor").get("/students/").content.decode()


def test_it_sorts_by_absences(opened: World) -> None:
    for period in PERIODS:
        take(opened, period, Hollis="absent")
    assert shown(client_of(opened, "okafor").get("/students/?order=absences"))[0] == "Hollis, Wade"


def test_fifty_stand_on_a_page_and_the_statements_stay_the_same(opened: World) -> None:
    scope = opened.scope("okafor")
    with CaptureQueriesContext(connection) as few:
        student_list(scope, Asked())
    for number in range(PAGE_SIZE):
        add_student(opened, f"Extra{number} X", f"3{number:08d}", opened.lincoln)
    with CaptureQueriesContext(connection) as many:
        found = student_list(scope, Asked())
    assert len(found.lines) == PAGE_SIZE
    assert found.page.paginator.num_pages == 2
    assert len(many) == len(few)
    assert [line.name for line in student_list(scope, Asked(page=2)).lines][-1] == "O’Hara, Bo"
    assert len(CAST) + PAGE_SIZE == found.page.paginator.count
