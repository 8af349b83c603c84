"""What each role may do where it is held, and where it may be held. Reading and acting are rights of their own.

A teacher reads and marks the own classes by teaching them (SectionTeacher), and an outreach worker the students who
are assigned; neither role gives anything by itself.
"""

from collections.abc import Mapping
from enum import StrEnum


class Right(StrEnum):
    """Something that a role allows, in the school where it is held or in the whole district."""

    READ = "read"
    """Its students, classes and days."""
    REASONS = "reasons"
    """Why a student was excused, by which document, and who is immunized (RD-60)."""
    CONTACTS = "contacts"
    """Whom to call about a student."""
    OFFICE = "office"
    """Entering excuses, and marks on behalf of a teacher (RD-25)."""
    HEALTH = "health"
    """Switching to and from quarantine, and entering accommodations (MS-33, MS-39)."""
    FIGURES = "figures"
    """Its months: findings, figures and packages."""
    NURSE_VISITS = "nurse visits"
    """Entering when a student was with the nurse, and nothing else of the office's (RD-07)."""
    COUNSELOR_VISITS = "counselor visits"
    """The same for visits to the counselor."""
    CASES = "cases"
    """Students whose absences call for action: the queue, cases with their notes, and what was tried."""
    ADMINISTER = "administer"
    """Voiding classes, building months; in the district the roster, too."""
    ACCOUNTS = "accounts"
    """Who may sign in, and who holds which role; no child's record."""


class Place(StrEnum):
    """Where a role may be held."""

    SCHOOL = "school"
    DISTRICT = "district"
    EITHER = "either"


RIGHTS: Mapping[str, frozenset[Right]] = {
    "teacher": frozenset(),
    "clerk": frozenset({Right.READ, Right.REASONS, Right.CONTACTS, Right.OFFICE, Right.HEALTH}),
    "counselor": frozenset({Right.READ, Right.CONTACTS, Right.CASES, Right.COUNSELOR_VISITS}),
    "school_administrator": frozenset(Right) - {Right.ACCOUNTS},
    "district_administrator": frozenset(Right),
    "outreach": frozenset(),
    "nurse": frozenset({Right.READ, Right.REASONS, Right.CONTACTS, Right.HEALTH, Right.NURSE_VISITS}),
    "auditor": frozenset({Right.READ, Right.REASONS, Right.FIGURES}),
    "system_administrator": frozenset({Right.ACCOUNTS}),
}

PLACES: Mapping[str, Place] = {
    "teacher": Place.SCHOOL,
    "clerk": Place.SCHOOL,
    "counselor": Place.EITHER,
    "school_administrator": Place.SCHOOL,
    "district_administrator": Place.DISTRICT,
    "outreach": Place.EITHER,
    "nurse": Place.EITHER,
    "auditor": Place.EITHER,
    "system_administrator": Place.DISTRICT,
}

# A visitor of the state: the visit has a last day.
ENDS: frozenset[str] = frozenset({"auditor"})


def roles_at(*places: Place) -> list[str]:
    """The roles that may be held in these places."""
    return [role for role, place in PLACES.items() if place in places]


def sees_children(role: str) -> bool:
    """Whether a role opens children's records, by itself or by the classes and students that come with it."""
    return role != "system_administrator"


def may_give(role: str, *, giver_administers_district: bool) -> bool:
    """Whether a keeper of accounts may give a role: what sees children is a district administrator's to give."""
    return giver_administers_district or not sees_children(role)
