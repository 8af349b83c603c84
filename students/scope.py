"""What somebody may see and do at one instant: the roles held that day, and the rights they give."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import NamedTuple

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, Subquery
from django.db.models.functions import JSONObject

from students.clock import local_date
from students.models import District, FamilyAccount, Role, RoleAssignment, SchoolYear, User
from students.refusals import Forbidden
from students.rules.rights import RIGHTS, Right

_ZONE_WITHOUT_DISTRICT = "America/Chicago"
_OPEN_END = "9999-12-31"


class HeldRole(NamedTuple):
    """A role held on the scope's day; no school is the whole district."""

    role: str
    school_id: int | None

    def allows(self, right: Right) -> bool:
        """Whether the role gives a right where it is held."""
        return right in RIGHTS[self.role]


_INSTALLATION = frozenset({HeldRole(Role.DISTRICT_ADMINISTRATOR, None)})


@dataclass(frozen=True)
class Scope:
    """What somebody may see and do at one instant. Every selector and service takes one first.

    `user_id` is None for the installation itself (commands and tasks), which sees everything.
    """

    user_id: int | None
    now: datetime
    zone: str
    year_starts_on: date
    roles: frozenset[HeldRole] = frozenset()
    # Whether somebody has joined as a family; whose children that opens is asked of students/selectors/families.py.
    is_family: bool = False
    # Why days of a certified month are changed; without a word nobody changes them.
    amendment_reason: str = ""

    def amending(self, reason: str) -> "Scope":
        """The same scope with a reason for what it changes of certified days, as much of it as is kept."""
        return replace(self, amendment_reason=reason.replace("\0", "").strip()[:300])

    @property
    def today(self) -> date:
        """The school day of this instant in the district's zone."""
        return local_date(self.now, self.zone)

    @property
    def person(self) -> int:
        """The id of the person who acts. Raises Forbidden for the installation, which signs for nothing."""
        if self.user_id is None:
            raise Forbidden("Only a person can do this.")
        return self.user_id

    def everywhere(self, right: Right) -> bool:
        """Whether somebody has a right in the whole district."""
        return any(held.school_id is None and held.allows(right) for held in self.roles)

    def schools_with(self, right: Right) -> frozenset[int]:
        """Ids of the schools in which somebody has a right by a role there; a district's role names none."""
        return frozenset(held.school_id for held in self.roles if held.school_id is not None and held.allows(right))

    def somewhere(self, right: Right) -> bool:
        """Whether somebody has a right in any school, or in the district."""
        return any(held.allows(right) for held in self.roles)

    def may(self, right: Right, school_id: int) -> bool:
        """Whether somebody has a right in a school."""
        return any(held.allows(right) and held.school_id in (None, school_id) for held in self.roles)

    def holds(self, role: str) -> bool:
        """Whether somebody holds a role, wherever."""
        return any(held.role == role for held in self.roles)

    @property
    def district_wide(self) -> bool:
        """Whether somebody administers the district."""
        return self.everywhere(Right.ADMINISTER)

    @property
    def administered_school_ids(self) -> frozenset[int]:
        """Ids of the schools that somebody administers by name; the district's administrator has none."""
        return self.schools_with(Right.ADMINISTER)

    @property
    def is_administrator(self) -> bool:
        """Whether somebody administers a school, or the district."""
        return self.somewhere(Right.ADMINISTER)

    @property
    def is_teacher(self) -> bool:
        """Whether somebody is a teacher by role; the classes follow from the roster."""
        return self.holds(Role.TEACHER)

    @property
    def keeps_some_office(self) -> bool:
        """Whether somebody keeps the office of a school."""
        return self.somewhere(Right.OFFICE)

    @property
    def receives_visits(self) -> bool:
        """Whether students of some school visit somebody during classes: the nurse, or a counselor (RD-07)."""
        return self.somewhere(Right.NURSE_VISITS) or self.somewhere(Right.COUNSELOR_VISITS)

    @property
    def works_cases(self) -> bool:
        """Whether the cases of some school's students are open to somebody."""
        return self.somewhere(Right.CASES)

    @property
    def does_outreach(self) -> bool:
        """Whether somebody is an outreach worker by role; the students follow from what is assigned."""
        return self.holds(Role.OUTREACH)

    @property
    def calls_families(self) -> bool:
        """Whether somebody knows whom to call about some school's students, and what they were written."""
        return self.somewhere(Right.CONTACTS)

    @property
    def reads_reasons(self) -> bool:
        """Whether the reasons and documents of some school's excuses are open to somebody (RD-60)."""
        return self.somewhere(Right.REASONS)

    @property
    def keeps_accounts(self) -> bool:
        """Whether somebody says who signs in and who holds which role."""
        return self.everywhere(Right.ACCOUNTS)

    @property
    def reads_schools(self) -> bool:
        """Whether a whole school's students and days are open to somebody, beyond classes taught."""
        return self.somewhere(Right.READ)

    @property
    def reads_months(self) -> bool:
        """Whether the months of some school are open to somebody."""
        return self.somewhere(Right.FIGURES)

    def administers(self, school_id: int) -> bool:
        """Whether a school is this person's to administer."""
        return self.may(Right.ADMINISTER, school_id)

    def reads(self, school_id: int) -> bool:
        """Whether all of a school's students, classes and days are this person's to see."""
        return self.may(Right.READ, school_id)

    def keeps_office(self, school_id: int) -> bool:
        """Whether this person enters excuses in a school, and marks on behalf of its teachers (RD-25)."""
        return self.may(Right.OFFICE, school_id)

    def knows_reasons(self, school_id: int) -> bool:
        """Whether this person may know why a school's students were excused (RD-60)."""
        return self.may(Right.REASONS, school_id)


def installation_scope(now: datetime) -> Scope:
    """The scope of commands and tasks, which act for the whole district and for nobody."""
    found = District.objects.values_list("time_zone", flat=True).first()
    zone = found or _ZONE_WITHOUT_DISTRICT
    years = SchoolYear.objects.values_list("starts_on", flat=True)
    return Scope(None, now, zone, _year_start(years, local_date(now, zone)), _INSTALLATION)


def bare_installation_scope(now: datetime) -> Scope:
    """The same where there may be no database to ask: in UTC, the year beginning today."""
    return Scope(None, now, "UTC", now.date(), _INSTALLATION)


def scope_of(user: User, now: datetime) -> Scope:
    """The scope of a signed-in person, by the roles held on the day of `now`; one statement."""
    fact = JSONObject(role="role", school="school_id", starts="starts_on", ends="ends_on")
    roles_held = RoleAssignment.objects.filter(user=OuterRef("pk")).values(fact=fact)
    found = User.objects.filter(pk=user.pk).values_list(
        Subquery(District.objects.values("time_zone")[:1]),
        ArraySubquery(SchoolYear.objects.values("starts_on")),
        ArraySubquery(roles_held),
        Exists(FamilyAccount.objects.filter(user=OuterRef("pk"), ended_at__isnull=True)),
    )
    zone, years, roles, is_family = found.get()
    zone = zone or _ZONE_WITHOUT_DISTRICT
    today = local_date(now, zone)
    holding = (fact for fact in roles if fact["starts"] <= today.isoformat() <= (fact["ends"] or _OPEN_END))
    return Scope(
        user.pk,
        now,
        zone,
        _year_start(years, today),
        frozenset(HeldRole(fact["role"], fact["school"]) for fact in holding),
        is_family,
    )


def _year_start(years: Iterable[date], today: date) -> date:
    return max((start for start in years if start <= today), default=today)
