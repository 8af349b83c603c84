"""A month's way to its certification, as people click it; and the page of the chain."""

from collections.abc import Iterator
from datetime import time, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from attendance.services.ledger import rebuild
from reporting.models import Acknowledgement, Approval, Certification, MonthRun, RunState
from reporting.selectors.month_flow import warning_groups
from students import clock
from tests.reporting.months import AFTER, FIRST, MONTH, after_the_month, ask, build
from tests.reporting.signing import certified, certified_month
from tests.world import World


@pytest.fixture(autouse=True)
def _after_the_month() -> Iterator[None]:
    with clock.stopped_at(AFTER):
        yield


def _as(client: Client, world: World, who: str) -> Client:
    client.force_login(world.users[who])
    return client


def _month(world: World) -> str:
    return reverse("month", args=[world.lincoln.pk, MONTH])


def _sent(client: Client, name: str, *args: object, **said: str) -> str:
    """The page that an act leads back to."""
    answer = client.post(reverse(name, args=args), said, follow=True)
    assert answer.status_code == 200
    return answer.text


def test_the_page_offers_the_one_act_that_is_next_to_whoever_may_do_it(taken_month: World, client: Client) -> None:
    world = taken_month
    world.lincoln.calendar_days.filter(date=FIRST).update(dismissal_time=time(11, 55))
    rebuild(world.installation)
    run = build(world.lincoln)
    okafor = _as(client, world, "okafor")
    assert "Go to the warnings" in okafor.get(_month(world)).text
    assert "not acknowledged yet" in _sent(okafor, "month_approve", run.pk)
    for group in warning_groups(after_the_month(), run):
        page = _sent(okafor, "month_acknowledge", run.pk, group.code, digest=group.digest, reason="Ice.")
        assert "Acknowledged by Grace Okafor" in page
    assert "Say why these warnings stand" not in page
    assert "Approve the month" in page
    assert "Certify the month" not in _sent(okafor, "month_approve", run.pk)
    assert okafor.post(reverse("month_certify", args=[run.pk])).status_code == 403
    assert "Approved, to be certified" in okafor.get(reverse("months")).text
    reyes = _as(client, world, "reyes")
    assert "Certify the month" in reyes.get(_month(world)).text
    page = _sent(reyes, "month_certify", run.pk)
    assert "Certified by the district" in page
    assert "Number 1 of the district’s chain" in page
    assert "Certified" in reyes.get(reverse("months")).text
    assert (Acknowledgement.objects.count() > 0, Approval.objects.count(), Certification.objects.count()) == (
        True,
        1,
        1,
    )


def test_the_acts_exist_for_those_to_whom_the_schools_months_are_open(taken_month: World, client: Client) -> None:
    run = build(taken_month.lincoln)
    for person in ("whitfield", "park", "lindqvist"):
        visitor = _as(client, taken_month, person)
        for name, args in (
            ("month_acknowledge", [run.pk, "short_day"]),
            ("month_approve", [run.pk]),
            ("month_certify", [run.pk]),
            ("month_cancel", [run.pk]),
        ):
            assert visitor.post(reverse(name, args=args)).status_code == 404, (person, name)
    assert not Approval.objects.exists()


def test_a_building_is_cancelled_on_its_page_and_asked_for_anew(world: World, client: Client) -> None:
    okafor = _as(client, world, "okafor")
    run = ask(world.lincoln, world.scope("okafor", AFTER))
    assert "Cancel the building" in okafor.get(_month(world)).text
    page = _sent(okafor, "month_cancel", run.pk)
    assert "The last building was cancelled by Grace Okafor. It wrote nothing." in page
    assert "Build the month" in page
    assert "Ready to build" in okafor.get(reverse("months")).text
    assert MonthRun.objects.get().state == RunState.CANCELLED
    polled = okafor.get(reverse("month_work", args=[world.lincoln.pk, MONTH]), headers={"HX-Request": "true"}).text
    assert "The building was cancelled." in polled


def test_the_chain_is_checked_on_its_page_in_as_many_statements_however_long_it_is(
    committed_world: World, client: Client
) -> None:
    world = committed_world
    address = reverse("month_certifications")
    assert "No month of your schools is certified yet" in _as(client, world, "reyes").get(address).text
    certified_month(world)
    with CaptureQueriesContext(connection) as one:
        page = client.get(address).text
    assert "The chain holds: 1 certification," in page
    later = AFTER + timedelta(hours=1)
    certified(world, build(world.lincoln), at=later)
    with CaptureQueriesContext(connection) as two:
        page = client.get(address).text
    assert "amends number 1" in page
    assert len(one) == len(two)
    # Another school's administrator checks the same chain, and reads of no other school.
    page = _as(client, world, "lindqvist").get(address).text
    assert "The chain holds: 2 certifications" in page
    assert "Lincoln" not in page
    assert _as(client, world, "whitfield").get(address).status_code == 404
