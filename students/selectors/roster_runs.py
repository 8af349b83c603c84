"""The history of imports, one of them, and what of them waits for a person."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet

from students.access import Scope, visible_to
from students.models import RosterRun, RunOrigin, RunStage
from students.models.roster_runs import OPEN, WAITING_FOR_A_PERSON
from students.refusals import NotInScope

PAGE_SIZE = 25
# What somebody looks for, and the stages that are it.
SHOWN: Mapping[str, tuple[str, ...]] = {
    "open": OPEN,
    "applied": (RunStage.APPLIED,),
    "unchanged": (RunStage.UNCHANGED,),
    "refused": (RunStage.REFUSED, RunStage.FAILED),
    "left": (RunStage.CANCELLED, RunStage.SUPERSEDED),
}
_LONG = ("warnings", "faults", "notes", "held")


@dataclass(frozen=True)
class ImportLine:
    """A run as the list shows it, with the records that it creates, changes and ends in all."""

    run: RosterRun
    created: int
    changed: int
    ended: int


@dataclass(frozen=True)
class ImportList:
    """A page of the history, and the newest set of the watched folder."""

    page: Page
    lines: list[ImportLine]
    newest_nightly: ImportLine | None
    is_empty: bool


def import_list(scope: Scope, *, show: str = "", origin: str = "", page: str = "1") -> ImportList:
    """The runs of a `show` and an `origin` (all of them where these name none), the newest first."""
    runs = visible_to(scope, RosterRun).select_related("received_by", "decided_by").defer(*_LONG)
    asked = runs.filter(stage__in=SHOWN[show]) if show in SHOWN else runs
    asked = asked.filter(origin=origin) if origin in RunOrigin.values else asked
    shown = Paginator(asked, PAGE_SIZE).get_page(page)
    newest = runs.filter(origin=RunOrigin.FOLDER).first()
    return ImportList(
        page=shown,
        lines=[_line(run) for run in shown.object_list],
        newest_nightly=_line(newest) if newest else None,
        is_empty=not shown.paginator.count,
    )


def run_in_scope(scope: Scope, run_id: int) -> RosterRun:
    """One run with who sent it and who decided. Raises NotInScope."""
    runs = visible_to(scope, RosterRun).select_related("received_by", "decided_by", "evidence")
    run = runs.filter(pk=run_id).first()
    if run is None:
        raise NotInScope
    return run


def imports_that_wait(scope: Scope) -> list[RosterRun]:
    """What a district administrator has to look at: plans that wait, and the newest set where it was not taken."""
    runs = visible_to(scope, RosterRun).defer(*_LONG)
    waiting = list(runs.filter(stage__in=WAITING_FOR_A_PERSON))
    newest = runs.exclude(stage__in=[RunStage.CANCELLED, RunStage.SUPERSEDED]).first()
    if newest is not None and newest.stage in SHOWN["refused"]:
        waiting.insert(0, newest)
    return waiting


def newest_delivery(scope: Scope) -> datetime | None:
    """When the newest set in the watched folder was written; None before the first."""
    return _deliveries(scope).order_by("-delivered_at").values_list("delivered_at", flat=True).first()


def _deliveries(scope: Scope) -> QuerySet[RosterRun]:
    return visible_to(scope, RosterRun).filter(origin=RunOrigin.FOLDER)


def _line(run: RosterRun) -> ImportLine:
    kinds = run.counts.values()
    created, changed, ended = (sum(kind[what] for kind in kinds) for what in ("created", "changed", "ended"))
    return ImportLine(run, created, changed, ended)
