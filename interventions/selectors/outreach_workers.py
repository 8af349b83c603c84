"""Who of the staff does outreach, what they take on, and how many students each has."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from interventions.models import Need, OutreachWorker
from interventions.rules.matching import SPOKEN_BY_ALL, Offered
from interventions.selectors.care_team import CARING_ROLES
from students.access import Scope, visible_to
from students.models import Guardian, Role, RoleAssignment, School, User
from students.refusals import Forbidden, NotInScope
from students.rules.rights import Right

DISTRICT_ALONE = "Outreach is the district’s: its counselors and administrators say who looks for whom."


@dataclass(frozen=True)
class WorkerLine:
    """A worker as pages show one. No schools are all of them, no needs none in particular."""

    id: int
    user_id: int
    name: str
    languages: Sequence[str]
    schools: Sequence[str]
    needs: Sequence[str]
    most_students: int
    load: int
    ended: bool

    @property
    def room(self) -> int:
        """How many more students they can take."""
        return max(0, self.most_students - self.load)


@dataclass(frozen=True)
class WorkersPage:
    """The workers, and what can be said of one: who may be added, the families' languages, the schools."""

    workers: Sequence[WorkerLine]
    possible: Sequence[User]
    languages: Sequence[str]
    schools: Sequence[School]


def check_assigns(scope: Scope) -> None:
    """Raises Forbidden for whoever may not say who looks for whom."""
    if not scope.everywhere(Right.CASES):
        raise Forbidden(DISTRICT_ALONE)


def workers_with_load(scope: Scope, *, ended: bool = False) -> QuerySet[OutreachWorker]:
    """The workers with their account, by name, each with `load` open assignments; without those who have stopped."""
    check_assigns(scope)
    found = OutreachWorker.objects.select_related("user").annotate(
        load=Count("assignments", filter=Q(assignments__ended_at__isnull=True))
    )
    found = found if ended else found.filter(ended_at=None, user__is_active=True)
    return found.order_by("user__family_name", "user__given_name", "pk")


def offered(workers: Collection[OutreachWorker]) -> list[Offered]:
    """Workers from `workers_with_load` as the rule takes them."""
    return [
        Offered(
            each.pk,
            each.most_students,
            each.load,  # type: ignore[attr-defined]
            frozenset(each.school_ids),
            frozenset(each.needs),
            frozenset(each.languages),
        )
        for each in workers
    ]


def worker_lines(scope: Scope) -> list[WorkerLine]:
    """Every worker, those who have stopped last; two statements. Raises Forbidden."""
    rows = list(workers_with_load(scope, ended=True))
    schools = dict(visible_to(scope, School).values_list("pk", "name"))
    lines = [_line(each, schools) for each in rows]
    return sorted(lines, key=lambda each: each.ended)


def active_lines(scope: Scope) -> list[WorkerLine]:
    """Those who take on students, by name; two statements. Raises Forbidden."""
    schools = dict(visible_to(scope, School).values_list("pk", "name"))
    return [_line(each, schools) for each in workers_with_load(scope)]


def _line(row: OutreachWorker, schools: dict[int, str]) -> WorkerLine:
    return WorkerLine(
        id=row.pk,
        user_id=row.user_id,
        name=row.user.full_name,
        languages=row.languages,
        schools=sorted(schools[each] for each in row.school_ids if each in schools),
        needs=[str(Need(each).label) for each in row.needs],
        most_students=row.most_students,
        load=row.load,  # type: ignore[attr-defined]
        ended=row.ended_at is not None or not row.user.is_active,
    )


def workers_page(scope: Scope) -> WorkersPage:
    """The page of the workers. Raises Forbidden."""
    lines = worker_lines(scope)
    spoken = set(Guardian.objects.exclude(language="").values_list("language", flat=True).distinct())
    spoken |= {each for line in lines for each in line.languages}
    return WorkersPage(
        workers=lines,
        possible=possible_workers(scope),
        languages=sorted((spoken | {"es", "ht"}) - SPOKEN_BY_ALL),
        schools=list(visible_to(scope, School)),
    )


def worker_of(scope: Scope, worker_id: int) -> OutreachWorker:
    """One worker. Raises Forbidden or NotInScope."""
    found = workers_with_load(scope, ended=True).filter(pk=worker_id).first()
    if found is None:
        raise NotInScope
    return found


def possible_workers(scope: Scope) -> list[User]:
    """Who may become one, by name: outreach workers by role, and members of care teams. Raises Forbidden."""
    check_assigns(scope)
    held = RoleAssignment.objects.holding_on(scope.today).filter(role__in=[Role.OUTREACH, *CARING_ROLES])
    found = User.objects.filter(pk__in=held.values("user_id"), is_active=True)
    return list(found.filter(outreach_worker=None).order_by("family_name", "given_name", "pk"))
