"""What may be told about a student: to whom, on which legal basis, and at most what (MD-06, MD-07, MD-10, RD-61)."""

from datetime import date, timedelta
from itertools import product

import pytest

from interventions.models import LegalBasis, PartnerKind, SharedFact
from interventions.rules.sharing import (
    AGENCIES,
    COMPANIONS,
    AskedPartner,
    AskedStudent,
    Basis,
    Consent,
    Fact,
    Kind,
    least,
    most,
    refusals,
)

TODAY = date(2020, 10, 27)
PLACE = {Fact.NAME, Fact.SCHOOL, Fact.GRADE}
FOUND, LOST = AskedStudent(), AskedStudent(is_unlocated=True)
GUARDIANS = Consent(TODAY)


def rules_against(
    partner: AskedPartner,
    basis: Basis = Basis.CONSENT,
    student: AskedStudent = FOUND,
    shared: set[Fact] | None = None,
    consent: Consent | None = GUARDIANS,
) -> list[str]:
    """The numbers of the rules that refuse."""
    facts = {Fact.NAME} if shared is None else shared
    return [each.rule for each in refusals(partner, student, basis, facts, consent=consent, today=TODAY)]


@pytest.mark.parametrize("kind", sorted(AGENCIES))
def test_MD07_an_agency_locates_the_disengaged_and_the_unlocated_and_nobody_by_count_alone(kind: Kind) -> None:
    agency = AskedPartner(kind, locates_students=True)
    assert rules_against(agency, student=FOUND) == ["MD-07"]
    assert rules_against(agency, student=LOST) == []
    assert rules_against(agency, student=AskedStudent(is_disengaged=True)) == []
    assert most(agency, Basis.CONSENT) == PLACE | {Fact.BIRTH_DATE, Fact.LANGUAGE, Fact.CONTACT}


def test_MD07_whoever_is_marked_as_locating_is_limited_like_an_agency() -> None:
    finder = AskedPartner(Kind.COMMUNITY, locates_students=True)
    assert rules_against(finder) == ["MD-07"]
    assert rules_against(finder, student=LOST, shared=PLACE | {Fact.BIRTH_DATE}) == []


def test_MD07_work_that_a_court_ordered_is_no_search() -> None:
    assert rules_against(AskedPartner(Kind.CHILDREN_AND_FAMILIES), Basis.COURT_ORDER) == []
    assert rules_against(AskedPartner(Kind.CHILDREN_AND_FAMILIES), Basis.CHILD_WELFARE) == ["MD-07"]
    assert rules_against(AskedPartner(Kind.HOUSING), Basis.COURT_ORDER) == ["MD-07"]


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind not in AGENCIES])
def test_RD61_an_outsider_is_a_school_official_only_under_a_written_agreement(kind: Kind) -> None:
    assert rules_against(AskedPartner(kind), Basis.SCHOOL_OFFICIAL) == ["RD-61"]
    assert rules_against(AskedPartner(kind, has_agreement=True), Basis.SCHOOL_OFFICIAL) == []
    assert rules_against(AskedPartner(kind, is_district_unit=True), Basis.SCHOOL_OFFICIAL) == []


@pytest.mark.parametrize(
    ("basis", "told"),
    [
        (Basis.EMERGENCY, AGENCIES | {Kind.MENTAL_HEALTH, Kind.SCHOOLS_POLICE}),
        (Basis.COURT_ORDER, AGENCIES | {Kind.MENTAL_HEALTH, Kind.SCHOOLS_POLICE, Kind.COMMUNITY}),
        (Basis.CHILD_WELFARE, {Kind.CHILDREN_AND_FAMILIES}),
        (Basis.CONSENT, set(Kind)),
    ],
)
def test_RD61_each_legal_basis_is_for_those_whom_it_means(basis: Basis, told: set[Kind]) -> None:
    assert {kind for kind in Kind if not rules_against(AskedPartner(kind), basis, LOST)} == told


def test_RD61_consent_says_when_and_comes_from_whoever_has_the_right() -> None:
    mentor = AskedPartner(Kind.MENTOR)
    assert rules_against(mentor, consent=None) == ["RD-61"]
    assert rules_against(mentor, consent=Consent(TODAY + timedelta(days=1))) == ["RD-61"]
    assert rules_against(mentor, consent=Consent(TODAY - timedelta(days=1))) == []


@pytest.mark.parametrize(
    ("student", "by_student", "refused"),
    [
        (AskedStudent(), False, []),
        (AskedStudent(), True, ["RD-62"]),
        (AskedStudent(is_of_age=True), False, ["RD-62"]),
        (AskedStudent(is_of_age=True), True, []),
        (AskedStudent(has_guardian=False), True, []),
    ],
)
def test_RD62_at_18_or_without_a_guardian_the_student_consents(
    student: AskedStudent, by_student: bool, refused: list[str]
) -> None:
    given = Consent(TODAY, by_student)
    assert rules_against(AskedPartner(Kind.MENTOR), student=student, consent=given) == refused


@pytest.mark.parametrize("kind", sorted(COMPANIONS))
def test_MD10_mentors_and_others_beside_a_student_know_whom_to_ring_only_by_consent(kind: Kind) -> None:
    official = AskedPartner(kind, has_agreement=True, locates_students=True)
    assert most(official, Basis.SCHOOL_OFFICIAL) == PLACE
    assert most(official, Basis.CONSENT) == PLACE | {Fact.CONTACT}
    asked = rules_against(AskedPartner(kind, has_agreement=True), Basis.SCHOOL_OFFICIAL, shared=PLACE | {Fact.CONTACT})
    assert asked == ["RD-61"]


def test_RD61_a_referral_names_the_student() -> None:
    assert rules_against(AskedPartner(Kind.MENTOR), shared={Fact.GRADE}) == ["RD-61"]


def test_RD61_what_is_offered_first_is_within_what_is_allowed_and_dates_of_absences_never_are() -> None:
    for kind, basis, unit, locates in product(Kind, Basis, (True, False), (True, False)):
        partner = AskedPartner(kind, is_district_unit=unit, locates_students=locates)
        assert {Fact.NAME} <= least(partner, basis) <= most(partner, basis)
        assert not most(partner, basis) & {Fact.ABSENT_DATES, Fact.STATE_ID}


def test_MD06_what_supports_a_student_is_told_of_absences_as_a_number() -> None:
    for kind in (Kind.MENTAL_HEALTH, Kind.SCHOOLS_POLICE, Kind.SCHOOL_OPERATIONS, Kind.REGION, Kind.COMMUNITY):
        assert Fact.ABSENCES in most(AskedPartner(kind, is_district_unit=True), Basis.SCHOOL_OFFICIAL)


def test_the_rule_and_the_records_name_the_same_things() -> None:
    assert {str(each) for each in Kind} == set(PartnerKind.values)
    assert {str(each) for each in Basis} == set(LegalBasis.values)
    assert {str(each) for each in Fact} == set(SharedFact.values)
