"""Rosters as programs read them: filters, pages, and nothing of another school."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from students.models import Course, Enrollment, School, Section, SectionEnrollment, SectionTeacher, Term, User
from tests.api.callers import Caller, assert_problem, caller_of, ids, rows
from tests.world import TODAY, YEAR_ENDS, YEAR_STARTS, World, add_student, put_on_roster

TOMORROW = TODAY + timedelta(days=1)
LISTS = ["schools", "terms", "courses", "sections", "teachers", "students", "enrollments"]


@pytest.fixture
def caller(world: World) -> Caller:
    """A program of the district administrator's."""
    return caller_of(world, "reyes")


def test_a_school(caller: Caller, world: World) -> None:
    code = f"{world.district.code}-{world.lincoln.code}"
    assert caller.get(f"/schools/{world.lincoln.pk}/").json() == {
        "id": world.lincoln.pk, "source_id": "lhs", "name": world.lincoln.name, "state_code": code
    }  # fmt: skip


def test_a_term(caller: Caller, world: World) -> None:
    assert caller.get(f"/terms/{world.term.pk}/").json() == {
        "id": world.term.pk,
        "source_id": "t",
        "school_year_id": world.year.pk,
        "school_year": "2020-21",
        "name": "Year",
        "kind": "term",
        "starts_on": YEAR_STARTS.isoformat(),
        "ends_on": YEAR_ENDS.isoformat(),
    }


def test_a_section(caller: Caller, world: World) -> None:
    found = caller.get(f"/sections/{world.sections['3'].pk}/").json()
    assert (found["school_id"], found["course"], found["kind"]) == (world.lincoln.pk, "Algebra I", "scheduled")
    assert found["term_ids"] == [world.term.pk]


def test_a_student_with_the_school_and_grade_of_today(caller: Caller, world: World) -> None:
    found = caller.get(f"/students/{world.students['Abara'].pk}/").json()
    assert (found["family_name"], found["state_id"], found["grade"]) == (
        "Abara",
        world.students["Abara"].state_id,
        "09",
    )
    assert found["school_id"] == world.lincoln.pk
    assert "birth_date" not in found


def test_a_student_who_left_has_no_school(caller: Caller, world: World) -> None:
    Enrollment.objects.filter(student=world.students["Abara"]).update(ends_on=TODAY - timedelta(days=1))
    found = caller.get(f"/students/{world.students['Abara'].pk}/").json()
    assert (found["school_id"], found["grade"]) == (None, "")


def test_classes_by_school_course_term_and_teacher(caller: Caller, world: World) -> None:
    other = Section.objects.create(
        source_id="x", course=Course.objects.create(source_id="b", title="Band"), school=world.lincoln, title="Band"
    )
    lincoln = [world.sections[key].pk for key in "123456"]
    assert ids(caller.get("/sections/", school_id=world.washington.pk)) == [world.sections["W1"].pk]
    assert ids(caller.get("/sections/", course_id=other.course_id)) == [other.pk]
    assert ids(caller.get("/sections/", term_id=world.term.pk, school_id=world.lincoln.pk)) == lincoln
    assert ids(caller.get("/sections/", teacher_id=world.users["whitfield"].pk)) == lincoln
    assert ids(caller.get("/courses/", school_id=world.washington.pk)) == [world.sections["W1"].course_id]


def test_students_by_school_grade_and_class_on_a_day(caller: Caller, world: World) -> None:
    shah, abara = world.students["Shah"], world.students["Abara"]
    Enrollment.objects.filter(student=abara).update(grade="10")
    SectionEnrollment.objects.filter(student=abara, section=world.sections["3"]).update(ends_on=TODAY)
    assert ids(caller.get("/students/", school_id=world.washington.pk)) == [shah.pk]
    assert ids(caller.get("/students/", grade="10")) == [abara.pk]
    assert abara.pk in ids(caller.get("/students/", section_id=world.sections["3"].pk, on=TODAY))
    assert abara.pk not in ids(caller.get("/students/", section_id=world.sections["3"].pk, on=TOMORROW))
    assert ids(caller.get("/students/", on=YEAR_STARTS - timedelta(days=1))) == []


def test_teachers_substitutes_too_on_their_days(caller: Caller, world: World) -> None:
    whitfield, park = world.users["whitfield"], world.users["park"]
    SectionTeacher.objects.create(
        source_id="sub", section=world.sections["3"], user=park, starts_on=TODAY, ends_on=TODAY
    )
    assert ids(caller.get("/teachers/", school_id=world.lincoln.pk)) == [whitfield.pk, park.pk]
    assert ids(caller.get("/teachers/", section_id=world.sections["3"].pk, on=TOMORROW)) == [whitfield.pk]
    assert caller.get(f"/teachers/{park.pk}/").json()["family_name"] == "Park"


def test_enrollments_past_ones_too(caller: Caller, world: World) -> None:
    abara = world.students["Abara"]
    Enrollment.objects.filter(student=abara).update(ends_on=TODAY)
    Enrollment.objects.create(student=abara, school=world.washington, starts_on=TOMORROW)
    assert [row["ends_on"] for row in rows(caller.get("/enrollments/", student_id=abara.pk))] == [
        TODAY.isoformat(),
        None,
    ]
    assert len(rows(caller.get("/enrollments/", student_id=abara.pk, on=TODAY))) == 1
    assert len(rows(caller.get("/enrollments/", school_id=world.washington.pk))) == 2


