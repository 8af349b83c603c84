"""The month of the small world, signed as people sign it."""

from datetime import datetime

from reporting.models import Approval, Certification, MonthRun
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


def certified_month(world: World) -> Certification:
    """Month 3 of Lincoln, taken, built, approved and certified."""
    take_month(world, world.lincoln)
    return certified(world, build(world.lincoln))
