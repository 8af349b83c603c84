"""People and places, over time."""

from students.models.dated import FactSource
from students.models.families import FamilyAccount, Invitation
from students.models.grants import AccessGrant, GrantReason
from students.models.guardians import Guardian, GuardianLink
from students.models.immunizations import Immunization
from students.models.imports import RosterFile, RosterImport
from students.models.people import Role, RoleAssignment, User
from students.models.places import District, School, SchoolYear, Term
from students.models.retention import (
    Disposal,
    DisposalState,
    LegalHold,
    RecordKind,
    RemovedRows,
    RetentionPolicy,
)
from students.models.roster_runs import RosterPart, RosterRun, RunOrigin, RunStage
from students.models.sections import Course, Section, SectionEnrollment, SectionTeacher
from students.models.students import Enrollment, Student
from students.models.tokens import ApiToken

__all__ = [
    "AccessGrant",
    "ApiToken",
    "Course",
    "Disposal",
    "DisposalState",
    "District",
    "Enrollment",
    "FactSource",
    "FamilyAccount",
    "GrantReason",
    "Guardian",
    "GuardianLink",
    "Immunization",
    "Invitation",
    "LegalHold",
    "RecordKind",
    "RemovedRows",
    "RetentionPolicy",
    "Role",
    "RoleAssignment",
    "RosterFile",
    "RosterImport",
    "RosterPart",
    "RosterRun",
    "RunOrigin",
    "RunStage",
    "School",
    "SchoolYear",
    "Section",
    "SectionEnrollment",
    "SectionTeacher",
    "Student",
    "Term",
    "User",
]