def test_pages_go_on_where_the_last_ended_whatever_comes_or_goes(caller: Caller, world: World) -> None:
    everybody = ids(caller.get("/students/"))
    first = caller.get("/students/", limit=4).json()
    add_student(world, "Zuma Bo", "900000000", world.lincoln)
    seen = [row["id"] for row in first["results"]]
    following = first["next"]
    while following:
        page = caller.client.get(following, headers=caller.headers).json()
        seen += [row["id"] for row in page["results"]]
        following = page["next"]
    assert seen == [*everybody, world.students["Zuma"].pk]


def test_a_page_that_is_just_full_is_the_last(caller: Caller, world: World) -> None:
    assert caller.get("/students/", limit=10).json()["next"] is None
    assert caller.get("/students/", limit=9).json()["next"] is not None


def test_a_cursor_keeps_the_filters_and_belongs_to_its_list(caller: Caller, world: World) -> None:
    following = caller.get("/students/", school_id=world.lincoln.pk, limit=8).json()["next"]
    assert f"school_id={world.lincoln.pk}" in following
    last = caller.client.get(following, headers=caller.headers).json()
    assert len(last["results"]) == 1
    assert_problem(caller.get("/teachers/", cursor=following.partition("cursor=")[2]), 400, "malformed")


@pytest.mark.parametrize("name", LISTS)
def test_a_list_asks_the_database_the_same_however_long(caller: Caller, world: World, name: str) -> None:
    def statements() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert len(ids(caller.get(f"/{name}/"))) >= 1
        return len(captured)

    statements()
    before = statements()
    for number in range(5):
        school = School.objects.create(
            district=world.district, source_id=f"more{number}", name=f"School {number}", code=f"10{number}"
        )
        course = Course.objects.create(source_id=f"more{number}", title="Band")
        section = Section.objects.create(source_id=f"more{number}", course=course, school=school, title="Band")
        section.terms.add(
            Term.objects.create(
                school_year=world.year, source_id=f"more{number}", name="T", starts_on=TODAY, kind="term"
            )
        )
        teacher = User.objects.create(source_id=f"more{number}", username=f"more{number}", password="!")
        SectionTeacher.objects.create(source_id=f"more{number}", section=section, user=teacher, starts_on=TODAY)
        put_on_roster(add_student(world, f"More{number} Bo", f"80000000{number}", school), section)
    assert statements() == before
    assert before <= 12


def test_nothing_of_the_other_school_is_in_any_list(world: World) -> None:
    """Okafor administers Lincoln, Whitfield teaches there; Lindqvist and Park are Washington's."""
    of_lincoln = {
        "schools": {world.lincoln.pk},
        "sections": {world.sections[key].pk for key in "123456"},
        "teachers": {world.users["whitfield"].pk},
        "students": {each.pk for name, each in world.students.items() if name != "Shah"},
    }
    of_washington = {
        "schools": {world.washington.pk},
        "sections": {world.sections["W1"].pk},
        "teachers": {world.users["park"].pk},
        "students": {world.students["Shah"].pk},
    }
    for people, theirs in ((("okafor", "whitfield"), of_lincoln), (("lindqvist", "park"), of_washington)):
        for name in people:
            caller = caller_of(world, name)
            assert {kind: set(ids(caller.get(f"/{kind}/"))) for kind in theirs} == theirs
            held = rows(caller.get("/enrollments/"))
            assert {row["student_id"] for row in held} == theirs["students"]
            assert {row["school_id"] for row in held} == theirs["schools"]


def test_no_filter_finds_what_is_of_the_other_school(world: World) -> None:
    shah, w1 = world.students["Shah"], world.sections["W1"]
    for name in ("okafor", "whitfield"):
        caller = caller_of(world, name)
        for path, asked in [
            ("/students/", {"school_id": world.washington.pk}),
            ("/students/", {"section_id": w1.pk}),
            ("/sections/", {"school_id": world.washington.pk}),
            ("/sections/", {"teacher_id": world.users["park"].pk}),
            ("/courses/", {"school_id": world.washington.pk}),
            ("/teachers/", {"school_id": world.washington.pk}),
            ("/teachers/", {"section_id": w1.pk}),
            ("/enrollments/", {"student_id": shah.pk}),
            ("/enrollments/", {"school_id": world.washington.pk}),
        ]:
            assert ids(caller.get(path, **asked)) == [], (name, path)


def test_no_id_opens_what_is_of_the_other_school(world: World) -> None:
    for name in ("okafor", "whitfield"):
        caller = caller_of(world, name)
        for path in (
            f"/schools/{world.washington.pk}/",
            f"/sections/{world.sections['W1'].pk}/",
            f"/teachers/{world.users['park'].pk}/",
            f"/students/{world.students['Shah'].pk}/",
        ):
            assert_problem(caller.get(path), 404, "not-here")


def test_a_student_of_two_schools_shows_each_its_own_enrollment(world: World) -> None:
    abara = world.students["Abara"]
    Enrollment.objects.create(student=abara, school=world.washington, starts_on=YEAR_STARTS, is_primary=False)
    caller = caller_of(world, "okafor")
    assert [row["school_id"] for row in rows(caller.get("/enrollments/", student_id=abara.pk))] == [world.lincoln.pk]
    assert ids(caller.get("/students/", school_id=world.washington.pk)) == []


def test_somebody_without_a_class_or_a_role_finds_nothing(world: World) -> None:
    SectionTeacher.objects.filter(user=world.users["whitfield"]).update(ends_on=TODAY - timedelta(days=1))
    caller = caller_of(world, "whitfield")
    assert {name: rows(caller.get(f"/{name}/")) for name in LISTS} == {name: [] for name in LISTS}
