"""The kinds of record an import keeps: where they stand in the database, and what identifies one."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.hashers import make_password
from django.db.models import Model

from students.models import (
    Course,
    District,
    Enrollment,
    FactSource,
    Guardian,
    GuardianLink,
    Immunization,
    RoleAssignment,
    School,
    SchoolYear,
    Section,
    SectionEnrollment,
    SectionTeacher,
    Student,
    Term,
    User,
)

DATES = ("starts_on", "ends_on")


@dataclass(frozen=True, eq=False)
class Kind:
    """A kind of record. `key` identifies one in terms of source ids; `fields` are compared and written.

    `references` name, for a field, the kind whose key stands in it. Dated kinds have their two days between key
    and fields. `removable`: a record that the files no longer list is removed (undated kinds are kept otherwise).
    """

    name: str
    model: type[Model]
    key: tuple[str, ...]
    fields: tuple[str, ...] = ()
    references: Mapping[str, "Kind"] = field(default_factory=dict)
    dated: bool = False
    removable: bool = False
    # Values of columns that no file carries, made for each new row.
    made: Mapping[str, Callable[[], Any]] = field(default_factory=dict)
    # Which rows came in by files, by lookups; the others are people's, and no import looks at them.
    imported: Mapping[str, Any] = field(default_factory=dict)
    # Changed rows are written anew, where one row's change may stand in the way of another's.
    rewritten: bool = False
    # A field that no two records share, freed before it is given to another.
    exclusive: str = ""

    @property
    def columns(self) -> tuple[str, ...]:
        """A row's fields, in order."""
        return (*self.key, *(DATES if self.dated else ()), *self.fields)


DISTRICT = Kind("district", District, ("source_id",), ("name", "code"))
SCHOOLS = Kind(
    "schools",
    School,
    ("source_id",),
    ("district", "name", "code"),
    {"district": DISTRICT},
    exclusive="code",
)
SCHOOL_YEARS = Kind("school years", SchoolYear, ("source_id",), ("name", "starts_on", "ends_on"))
TERMS = Kind(
    "terms",
    Term,
    ("source_id",),
    ("school_year", "name", "kind", "starts_on", "ends_on"),
    {"school_year": SCHOOL_YEARS},
)
COURSES = Kind("courses", Course, ("source_id",), ("title", "code"))
CLASSES = Kind(
    "classes",
    Section,
    ("source_id",),
    ("course", "school", "title", "code", "kind", "location", "periods", "grades"),
    {"course": COURSES, "school": SCHOOLS},
)
TERMS_OF_CLASSES = Kind(
    "terms of classes",
    Section.terms.through,
    ("section", "term"),
    references={"section": CLASSES, "term": TERMS},
    removable=True,
)
STUDENTS = Kind(
    "students",
    Student,
    ("source_id",),
    ("state_id", "given_name", "middle_name", "family_name", "preferred_name", "birth_date", "sort_name"),
    exclusive="state_id",
)
STAFF = Kind(
    "staff",
    User,
    ("source_id",),
    ("username", "email", "given_name", "family_name", "is_enabled"),
    # Nobody can sign in until they set a password by mail.
    made={"password": lambda: make_password(None)},
    exclusive="username",
)
GUARDIANS = Kind(
    "guardians", Guardian, ("source_id",), ("given_name", "family_name", "email", "phone", "sms", "language")
)
ROLES = Kind(
    "roles",
    RoleAssignment,
    ("user", "role", "school"),
    references={"user": STAFF, "school": SCHOOLS},
    dated=True,
    imported={"source": FactSource.ROSTER},
)
SCHOOL_ENROLLMENTS = Kind(
    "school enrollments",
    Enrollment,
    ("student", "school"),
    ("grade", "is_primary", "ada_included", "entry_code", "exit_code"),
    {"student": STUDENTS, "school": SCHOOLS},
    dated=True,
)
CLASS_ENROLLMENTS = Kind(
    "class enrollments",
    SectionEnrollment,
    ("student", "section"),
    ("source_id",),
    {"student": STUDENTS, "section": CLASSES},
    dated=True,
)
TEACHERS = Kind(
    "teachers of classes",
    SectionTeacher,
    ("user", "section"),
    ("source_id", "is_primary"),
    {"user": STAFF, "section": CLASSES},
    dated=True,
    imported={"source": FactSource.ROSTER},
)
GUARDIAN_LINKS = Kind(
    "guardians of students",
    GuardianLink,
    ("guardian", "student"),
    ("relationship", "contact_order", "may_access", "may_contact"),
    {"guardian": GUARDIANS, "student": STUDENTS},
    dated=True,
)
IMMUNIZATIONS = Kind(
    "immunization compliance", Immunization, ("student",), ("is_compliant",), {"student": STUDENTS}, dated=True
)

# In the order they are written: what is referred to comes first.
RECORDS = (DISTRICT, SCHOOLS, SCHOOL_YEARS, TERMS, COURSES, CLASSES, TERMS_OF_CLASSES, STUDENTS, STAFF, GUARDIANS)
FACTS = (ROLES, SCHOOL_ENROLLMENTS, CLASS_ENROLLMENTS, TEACHERS, GUARDIAN_LINKS, IMMUNIZATIONS)
