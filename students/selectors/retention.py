"""What is kept of each school year, until when, and what stands in the way of its disposal (MS-31)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Max, Min, Sum

from students.access import Scope, visible_to
from students.models import (
    Disposal,
    DisposalState,
    Enrollment,
    LegalHold,
    RecordKind,
    RemovedRows,
    RetentionPolicy,
    SchoolYear,
)
from students.refusals import NotInScope
from students.retention import classified
from students.rules.retention import FLOOR_YEARS, SUPPORT_YEARS, is_over, kept_through, may_go_from
from students.selectors.kept_rows import named


@dataclass(frozen=True)
class Policy:
    """For how many years records are kept, by kind, and the entered policy that says so; None for the default."""

    documentation_years: int
    support_years: int
    entered: RetentionPolicy | None

    def years(self, kind: str) -> int:
        """The years of a kind of records."""
        return self.support_years if kind == RecordKind.SUPPORT else self.documentation_years


@dataclass(frozen=True)
class YearKept:
    """A school year, the policy of today, the holds that touch it, and its disposals, the newest first."""

    year: SchoolYear
    policy: Policy
    holds: tuple[LegalHold, ...]
    disposals: tuple[Disposal, ...]

    def through(self, kind: str) -> date:
        """The last day on which records of a kind are kept."""
        return kept_through(self._ends_on, self.policy.years(kind))

    def may_go_from(self, kind: str) -> date:
        """The first day on which records of a kind may be disposed of."""
        return may_go_from(self._ends_on, self.policy.years(kind))

    def is_over(self, kind: str, today: date) -> bool:
        """Whether the time of records of a kind has passed."""
        return is_over(self._ends_on, self.policy.years(kind), today)

    def unfinished(self, kind: str) -> Disposal | None:
        """A disposal of records of a kind that is proposed or being carried out."""
        return next((each for each in self.disposals if each.kind == kind and each.unfinished), None)

    def done(self, kind: str) -> Disposal | None:
        """The newest disposal of records of a kind that was carried out."""
        done = (each for each in self.disposals if each.kind == kind and each.state == DisposalState.DONE)
        return next(done, None)

    @property
    def _ends_on(self) -> date:
        assert self.year.ends_on is not None  # noqa: S101 - a constraint says so
        return self.year.ends_on


@dataclass(frozen=True)
class TableRemoved:
    """What a disposal removed from one table; the days where its rows have some."""

    table: str
    named: str
    rows: int
    first_day: date | None
    last_day: date | None


def require_district(scope: Scope) -> None:
    """Raise NotInScope for whoever does not administer the district."""
    if not scope.district_wide:
        raise NotInScope


def policy_today(scope: Scope) -> Policy:
    """The policy that holds today; five years and two where the district has entered none."""
    found = RetentionPolicy.objects.filter(starts_on__lte=scope.today).select_related("entered_by").first()
    if found is None:
        return Policy(FLOOR_YEARS, SUPPORT_YEARS, None)
    return Policy(found.documentation_years, found.support_years, found)


def years_kept(scope: Scope) -> list[YearKept]:
    """Every school year, the oldest first: five statements, whatever their number. Raises NotInScope."""
    require_district(scope)
    return _kept(scope, SchoolYear.objects.all())


def year_kept(scope: Scope, year_id: int) -> YearKept:
    """One school year. Raises NotInScope."""
    require_district(scope)
    found = _kept(scope, SchoolYear.objects.filter(pk=year_id))
    if not found:
        raise NotInScope
    return found[0]


def standing_holds(scope: Scope) -> list[LegalHold]:
    """Holds that stand, the newest first."""
    related = ("school_year", "school", "student", "placed_by")
    return list(visible_to(scope, LegalHold).filter(lifted_at__isnull=True).select_related(*related))


def disposal_in_scope(scope: Scope, disposal_id: int) -> Disposal:
    """A disposal with all who signed it. Raises NotInScope."""
    related = ("school_year", "proposed_by", "confirmed_by", "withdrawn_by")
    found = visible_to(scope, Disposal).select_related(*related).filter(pk=disposal_id).first()
    if found is None:
        raise NotInScope
    return found


def removed_by_table(scope: Scope, disposal: Disposal) -> list[TableRemoved]:
    """What a disposal removed, table by table in the order in which they went; one statement."""
    totals = RemovedRows.objects.filter(disposal=disposal).order_by().values("table")
    found = totals.annotate(total=Sum("rows"), first=Min("first_day"), last=Max("last_day"), begun=Min("pk")).order_by(
        "begun"
    )
    return [
        TableRemoved(each["table"], table_words(each["table"]), each["total"], each["first"], each["last"])
        for each in found
    ]


def removal_steps(scope: Scope, disposal: Disposal) -> list[RemovedRows]:
    """Every step of a disposal, in its order, as its proof is made of them."""
    return list(RemovedRows.objects.filter(disposal=disposal).order_by("pk"))


def table_words(table: str) -> str:
    """A table's rows, as people call them."""
    models = {model._meta.db_table: model for model in classified()}
    return named(models[table]) if table in models else table


def _kept(scope: Scope, years: Iterable[SchoolYear]) -> list[YearKept]:
    policy, holds = policy_today(scope), standing_holds(scope)
    students = {hold.student_id for hold in holds if hold.student_id}
    stays = list(Enrollment.objects.filter(student__in=students)) if students else []
    disposals = list(visible_to(scope, Disposal).select_related("proposed_by", "confirmed_by"))
    return [
        YearKept(
            year,
            policy,
            tuple(hold for hold in holds if _touches(hold, year, stays)),
            tuple(each for each in disposals if each.school_year_id == year.pk),
        )
        for year in years
    ]


def _touches(hold: LegalHold, year: SchoolYear, stays: list[Enrollment]) -> bool:
    """As the database's `retention_holds` says it."""
    if hold.school_year_id is not None:
        return hold.school_year_id == year.pk
    if hold.student_id is None:
        return True
    mine = (stay for stay in stays if stay.student_id == hold.student_id)
    return any(
        stay.starts_on <= (year.ends_on or date.max) and (stay.ends_on or date.max) >= year.starts_on for stay in mine
    )
