"""A finished run whose package holds a month of plain values: no class needs to be taken for it."""

from typing import Any
from uuid import uuid4

from reporting.models import ExportFile, MonthRun, RunState
from reporting.rules.package import Package
from students.models import School, SchoolYear
from tests.reporting.rules.worlds import AS_OF, facts, package


def stored_run(school: School, made: Package | None = None, **changed: Any) -> MonthRun:
    """Month 2 of a school, built; `changed` is what differs in the facts of its month."""
    made = made or package(**changed)
    month = facts(**{name: value for name, value in changed.items() if name in ("students", "school_days")})
    run = MonthRun.objects.create(
        school=school,
        school_year=SchoolYear.objects.get(),
        month=2,
        starts_on=month.starts_on,
        ends_on=month.ends_on,
        submission_id=uuid4(),
        requested_at=AS_OF,
        state=RunState.DONE,
        as_of=AS_OF,
        finished_at=AS_OF,
        days_total=len(month.session_days),
    )
    ExportFile.objects.create(run=run, name=made.name, sha256=made.sha256, content=made.content, files=made.files)
    return run
