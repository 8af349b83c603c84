"""What the tables of people and places hold, for their retention (MS-31).

Enrollments and rosters are named with the marks that hang on them, by the app above.
"""

from students.models import (
    AccessGrant,
    ApiToken,
    Course,
    Disposal,
    District,
    FamilyAccount,
    Guardian,
    GuardianLink,
    Immunization,
    Invitation,
    LegalHold,
    RemovedRows,
    RetentionPolicy,
    RoleAssignment,
    RosterFile,
    RosterImport,
    RosterPart,
    RosterRun,
    School,
    SchoolYear,
    Section,
    SectionTeacher,
    Student,
    Term,
    User,
)
from students.retention import Group, Kept, register, register_others

# What has no end of its own ends with its class's terms.
TERMS_END = (
    "SELECT max(term.ends_on) FROM students_section_terms of_class "
    "JOIN students_term term ON term.id = of_class.term_id WHERE of_class.section_id = r.section_id"
)

register(
    Kept(AccessGrant, Group.SUPPORT, "r.ends_on"),
    Kept(RosterRun, Group.DOCUMENTATION, "r.received_at::date"),
    Kept(RosterImport, Group.DOCUMENTATION, "r.applied_at::date"),
    Kept(SectionTeacher, Group.DOCUMENTATION, f"coalesce(r.ends_on, ({TERMS_END}))", history_keeps=True),
)
register_others(Group.IDENTITY, Student, Guardian, GuardianLink, Immunization)
register_others(Group.REFERENCE, District, School, SchoolYear, Term, Course, Section)
register_others(Group.REFERENCE, User, RoleAssignment, ApiToken, Invitation, FamilyAccount)
register_others(Group.REFERENCE, RetentionPolicy, LegalHold, Disposal, RemovedRows)
register_others(Group.WORK, RosterFile, RosterPart)
