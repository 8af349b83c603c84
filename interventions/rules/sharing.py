"""What may leave the district about a student, to whom and on which legal basis: the least that the partner needs
(MD-06, MD-07, MD-10, RD-61). Notes, reasons of absences, health and documents are no fact that can be shared at all.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Kind(StrEnum):
    """What a partner is."""

    COMMUNITY = "community"
    MENTAL_HEALTH = "mental_health"
    SCHOOLS_POLICE = "schools_police"
    SCHOOL_OPERATIONS = "school_operations"
    REGION = "region"
    HOUSING = "housing"
    MUNICIPALITY = "municipality"
    CHILDREN_AND_FAMILIES = "dcf"
    MENTOR = "mentor"
    VOLUNTEER = "volunteer"
    TEAM = "team"
    INTERNSHIP = "internship"


class Basis(StrEnum):
    """Why the law lets something be shared (RD-61)."""

    CONSENT = "consent"
    SCHOOL_OFFICIAL = "school_official"
    EMERGENCY = "emergency"
    COURT_ORDER = "court_order"
    CHILD_WELFARE = "child_welfare"


class Fact(StrEnum):
    """A kind of fact that can be shared. What has no name here never leaves."""

    NAME = "name"
    STATE_ID = "state_id"
    BIRTH_DATE = "birth_date"
    GRADE = "grade"
    SCHOOL = "school"
    LANGUAGE = "language"
    CONTACT = "contact"
    ABSENCES = "absences"
    ABSENT_DATES = "absent_dates"


# Public agencies, whose part in this is to help to find a student (MD-07).
AGENCIES = frozenset({Kind.HOUSING, Kind.MUNICIPALITY, Kind.CHILDREN_AND_FAMILIES})
# People and firms who spend time with a student.
COMPANIONS = frozenset({Kind.MENTOR, Kind.VOLUNTEER, Kind.TEAM, Kind.INTERNSHIP})
# Who can act on an emergency, and whom a court names in an order.
EMERGENCY_HELP = AGENCIES | {Kind.MENTAL_HEALTH, Kind.SCHOOLS_POLICE}
NAMED_BY_COURTS = EMERGENCY_HELP | {Kind.COMMUNITY}

_PLACE = frozenset({Fact.NAME, Fact.SCHOOL, Fact.GRADE})
_FINDING = _PLACE | {Fact.BIRTH_DATE, Fact.LANGUAGE, Fact.CONTACT}
_MOST = {
    Kind.COMMUNITY: _PLACE | {Fact.LANGUAGE, Fact.ABSENCES},
    Kind.MENTAL_HEALTH: _PLACE | {Fact.LANGUAGE, Fact.CONTACT, Fact.ABSENCES},
    Kind.SCHOOLS_POLICE: _FINDING | {Fact.ABSENCES},
    Kind.SCHOOL_OPERATIONS: _PLACE | {Fact.ABSENCES},
    Kind.REGION: _PLACE | {Fact.ABSENCES},
}
_LEAST = {
    Kind.MENTAL_HEALTH: _PLACE | {Fact.CONTACT},
    Kind.SCHOOLS_POLICE: _PLACE | {Fact.CONTACT},
    Kind.SCHOOL_OPERATIONS: _PLACE | {Fact.ABSENCES},
    Kind.REGION: _PLACE | {Fact.ABSENCES},
}


@dataclass(frozen=True)
class AskedPartner:
    """What the rule has to know of a partner. `has_agreement`: a written agreement is on file."""

    kind: Kind
    is_district_unit: bool = False
    has_agreement: bool = False
    locates_students: bool = False


@dataclass(frozen=True)
class AskedStudent:
    """What the rule has to know of a student. `is_of_age`: 18 today, so the rights are the student's own (RD-62)."""

    is_disengaged: bool = False
    is_unlocated: bool = False
    is_of_age: bool = False
    has_guardian: bool = True


@dataclass(frozen=True)
class Consent:
    """A consent: the day it was given, and whether the student gave it or a parent or guardian."""

    given_on: date
    by_student: bool = False


@dataclass(frozen=True)
class Refusal:
    """Why something is not shared: the rule, and words for people."""

    rule: str
    words: str


