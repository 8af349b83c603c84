"""The rostering files of OneRoster 1.1 and 1.2, as data."""

from students.oneroster.columns import Column, boolean, checked, choice, day, ignored, listed, sourced_id, text
from students.oneroster.tables import FileSpec, oneroster

ROLES_1_1 = ("administrator", "aide", "guardian", "parent", "proctor", "relative", "student", "teacher")
ROLES_1_2 = (
    "aide",
    "counselor",
    "districtAdministrator",
    "guardian",
    "parent",
    "principal",
    "proctor",
    "relative",
    "siteAdministrator",
    "student",
    "systemAdministrator",
    "teacher",
)

ACADEMIC_SESSIONS = oneroster(
    "academicSessions",
    text("title", required=True, longest=200),
    choice("type", "gradingPeriod", "semester", "schoolYear", "term", required=True, extensible=True),
    day("startDate", required=True),
    day("endDate", required=True),
    sourced_id("parentSourcedId", required=False),
    text("schoolYear", required=True, longest=4),
)
ORGS = oneroster(
    "orgs",
    text("name", required=True, longest=200),
    choice("type", "department", "school", "district", "local", "state", "national", required=True, extensible=True),
    text("identifier"),
    sourced_id("parentSourcedId", required=False),
    # A district that says so of an org says by it that nobody goes there (MS-11).
    boolean("metadata.isVirtual", optional_header=True),
)
COURSES = oneroster(
    "courses",
    sourced_id("schoolYearSourcedId", required=False),
    text("title", required=True, longest=200),
    text("courseCode", longest=100),
    ignored("grades"),
    sourced_id("orgSourcedId"),
    ignored("subjects"),
    ignored("subjectCodes"),
)
CLASSES = oneroster(
    "classes",
    text("title", required=True, longest=200),
    listed("grades", longest=20),
    sourced_id("courseSourcedId"),
    text("classCode", longest=100),
    choice("classType", "homeroom", "scheduled", required=True, extensible=True),
    text("location", longest=100),
    sourced_id("schoolSourcedId"),
    listed("termSourcedIds", required=True),
    ignored("subjects"),
    ignored("subjectCodes"),
    listed("periods", longest=40),
)
ENROLLMENTS = oneroster(
    "enrollments",
    sourced_id("classSourcedId"),
    sourced_id("schoolSourcedId"),
    sourced_id("userSourcedId"),
    choice("role", "administrator", "proctor", "student", "teacher", required=True, extensible=True),
    boolean("primary"),
    day("beginDate"),
    day("endDate"),
)
# OneRoster does not carry it (MS-36); a district adds the column to users or demographics.
_IMMUNIZATION = boolean("metadata.immunizationCompliant", empty=None, optional_header=True)


def _users(*, before_names: tuple[Column, ...], at_end: tuple[Column, ...]) -> FileSpec:
    return oneroster(
        "users",
        boolean("enabledUser", required=True),
        *before_names,
        text("username", required=True, longest=150),
        ignored("userIds"),
        text("givenName", required=True, longest=150),
        text("familyName", required=True, longest=150),
        text("middleName", longest=150),
        text("identifier"),
        text("email", longest=254),
        text("sms", longest=100),
        text("phone", longest=100),
        listed("agentSourcedIds"),
        listed("grades", longest=20),
        # Never kept: not stored, not logged, not in any message.
        ignored("password"),
        *at_end,
        _IMMUNIZATION,
    )


USERS_1_1 = _users(
    before_names=(
        listed("orgSourcedIds", required=True),
        choice("role", *ROLES_1_1, required=True, extensible=True),
    ),
    at_end=(),
)
USERS_1_2 = _users(
    before_names=(),
    at_end=(
        ignored("userMasterIdentifier"),
        # Stands in 1.2.0 and was dropped in 1.2.1.
        ignored("resourceSourcedIds", optional_header=True),
        text("preferredGivenName", longest=150),
        ignored("preferredMiddleName"),
        ignored("preferredFamilyName"),
        sourced_id("primaryOrgSourcedId", required=False),
        ignored("pronouns"),
    ),
)
ROLES = oneroster(
    "roles",
    sourced_id("userSourcedId"),
    choice("roleType", "primary", "secondary", required=True),
    choice("role", *ROLES_1_2, required=True, extensible=True),
    day("beginDate"),
    day("endDate"),
    sourced_id("orgSourcedId"),
    ignored("userProfileSourcedId"),
)
# Sex, race and place of birth are dropped as they are read.
DEMOGRAPHICS = oneroster(
    "demographics",
    day("birthDate"),
    checked("sex", "male", "female", "unspecified", "other", extensible=True),
    *[
        checked(name, "true", "false")
        for name in (
            "americanIndianOrAlaskaNative",
            "asian",
            "blackOrAfricanAmerican",
            "nativeHawaiianOrOtherPacificIslander",
            "white",
            "demographicRaceTwoOrMoreRaces",
            "hispanicOrLatinoEthnicity",
        )
    ],
    ignored("countryOfBirthCode"),
    ignored("stateOfBirthAbbreviation"),
    ignored("cityOfBirth"),
    ignored("publicSchoolResidenceStatus"),
    _IMMUNIZATION,
)

_BOTH = (ORGS, ACADEMIC_SESSIONS, COURSES, CLASSES)
FILES = {
    "1.1": (*_BOTH, USERS_1_1, DEMOGRAPHICS, ENROLLMENTS),
    "1.2": (*_BOTH, USERS_1_2, ROLES, DEMOGRAPHICS, ENROLLMENTS),
}
# Files of the format that carry no roster; accepted and not read.
NOT_READ = frozenset(
    {
        "categories",
        "classResources",
        "courseResources",
        "lineItems",
        "resources",
        "results",
        "lineItemLearningObjectiveIds",
        "lineItemScoreScales",
        "resultLearningObjectiveIds",
        "resultScoreScales",
        "scoreScales",
        "userProfiles",
        "userResources",
    }
)
