"""Every constraint of people and places, broken once, and the rows beside it that must fit."""

from collections.abc import Callable
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import models

from students.models import (
    AccessGrant,
    ApiToken,
    District,
    Enrollment,
    FactSource,
    Guardian,
    GuardianLink,
    Immunization,
    Role,
    RoleAssignment,
    RosterPart,
    RosterRun,
    RunOrigin,
    RunStage,
    School,
    SchoolYear,
    SectionEnrollment,
    SectionTeacher,
    Student,
    Term,
    User,
)
from students.rules.rights import PLACES, Place
from tests.broken_constraints import assert_refused_by
from tests.world import NOW, TODAY, YEAR_ENDS, YEAR_STARTS, World

TOMORROW, YESTERDAY = TODAY + timedelta(days=1), TODAY - timedelta(days=1)


def role(world: World, person: str, held: Role, school: School | None, **dates: date | None) -> RoleAssignment:
    return RoleAssignment(user=world.users[person], role=held, school=school, **{"starts_on": TODAY, **dates})


def student(**fields: str) -> Student:
    return Student(source_id="new", given_name="Bo", family_name="New", sort_name="new bo", **fields)


def enrollment(world: World, school: School, **fields: object) -> Enrollment:
    return Enrollment(student=world.students["Abara"], school=school, **{"starts_on": TODAY, **fields})


def on_roster(world: World, **fields: object) -> SectionEnrollment:
    given = {"source_id": "new", "student": world.students["Abara"], "section": world.sections["W1"]}
    return SectionEnrollment(**{**given, "starts_on": TODAY, **fields})


def teaches(world: World, **fields: object) -> SectionTeacher:
    given = {"source_id": "new", "user": world.users["park"], "section": world.sections["1"]}
    return SectionTeacher(**{**given, "starts_on": TODAY, **fields})


def year(**fields: object) -> SchoolYear:
    given = {"source_id": "next", "name": "2021-22", "starts_on": date(2021, 8, 9), "ends_on": date(2022, 5, 20)}
    return SchoolYear(**{**given, **fields})


def token(world: World, **fields: object) -> ApiToken:
    given = {"user": world.users["okafor"], "name": "Warehouse", "prefix": "firstbell_", "sha256": "b" * 64}
    dates = {"created_at": NOW, "expires_at": NOW + timedelta(days=366), "scopes": ["rosters:read"]}
    return ApiToken(**{**given, **dates, **fields})


def token_beside_the_same(world: World) -> ApiToken:
    token(world).save()
    return token(world)


def guardian(**fields: str) -> Guardian:
    return Guardian(source_id="g", given_name="Ana", family_name="Shah", **fields)


def link(world: World, **fields: object) -> GuardianLink:
    """A link beside one that holds from today on."""
    mother = guardian()
    mother.save()
    GuardianLink.objects.create(guardian=mother, student=world.students["Abara"], starts_on=TODAY)
    given = {"guardian": mother, "student": world.students["Grant"], "starts_on": TODAY}
    return GuardianLink(**{**given, **fields})


def immunization(world: World, **fields: object) -> Immunization:
    """A status beside one that holds from today on."""
    Immunization.objects.create(student=world.students["Abara"], is_compliant=True, starts_on=TODAY)
    given = {"student": world.students["Grant"], "is_compliant": False, "starts_on": TODAY}
    return Immunization(**{**given, **fields})


def import_run(**fields: object) -> RosterRun:
    given = {"submission_id": uuid4(), "origin": RunOrigin.PAGE, "received_at": NOW, "file_name": "roster.zip"}
    return RosterRun(**{**given, **fields})


def second_delivery(**fields: object) -> RosterRun:
    delivered = {"origin": RunOrigin.FOLDER, "sha256": "0" * 64, "delivered_at": NOW}
    import_run(**delivered).save()
    return import_run(**{**delivered, **fields})


def second_part(**fields: object) -> RosterPart:
    run = import_run()
    run.save()
    RosterPart.objects.create(run=run, number=0, content=b"1")
    return RosterPart(**{"run": run, "number": 0, "content": b"2", **fields})


def second_substitute(world: World) -> SectionTeacher:
    named = {"source": "here", "ends_on": TODAY, "entered_by": world.users["okafor"]}
    teaches(world, source_id="here-1", **named).save()
    return teaches(world, source_id="here-2", **named)


def grant(world: World, **fields: object) -> AccessGrant:
    given = {"user": world.users["dupree"], "student": world.students["Abara"], "starts_on": TODAY}
    return AccessGrant(**{**given, "reason": "outreach", "given_by": world.users["reyes"], "given_at": NOW, **fields})


def second_grant(world: World) -> AccessGrant:
    grant(world).save()
    return grant(world, starts_on=TOMORROW)