def most(partner: AskedPartner, basis: Basis) -> frozenset[Fact]:
    """The facts that a partner may get at most. Companions and community organizations know whom to ring only where
    the family consented.
    """
    if partner.kind in AGENCIES or (partner.locates_students and partner.kind not in COMPANIONS):
        return _FINDING
    facts = _MOST.get(partner.kind, _PLACE)
    return facts | {Fact.CONTACT} if basis == Basis.CONSENT else facts


def least(partner: AskedPartner, basis: Basis) -> frozenset[Fact]:
    """The facts without which a partner can do nothing: what a form offers first."""
    if partner.kind in AGENCIES or (partner.locates_students and partner.kind not in COMPANIONS):
        return frozenset({Fact.NAME, Fact.BIRTH_DATE, Fact.CONTACT})
    facts = _LEAST.get(partner.kind, _PLACE)
    return facts | {Fact.CONTACT} if basis == Basis.CONSENT and partner.kind == Kind.COMMUNITY else facts


def barred(partner: AskedPartner, student: AskedStudent, basis: Basis) -> list[Refusal]:
    """Why a partner may be told nothing at all of a student on a basis; empty where it may be told something."""
    return [*_of_locating(partner, student, basis), *_of_basis(partner, basis)]


def refusals(
    partner: AskedPartner,
    student: AskedStudent,
    basis: Basis,
    shared: Collection[Fact],
    *,
    consent: Consent | None = None,
    today: date,
) -> list[Refusal]:
    """Every reason for which a referral may not be made; none where it may."""
    return [
        *barred(partner, student, basis),
        *(_of_consent(student, consent, today) if basis == Basis.CONSENT else ()),
        *_of_facts(partner, basis, shared),
    ]


def _of_locating(partner: AskedPartner, student: AskedStudent, basis: Basis) -> Iterator[Refusal]:
    # Ongoing work that a court ordered is not a search.
    if partner.kind == Kind.CHILDREN_AND_FAMILIES and basis == Basis.COURT_ORDER:
        return
    locates = partner.kind in AGENCIES or partner.locates_students
    if locates and not (student.is_disengaged or student.is_unlocated):
        yield Refusal(
            "MD-07",
            "Agencies that locate students are asked for disengaged or unlocated students alone, never because of a "
            "count of absences (MD-07).",
        )


def _of_basis(partner: AskedPartner, basis: Basis) -> Iterator[Refusal]:
    if basis == Basis.SCHOOL_OFFICIAL and not (partner.is_district_unit or partner.has_agreement):
        yield Refusal(
            "RD-61",
            "A partner outside the district counts as a school official only under a written agreement that keeps the "
            "records under the district’s control. None is on file (RD-61).",
        )
    if basis == Basis.EMERGENCY and partner.kind not in EMERGENCY_HELP:
        yield Refusal(
            "RD-61",
            "In a health or safety emergency only those are told who can act on it: Mental Health Services, Schools "
            "Police and public agencies (RD-61).",
        )
    if basis == Basis.COURT_ORDER and partner.kind not in NAMED_BY_COURTS:
        yield Refusal("RD-61", "A court order names an agency or an organization, not a partner of this kind (RD-61).")
    if basis == Basis.CHILD_WELFARE and partner.kind != Kind.CHILDREN_AND_FAMILIES:
        yield Refusal(
            "RD-61", "On the basis of child welfare only the Department of Children and Families is told (RD-61)."
        )


def _of_consent(student: AskedStudent, consent: Consent | None, today: date) -> Iterator[Refusal]:
    if consent is None:
        yield Refusal("RD-61", "Consent is recorded with its date and with the person who gave it (RD-61).")
        return
    if consent.given_on > today:
        yield Refusal("RD-61", "The consent is dated on a day to come (RD-61).")
    if student.is_of_age and not consent.by_student:
        yield Refusal("RD-62", "The student is 18: the consent is the student’s own to give (RD-62).")
    if consent.by_student and student.has_guardian and not student.is_of_age:
        yield Refusal("RD-62", "The student is under 18: a parent or guardian gives the consent (RD-62).")


def _of_facts(partner: AskedPartner, basis: Basis, shared: Collection[Fact]) -> Iterator[Refusal]:
    if Fact.NAME not in shared:
        yield Refusal("RD-61", "A referral names the student (RD-61).")
    if set(shared) - most(partner, basis):
        yield Refusal(
            "RD-61", "This is more than a partner of this kind needs on this legal basis. Take away what is marked as "
            "not for this partner (RD-61).",
        )  # fmt: skip
