"""The named cast that the demo and the tests share: the same few people everywhere, so that both read like a story."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from students.rules.rights import ENDS

DISTRICT_NAME = "Magnolia County School District"
DISTRICT_CODE = "2500"
SCHOOL_NAME = "Lincoln High School"
SCHOOL_CODE = "008"

# The ids of the demo's schools in every file.
ELEMENTARY, MIDDLE, HIGH = "oes", "cms", "lhs"

NOW = datetime(2020, 10, 27, 15, 0, tzinfo=UTC)  # 10:00 in Mississippi
TODAY = date(2020, 10, 27)
YESTERDAY = date(2020, 10, 26)
YEAR_STARTS = date(2020, 8, 10)
YEAR_ENDS = date(2021, 5, 21)
AUDIT_ENDS = date(2020, 12, 18)

# Family name first, as rosters list it.
STUDENTS = [
    "Abara Chidi",
    "Baptiste Naomie",
    "Castillo Mateo",
    "Delgado Ana Sofía",
    "Fleurimond Jean",
    "Grant Tasha",
    "Hollis Wade",
    "Nguyen Linh",
    "O’Hara Bo",
]

# Accounts made by an import have no password; only the demo's have one that everybody may know.
PASSWORD = "first-bell-demo"  # noqa: S105


def state_id(number: int) -> str:
    """The nine digits of the student who stands at a place in the list, the cast's own first."""
    return f"{100_000_000 + number}"


@dataclass(frozen=True)
class Account:
    """Somebody who signs in to the demo, and what is worth looking at first in that role.

    `school` is the id of the school in which the role is held, unless it is held in the whole district.
    """

    username: str
    given_name: str
    family_name: str
    role: str
    path: str
    look_first: str
    school: str = HIGH

    @property
    def email(self) -> str:
        """Where a password reset would go."""
        return f"{self.username}@magnolia.example"

    @property
    def is_district_wide(self) -> bool:
        """Whether the role is held in the whole district."""
        return self.role in {"district_administrator", "outreach", "auditor", "system_administrator"}

    @property
    def role_ends_on(self) -> date | None:
        """The role's last day: a visitor of the state leaves again."""
        return AUDIT_ENDS if self.role in ENDS else None

    @property
    def full_name(self) -> str:
        """The name as pages print it."""
        return f"{self.given_name} {self.family_name}"


TEACHER = Account(
    "whitfield",
    "Rosa",
    "Whitfield",
    "teacher",
    "/today/",
    "Algebra I meets now, in block 2: mark it. Her block 3 of yesterday was never taken.",
)
HOMEROOM_TEACHER = Account(
    "simmons",
    "Bettye",
    "Simmons",
    "teacher",
    "/today/",
    "Grade 3 at the elementary school: her homeroom is not marked yet today.",
    ELEMENTARY,
)
SCHOOL_ADMINISTRATOR = Account(
    "okafor",
    "Grace",
    "Okafor",
    "school_administrator",
    "/months/",
    "Build month 2 (September 14 to October 16). One untaken class blocks it: open it, mark it, build again.",
)
ELEMENTARY_ADMINISTRATOR = Account(
    "ellison",
    "Lorraine",
    "Ellison",
    "school_administrator",
    "/school/",
    "Her school's morning: homerooms are marked once for the day, all but one so far.",
    ELEMENTARY,
)
DISTRICT_ADMINISTRATOR = Account(
    "reyes",
    "Daniel",
    "Reyes",
    "district_administrator",
    "/school/",
    "Today's board of class meetings; then, under Months, download the month once it is built.",
)
CLERK = Account(
    "mayfield",
    "Joyce",
    "Mayfield",
    "clerk",
    "/office/",
    "The desk: sign a student in by part of the name and Enter twice; calls to make, and two disagreements.",
)
COUNSELOR = Account(
    "osei",
    "Abena",
    "Osei",
    "counselor",
    "/queue/",
    "Whom to call first, and why: log a call to the family of the first student in two clicks.",
)
NURSE = Account(
    "tran",
    "Kim",
    "Tran",
    "nurse",
    "/students/",
    "Open a day with an excuse: the nurse reads its reason and document, which no teacher sees.",
)
OUTREACH = Account(
    "dupree",
    "Andre",
    "Dupree",
    "outreach",
    "/outreach/mine/",
    "The students who are his to find, with their families' numbers; what he tries, and the day's sheet to print.",
)
AUDITOR = Account(
    "hale",
    "Judith",
    "Hale",
    "auditor",
    "/audit/",
    "Ask for a packet: every mark, change and document behind a student, a day or a month; nothing can be changed.",
)
SYSTEM_ADMINISTRATOR = Account(
    "novak",
    "Petra",
    "Novak",
    "system_administrator",
    "/system/people/",
    "Accounts and roles, and no child's record.",
)
ACCOUNTS = [
    TEACHER,
    HOMEROOM_TEACHER,
    SCHOOL_ADMINISTRATOR,
    ELEMENTARY_ADMINISTRATOR,
    DISTRICT_ADMINISTRATOR,
    CLERK,
    COUNSELOR,
    NURSE,
    OUTREACH,
    AUDITOR,
    SYSTEM_ADMINISTRATOR,
]