BROKEN: dict[str, Callable[[World], models.Model]] = {
    "one_token_per_hash": token_beside_the_same,
    "token_expires_within_a_year": lambda world: token(world, expires_at=NOW + timedelta(days=366, seconds=1)),
    "token_names_known_scopes": lambda world: token(world, scopes=["everything"]),
    "revoked_token_says_by_whom": lambda world: token(world, revoked_at=NOW),
    "grant_ends_after_start": lambda world: grant(world, ends_on=YESTERDAY),
    "one_grant_per_person_and_student_a_day": second_grant,
    "ended_grant_says_who": lambda world: grant(world, ends_on=TODAY, ended_at=NOW),
    "one_district": lambda world: District(source_id="other", name="Another district", code="2600"),
    "one_district_marker": lambda world: District(source_id="other", name="Other", code="2600", only_row=False),
    "one_school_per_code": lambda world: School(district=world.district, source_id="x", name="X", code="008"),
    "school_year_ends_after_start": lambda world: year(ends_on=date(2021, 8, 8)),
    "school_year_has_an_end": lambda world: year(ends_on=None),
    "term_ends_after_start": lambda world: Term(
        school_year=world.year, source_id="t2", name="Spring", kind="term", starts_on=TODAY, ends_on=YESTERDAY
    ),
    "role_ends_after_start": lambda world: role(world, "park", Role.TEACHER, world.lincoln, ends_on=YESTERDAY),
    "role_names_its_place": lambda world: role(world, "park", Role.DISTRICT_ADMINISTRATOR, world.lincoln),
    "auditor_role_has_an_end": lambda world: role(world, "park", Role.AUDITOR, world.lincoln),
    "a_role_once_at_a_time": lambda world: role(world, "whitfield", Role.TEACHER, world.lincoln),
    "closed_account_says_who": lambda world: User(
        username="new", given_name="Bo", family_name="New", password="!", closed_at=NOW
    ),
    "one_student_per_state_id": lambda world: student(state_id=world.students["Abara"].state_id),
    "state_id_has_nine_digits": lambda world: student(state_id="12345678"),
    "enrollment_ends_after_start": lambda world: enrollment(
        world, world.washington, is_primary=False, ends_on=YESTERDAY
    ),
    "one_primary_enrollment_a_day": lambda world: enrollment(world, world.washington),
    "one_enrollment_per_school_a_day": lambda world: enrollment(world, world.lincoln, is_primary=False),
    "section_enrollment_ends_after_start": lambda world: on_roster(world, ends_on=YESTERDAY),
    "one_section_enrollment_per_source_and_start": lambda world: on_roster(
        world,
        source_id=world.sections["1"].enrollments.get(student=world.students["Grant"]).source_id,
        starts_on=YEAR_STARTS,
    ),
    "once_on_a_roster_a_day": lambda world: on_roster(world, section=world.sections["1"]),
    "section_teacher_ends_after_start": lambda world: teaches(world, ends_on=YESTERDAY),
    "one_section_teacher_per_source_and_start": lambda world: teaches(world, source_id="st1", starts_on=YEAR_STARTS),
    "once_a_teacher_of_a_section_a_day": lambda world: teaches(world, user=world.users["whitfield"]),
    "once_a_substitute_of_a_section_a_day": second_substitute,
    "substitute_has_an_end_and_says_who": lambda world: teaches(world, source="here", ends_on=TODAY),
    "guardian_language_is_a_code": lambda world: guardian(language="Esp"),
    "guardian_link_ends_after_start": lambda world: link(world, ends_on=YESTERDAY),
    "once_a_guardian_of_a_student_a_day": lambda world: link(world, student=world.students["Abara"]),
    "contact_order_begins_with_one": lambda world: link(world, contact_order=0),
    "immunization_ends_after_start": lambda world: immunization(world, ends_on=YESTERDAY),
    "one_immunization_status_a_day": lambda world: immunization(world, student=world.students["Abara"]),
    "one_run_per_delivery": lambda world: second_delivery(),
    "import_at_work_has_a_lease": lambda world: import_run(stage=RunStage.PLANNING),
    "ended_import_says_when": lambda world: import_run(stage=RunStage.CANCELLED),
    "confirmed_endings_have_a_reason": lambda world: import_run(
        stage=RunStage.APPROVED, held=["Much would end."], decided_by=world.users["reyes"]
    ),
    "applied_import_has_its_evidence": lambda world: import_run(stage=RunStage.APPLIED, finished_at=NOW),
    "one_part_in_each_place": lambda world: second_part(),
}

