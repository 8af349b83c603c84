"""What the database refuses of partners, referrals and the log of what was shared, by the names of its constraints."""

from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, models, transaction

from interventions.models import Case, Disclosure, Partner, Referral, ReferralMove
from tests.broken_constraints import assert_refused_by, refused_by_the_database
from tests.interventions.test_constraints import case
from tests.world import NOW, TODAY, World


def partner(world: World, **given: Any) -> Partner:
    facts = {"kind": "community", "name": "Delta Youth", "entered_by": world.users["reyes"], "entered_at": NOW}
    return Partner(**{"submission_id": uuid4()} | facts | given)


def referral(world: World, to: Partner, **given: Any) -> Referral:
    opened = Case.objects.first() or case(world)
    opened.save()
    facts = {"student": opened.student, "case": opened, "partner": to, "basis": "school_official"}
    words = {"reason": "Six absences", "request": "Ring the family", "shared": ["name"], "answer_due_on": TODAY}
    by = {"submission_id": uuid4(), "made_by": world.users["okafor"], "made_at": NOW}
    return Referral(**facts | words | by | given)


def disclosure(world: World, **given: Any) -> Disclosure:
    facts = {"student": world.students["Abara"], "to": "School Attendance Officer", "basis": "school_official"}
    return Disclosure(**facts | {"shared": ["name"], "at": NOW, "by": world.users["okafor"]} | given)


def test_a_partner_stands_once_in_the_directory_and_an_agency_is_marked_as_one(world) -> None:
    partner(world).save()
    assert_refused_by("one_partner_by_a_name", partner(world))
    assert_refused_by("ended_partner_says_who", partner(world, name="Another", ended_at=NOW))
    for kind in ("housing", "municipality", "dcf"):
        assert_refused_by("public_agency_locates", partner(world, kind=kind))
    with_unit = partner(world, kind="housing", locates_students=True, is_district_unit=True)
    assert_refused_by("public_agency_locates", with_unit)
    partner(world, ended_at=NOW, ended_by=world.users["reyes"]).save()


def test_a_referral_says_whom_it_names_and_who_consented(world) -> None:
    to = partner(world)
    to.save()
    consent = {"consented_on": TODAY, "consent_from": "guardian", "consent_name": "Ngozi Abara"}
    for missing in consent:
        lacking = consent | {missing: None if missing == "consented_on" else ""}
        assert_refused_by("consent_says_when_and_who", referral(world, to, basis="consent", **lacking))
    assert_refused_by("consent_says_when_and_who", referral(world, to, **consent))
    assert_refused_by("referral_names_the_student", referral(world, to, shared=["grade"]))
    assert_refused_by("completed_referral_has_an_outcome", referral(world, to, status="completed"))
    referral(world, to, basis="consent", **consent).save()
    assert_refused_by("one_open_referral_per_partner", referral(world, to, status="accepted"))
    referral(world, to, status="declined").save()


def test_RD61_the_log_of_what_was_shared_says_what_and_to_whom_and_is_kept(world) -> None:
    assert_refused_by("disclosure_says_what_and_to_whom", disclosure(world, to=""))
    refused_by_the_database("disclosure_says_what_and_to_whom", disclosure(world, shared=[]))
    to = partner(world)
    to.save()
    made = referral(world, to)
    made.save()
    assert_refused_by("disclosure_of_a_referral_is_to_its_partner", disclosure(world, referral=made))
    act = uuid4()
    told = disclosure(world, submission_id=act)
    told.save()
    assert_refused_by("one_disclosure_per_act_and_student", disclosure(world, submission_id=act))
    move = ReferralMove.objects.create(referral=made, status="made", at=NOW, by=world.users["okafor"])
    for row in (told, move):
        assert_kept(row)


def assert_kept(row: models.Model) -> None:
    changed = type(row).objects.filter(pk=row.pk)
    for act in (row.delete, lambda: changed.update(by=None)):
        with pytest.raises(DatabaseError), transaction.atomic():
            act()
