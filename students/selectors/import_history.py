"""The history of imports, a slice at a time: for the district alone, to everybody else there is none."""

from students.access import Scope, visible_to
from students.models import RosterRun
from students.refusals import NotInScope
from students.selectors.slices import Slice, Window


def import_runs(
    scope: Scope, *, window: Window, stage: str | None = None, origin: str | None = None
) -> Slice[RosterRun]:
    """The imports of a stage and an origin, the newest first. Raises NotInScope for anybody but the district."""
    check_district(scope)
    found = visible_to(scope, RosterRun).select_related("received_by", "decided_by")
    if stage is not None:
        found = found.filter(stage=stage)
    if origin is not None:
        found = found.filter(origin=origin)
    return window.of(found, "-pk")


def check_district(scope: Scope) -> None:
    """Raise NotInScope for anybody but the district's administrators: to others there are no imports."""
    if not scope.district_wide:
        raise NotInScope