FITTING: dict[str, Callable[[World], models.Model]] = {
    "a role of one day": lambda world: role(world, "park", Role.TEACHER, world.lincoln, ends_on=TODAY),
    "the same role in another school": lambda world: role(world, "whitfield", Role.TEACHER, world.washington),
    "another role in the same school": lambda world: role(world, "whitfield", Role.SCHOOL_ADMINISTRATOR, world.lincoln),
    "the same role entered here": lambda world: role(
        world, "whitfield", Role.TEACHER, world.lincoln, source=FactSource.HERE
    ),
    "the same role in the whole district": lambda world: role(world, "osei", Role.COUNSELOR, None),
    "another role of the district": lambda world: role(world, "reyes", Role.SYSTEM_ADMINISTRATOR, None),
    "a school year that starts the day after the last": lambda world: year(starts_on=YEAR_ENDS + timedelta(days=1)),
    "a second student without a state id": lambda world: student(state_id=""),
    "a state id that starts with zeros": lambda world: student(state_id="000000001"),
    "a second enrollment that is not primary": lambda world: enrollment(world, world.washington, is_primary=False),
    "a primary enrollment before the other began": lambda world: enrollment(
        world, world.washington, starts_on=YEAR_STARTS - timedelta(days=9), ends_on=YEAR_STARTS - timedelta(days=1)
    ),
    "a token of a whole year": token,
    "a guardian of unknown language": lambda world: guardian(),
    "a guardian of a second student": lambda world: link(world, contact_order=1),
    "a status up to the day before the next": lambda world: immunization(
        world, student=world.students["Abara"], starts_on=YESTERDAY, ends_on=YESTERDAY
    ),
    "a substitute beside the teacher": lambda world: teaches(world, ends_on=TODAY),
    "the same bytes delivered later": lambda world: second_delivery(delivered_at=NOW + timedelta(microseconds=1)),
    "the same bytes uploaded": lambda world: second_delivery(origin=RunOrigin.PAGE),
    "a held import that nobody confirmed yet": lambda world: import_run(stage=RunStage.HELD, held=["Much would end."]),
    "an import that a worker holds": lambda world: import_run(
        stage=RunStage.APPLYING, lease_token=uuid4(), leased_until=NOW
    ),
    "the next part of an archive": lambda world: second_part(number=1),
}


@pytest.mark.parametrize("name", BROKEN)
def test_the_database_refuses_what_the_constraint_forbids(world: World, name: str) -> None:
    assert_refused_by(name, BROKEN[name](world))


@pytest.mark.parametrize(("held", "place"), PLACES.items())
def test_a_role_names_a_school_where_it_is_held_in_one(world: World, held: str, place: Place) -> None:
    until = {"ends_on": TODAY}
    if place is not Place.EITHER:
        wrong = role(world, "park", Role(held), world.washington if place is Place.DISTRICT else None, **until)
        assert_refused_by("role_names_its_place", wrong)
    if place is not Place.DISTRICT:
        role(world, "lindqvist", Role(held), world.lincoln, **until).save()
    if place is not Place.SCHOOL:
        role(world, "lindqvist", Role(held), None, **until).save()


@pytest.mark.parametrize("held", Role.values)
def test_no_role_is_held_twice_on_a_day_in_one_place(world: World, held: str) -> None:
    school = None if PLACES[held] is Place.DISTRICT else world.washington
    first = role(world, "park", Role(held), school, starts_on=TOMORROW, ends_on=TOMORROW + timedelta(days=1))
    second = role(world, "park", Role(held), school, starts_on=TODAY, ends_on=TOMORROW)
    RoleAssignment.objects.filter(user=world.users["park"]).delete()
    first.save()
    assert_refused_by("a_role_once_at_a_time", second)


@pytest.mark.parametrize("what", FITTING)
def test_the_database_takes_what_lies_just_beside(world: World, what: str) -> None:
    row = FITTING[what](world)
    row.validate_constraints()
    row.save(force_insert=True)


def test_RD09_a_student_transfers_from_one_day_to_the_next(world: World) -> None:
    Enrollment.objects.filter(student=world.students["Abara"]).update(ends_on=YESTERDAY)
    enrollment(world, world.washington).save()
    assert Enrollment.objects.holding_on(YESTERDAY).get(student=world.students["Abara"]).school == world.lincoln
    assert Enrollment.objects.holding_on(TODAY).get(student=world.students["Abara"]).school == world.washington


def test_RD09_a_transfer_on_the_last_day_of_the_other_school_is_refused(world: World) -> None:
    Enrollment.objects.filter(student=world.students["Abara"]).update(ends_on=TODAY)
    assert_refused_by("one_primary_enrollment_a_day", enrollment(world, world.washington))


def test_a_student_comes_back_to_a_roster_the_day_after_leaving_it(world: World) -> None:
    SectionEnrollment.objects.filter(student=world.students["Abara"]).update(ends_on=YESTERDAY)
    on_roster(world, section=world.sections["1"]).save()
    assert SectionEnrollment.objects.holding_on(TOMORROW).filter(student=world.students["Abara"]).count() == 1
