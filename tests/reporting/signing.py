"""The month of the small world, signed as people sign it."""

from datetime import datetime

from django.db.models import Model

from reporting.models import Acknowledgement, Approval, Certification, MonthRun
from reporting.selectors.month_flow import warning_groups
from reporting.services.acknowledging import acknowledge
from reporting.services.approving import approve
from reporting.services.certifying import certify
from tests.reporting.months import AFTER, after_the_month, build, take_month
from tests.world import World


def know_warnings(world: World, run: MonthRun, who: str = "okafor", at: datetime = AFTER) -> None:
    """Acknowledge every warning of a run."""
    for group in warning_groups(after_the_month(), run):
        acknowledge(world.scope(who, at), run.pk, group.code, digest=group.digest, reason="Seen by the principal.")


def approved(world: World, run: MonthRun, who: str = "okafor", at: datetime = AFTER) -> Approval:
    """A run whose warnings are known, approved by the school."""
    know_warnings(world, run, who, at)
    return approve(world.scope(who, at), run.pk)


def certified(world: World, run: MonthRun, at: datetime = AFTER) -> Certification:
    """A run approved by the school and certified by the district."""
    approved(world, run, at=at)
    return certify(world.scope("reyes", at), run.pk)


def signed_rows(world: World, run: MonthRun) -> list[Model]:
    """A bare row of each kind of what people sign, of a run that need not have been built."""
    by = world.users["reyes"]
    month = {"school": run.school, "school_year": run.school_year, "month": run.month}
    approval = Approval.objects.create(run=run, approved_by=by, approved_by_name="Daniel Reyes", approved_at=AFTER)
    signed = {"certified_by": by, "certified_by_name": "Daniel Reyes", "certified_at": AFTER}
    chained = {"sequence": 1, "run": run, "approval": approval, "package_sha256": "0" * 64, "content": "{}"}
    known = {"acknowledged_by": by, "acknowledged_by_name": "Daniel Reyes", "acknowledged_at": AFTER, "reason": "Ice"}
    return [
        Acknowledgement.objects.create(**month, code="short_day", digest="0" * 64, **known),
        approval,
        Certification.objects.create(**month, **signed, **chained, hash="0" * 64),
    ]


def certified_month(world: World) -> Certification:
    """Month 3 of Lincoln, taken, built, approved and certified."""
    take_month(world, world.lincoln)
    return certified(world, build(world.lincoln))


def certified_as_it_is(world: World, run: MonthRun) -> MonthRun:
    """A run with the rows of a certification, where nothing is asked about its days."""
    by, at = world.users["reyes"], AFTER
    signed = Approval.objects.create(run=run, approved_by=by, approved_by_name=by.full_name, approved_at=at)
    Certification.objects.create(
        sequence=1,
        run=run,
        approval=signed,
        school=run.school,
        school_year=run.school_year,
        month=run.month,
        package_sha256=run.package.sha256,
        certified_by=by,
        certified_by_name=by.full_name,
        certified_at=at,
        content="{}",
        hash="0" * 64,
    )
    return run
