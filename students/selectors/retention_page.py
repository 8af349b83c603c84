"""The page of what is kept: each school year with its two kinds of records, and what waits for a second person."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from students.access import Scope, visible_to
from students.models import Disposal, DisposalState, LegalHold, RecordKind, School, SchoolYear
from students.selectors.retention import Policy, YearKept, policy_today, standing_holds, years_kept

# Of the holds that were lifted, the newest so many are listed.
MOST_LIFTED = 50


@dataclass(frozen=True)
class KindLine:
    """Records of a kind of one school year: until when they are kept, and where their disposal stands."""

    kind: str
    label: Any
    through: date
    may_go_from: date
    is_over: bool
    unfinished: Disposal | None
    done: Disposal | None

    @property
    def may_propose(self) -> bool:
        """Whether nothing but a hold stands in the way of a proposal."""
        return self.is_over and self.unfinished is None


@dataclass(frozen=True)
class YearLine:
    """One school year."""

    year: SchoolYear
    holds: tuple[LegalHold, ...]
    kinds: tuple[KindLine, ...]


@dataclass(frozen=True)
class RetentionPage:
    """All school years, the newest first; `next_day` is the first day on which something may go, None for today."""

    policy: Policy
    years: tuple[YearLine, ...]
    waiting: tuple[Disposal, ...]
    next_day: date | None


@dataclass(frozen=True)
class HoldsPage:
    """Holds that stand and those that were lifted, with what may be held."""

    standing: list[LegalHold]
    lifted: list[LegalHold]
    years: list[SchoolYear]
    schools: list[School]


def retention_page(scope: Scope) -> RetentionPage:
    """What is kept until when. Raises NotInScope for whoever does not administer the district."""
    years = years_kept(scope)
    lines = tuple(_line(scope, each) for each in reversed(years))
    waiting = tuple(each for year in years for each in year.disposals if each.state == DisposalState.PROPOSED)
    kinds = [kind for line in lines for kind in line.kinds]
    later = None if any(kind.is_over for kind in kinds) else min((kind.may_go_from for kind in kinds), default=None)
    return RetentionPage(policy_today(scope), lines, waiting, later)


def kind_line(scope: Scope, kept: YearKept, kind: str) -> KindLine:
    """Records of a kind of one school year."""
    return KindLine(
        kind,
        RecordKind(kind).label,
        kept.through(kind),
        kept.may_go_from(kind),
        kept.is_over(kind, scope.today),
        kept.unfinished(kind),
        kept.done(kind),
    )


def holds_page(scope: Scope) -> HoldsPage:
    """The holds; the caller administers the district."""
    related = ("school_year", "school", "student", "placed_by", "lifted_by")
    lifted = visible_to(scope, LegalHold).filter(lifted_at__isnull=False).select_related(*related)
    return HoldsPage(
        standing_holds(scope),
        list(lifted.order_by("-lifted_at")[:MOST_LIFTED]),
        list(SchoolYear.objects.order_by("-starts_on")),
        list(visible_to(scope, School)),
    )


def _line(scope: Scope, kept: YearKept) -> YearLine:
    return YearLine(kept.year, kept.holds, tuple(kind_line(scope, kept, kind) for kind in RecordKind.values))
