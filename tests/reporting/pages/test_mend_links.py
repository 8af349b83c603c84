"""Each finding leads to the page that mends it, and only where its reader may go."""

from datetime import date
from uuid import uuid4

from django.test import Client
from django.urls import reverse

from attendance.models import ClassMeeting
from reporting.models import Finding, MonthRun, RunState
from reporting.rules.kind import MendAt
from reporting.rules.kinds import KINDS
from reporting.views.mending import mend_link
from students import clock
from tests.reporting.months import AFTER, FIRST, LAST, MONTH, take_month
from tests.world import World, give_role

DAY = date(2020, 10, 21)
# Who reads a school's month: its administrator, the district's, and an auditor of the state.
READERS = ("okafor", "reyes", "park")


def findings(world: World) -> list[Finding]:
    """One of each kind, about everything that a finding can be about."""
    take_month(world, world.lincoln)
    span = {"starts_on": FIRST, "ends_on": LAST, "requested_at": AFTER, "finished_at": AFTER}
    run = MonthRun.objects.create(
        school=world.lincoln, school_year=world.year, month=MONTH, submission_id=uuid4(), state=RunState.DONE, **span
    )
    about = {"date": DAY, "student": world.students["Abara"], "section": world.sections["1"]}
    about["meeting"] = ClassMeeting.objects.get(section=world.sections["1"], date=DAY)
    Finding.objects.bulk_create(
        Finding(run=run, severity=kind.severity, code=kind.code, rule=kind.rule, message=kind.what, **about)
        for kind in KINDS.values()
    )
    give_role(world, "park", "auditor", world.lincoln, ends_on=date(2021, 5, 31))
    return list(Finding.objects.filter(run=run).select_related("run", "meeting", "section", "student"))


def test_every_reader_gets_a_link_that_opens_or_none(world: World, client: Client) -> None:
    found = findings(world)
    opened: dict[str, set[str]] = {}
    with clock.stopped_at(AFTER):
        for reader in READERS:
            client.force_login(world.users[reader])
            links = {each.code: mend_link(world.scope(reader, AFTER), each) for each in found}
            urls = {link.url for link in links.values() if link}
            assert {url: client.get(url).status_code for url in urls} == dict.fromkeys(urls, 200)
            opened[reader] = {code for code, link in links.items() if link}
        page = client.get(reverse("month_findings", args=[found[0].run_id])).content.decode()
    # Whoever administers the district reaches a page for every kind that has one.
    assert opened["reyes"] == {code for code, kind in KINDS.items() if kind.at}
    assert opened["reyes"] - opened["okafor"] == {
        code for code, kind in KINDS.items() if set(kind.at) == {MendAt.IMPORTS}
    }
    assert "office_disagrees" not in opened["park"], "an auditor enters nothing in the office"
    assert f"http://testserver{reverse('meeting', args=[found[0].meeting_id])}" in page


def test_a_finding_of_an_earlier_list_or_about_nothing_leads_nowhere(world: World) -> None:
    run = MonthRun(school=world.lincoln, starts_on=FIRST, ends_on=LAST)
    scope = world.scope("reyes", AFTER)
    assert mend_link(scope, Finding(run=run, code="of_an_earlier_list")) is None
    assert mend_link(scope, Finding(run=run, code="meeting_untaken")) is None
    assert mend_link(scope, Finding(run=run, code="work_not_entered", date=DAY)) is None
    # A class of a school that somebody does not read.
    elsewhere = ClassMeeting(pk=1, school=world.washington)
    assert mend_link(world.scope("okafor", AFTER), Finding(run=run, code="meeting_untaken", meeting=elsewhere)) is None
