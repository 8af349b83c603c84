"""One person's account: whether it lets them in, and every role with its days and where it came from."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from students.access import Scope, visible_to
from students.models import FactSource, Role, RoleAssignment, School, SectionTeacher, User
from students.refusals import NotInScope
from students.rules.rights import may_give
from students.selectors.accounts import all_schools, state_of

IS_TO_COME, HOLDS, IS_OVER = "to_come", "holds", "over"


@dataclass(frozen=True)
class RoleLine:
    """A role of somebody; no school is the whole district. `may_end`: it was entered here and is not over."""

    id: int
    role: str
    school: str
    starts_on: date
    ends_on: date | None
    state: str
    is_from_roster: bool
    entered_by: str
    entered_at: datetime | None
    ended_by: str
    ended_at: datetime | None
    may_end: bool


@dataclass(frozen=True)
class AccountPage:
    """An account. `sections` counts the classes taught today; `may_give` are the roles this reader may give here."""

    id: int
    name: str
    username: str
    email: str
    state: str
    is_from_roster: bool
    is_enabled: bool
    is_me: bool
    closed_by: str
    closed_at: datetime | None
    opened_by: str
    opened_at: datetime | None
    link_sent_by: str
    link_sent_at: datetime | None
    last_login: datetime | None
    sections: int
    roles: Sequence[RoleLine]
    earlier: Sequence[RoleLine]
    may_give: Sequence[tuple[str, str]]
    schools: Sequence[School]
    today: date
    yesterday: date


def account_page(scope: Scope, user_id: int) -> AccountPage:
    """The account of somebody. Raises NotInScope."""
    people = visible_to(scope, User).select_related("closed_by", "opened_by", "link_sent_by")
    account = people.filter(pk=user_id).first()
    if account is None:
        raise NotInScope
    lines = _roles(scope, account)
    is_me = account.pk == scope.user_id
    return AccountPage(
        id=account.pk,
        name=account.full_name,
        username=account.username,
        email=account.email,
        state=state_of(scope, account),
        is_from_roster=account.source_id is not None,
        is_enabled=account.is_enabled,
        is_me=is_me,
        closed_by=_name(account.closed_by),
        closed_at=_local(scope, account.closed_at),
        opened_by=_name(account.opened_by),
        opened_at=_local(scope, account.opened_at),
        link_sent_by=_name(account.link_sent_by),
        link_sent_at=_local(scope, account.link_sent_at),
        last_login=_local(scope, account.last_login),
        sections=SectionTeacher.objects.holding_on(scope.today).filter(user=account).count(),
        roles=[line for line in lines if line.state != IS_OVER],
        earlier=[line for line in lines if line.state == IS_OVER],
        may_give=[] if is_me else roles_to_give(scope),
        schools=all_schools(scope),
        today=scope.today,
        yesterday=scope.today - timedelta(days=1),
    )


def roles_to_give(scope: Scope) -> list[tuple[str, str]]:
    """The roles that somebody may give to others, each with its label."""
    return [
        (role.value, role.label)
        for role in Role
        if scope.keeps_accounts and may_give(role.value, giver_administers_district=scope.district_wide)
    ]


def _roles(scope: Scope, account: User) -> list[RoleLine]:
    held = RoleAssignment.objects.filter(user=account).select_related("school", "entered_by", "ended_by")
    return [_line(scope, each) for each in held.order_by("-starts_on", "-pk")]


def _line(scope: Scope, held: RoleAssignment) -> RoleLine:
    state = _state(scope, held)
    is_from_roster = held.source == FactSource.ROSTER
    return RoleLine(
        id=held.pk,
        role=Role(held.role).label,
        school=held.school.name if held.school else "",
        starts_on=held.starts_on,
        ends_on=held.ends_on,
        state=state,
        is_from_roster=is_from_roster,
        entered_by=_name(held.entered_by),
        entered_at=_local(scope, held.entered_at),
        ended_by=_name(held.ended_by),
        ended_at=_local(scope, held.ended_at),
        may_end=not is_from_roster and state != IS_OVER,
    )


def _state(scope: Scope, held: RoleAssignment) -> str:
    if held.starts_on > scope.today:
        return IS_TO_COME
    return HOLDS if held.ends_on is None or held.ends_on >= scope.today else IS_OVER


def _name(person: User | None) -> str:
    return person.full_name if person else ""


def _local(scope: Scope, instant: datetime | None) -> datetime | None:
    return instant.astimezone(ZoneInfo(scope.zone)) if instant else None
