"""The district records what the state said of each file, in the order in which it takes them."""

from uuid import uuid4

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from attendance.models import Mark
from attendance.services.ledger import rebuild
from reporting.models import Filing, MonthRun
from reporting.rules.filing import ACCEPTED, FILED, REJECTED
from reporting.rules.record_sources import ATTENDANCE, CALENDAR, DAYS_TAUGHT
from reporting.services.filings import record_filing
from students import clock
from students.refusals import Forbidden, NotInScope, Refused
from students.services.amending import lift_freeze
from tests.reporting.months import AFTER, MONTH, after_the_month, build
from tests.reporting.signing import certified
from tests.world import World


@pytest.fixture
def built(signed_month: World) -> MonthRun:
    return MonthRun.objects.get()


def _record(world: World, run: MonthRun, record_set: str, *events: str, who: str = "reyes") -> None:
    for event in events:
        note = "column 3" if event == REJECTED else ""
        record_filing(world.scope(who, AFTER), run.pk, record_set, event=event, submission_id=uuid4(), note=note)


def _stands(record_set: str) -> str | None:
    return Filing.objects.filter(record_set=record_set).order_by("-id").values_list("event", flat=True).first()


def test_attendance_is_filed_once_days_taught_are_accepted_and_not_before(signed_month: World, built: MonthRun) -> None:
    _record(signed_month, built, CALENDAR, FILED)
    for events in ([], [FILED], [REJECTED], [FILED]):
        _record(signed_month, built, DAYS_TAUGHT, *events)
        with pytest.raises(Refused, match="only after it has accepted Days taught"):
            _record(signed_month, built, ATTENDANCE, FILED)
    _record(signed_month, built, DAYS_TAUGHT, ACCEPTED)
    _record(signed_month, built, ATTENDANCE, FILED, REJECTED, FILED, ACCEPTED)
    assert (_stands(DAYS_TAUGHT), _stands(ATTENDANCE)) == (ACCEPTED, ACCEPTED)


def test_nothing_leaves_for_the_state_that_the_district_has_not_certified(built_month: World, client: Client) -> None:
    run = MonthRun.objects.get()
    with pytest.raises(Refused, match="Certify this month first"):
        _record(built_month, run, DAYS_TAUGHT, FILED)
    client.force_login(built_month.users["reyes"])
    with clock.stopped_at(AFTER):
        page = client.get(reverse("month", args=[built_month.lincoln.pk, MONTH])).content.decode()
        asked = client.get(_address(run, DAYS_TAUGHT), follow=True).content.decode()
    assert "Waits for certification" in page
    assert "I have filed it" not in page
    assert "Certify this month first" in asked


def test_a_second_click_is_one_event(signed_month: World, built: MonthRun) -> None:
    asked = {"event": FILED, "submission_id": uuid4()}
    first = record_filing(signed_month.scope("reyes", AFTER), built.pk, DAYS_TAUGHT, **asked)
    assert record_filing(signed_month.scope("reyes", AFTER), built.pk, DAYS_TAUGHT, **asked) == first
    assert Filing.objects.count() == 1


def test_an_acceptance_holds_for_a_package_built_anew_with_the_same_file(signed_month: World, built: MonthRun) -> None:
    _record(signed_month, built, DAYS_TAUGHT, FILED, ACCEPTED)
    _record(signed_month, built, ATTENDANCE, FILED, ACCEPTED)
    amending = after_the_month().amending("The marks were another student's.")
    with transaction.atomic():
        lift_freeze(amending)
        Mark.objects.filter(student=signed_month.students["Abara"]).update(status="absent", minutes_attended=0)
        rebuild(amending)
    again = certified(signed_month, build(signed_month.lincoln)).run
    with pytest.raises(Refused, match="accepted Days taught already"):
        _record(signed_month, again, DAYS_TAUGHT, FILED)
    _record(signed_month, again, ATTENDANCE, FILED)
    with pytest.raises(Refused, match="A newer package"):
        _record(signed_month, built, CALENDAR, FILED)


@pytest.mark.parametrize(
    ("who", "fault"), [("okafor", Forbidden), ("whitfield", NotInScope), ("lindqvist", NotInScope)]
)
def test_only_the_district_records_a_filing(signed_month: World, built: MonthRun, who: str, fault: type) -> None:
    with pytest.raises(fault):
        _record(signed_month, built, DAYS_TAUGHT, FILED, who=who)
    assert not Filing.objects.exists()


def test_the_page_offers_each_file_when_its_turn_has_come(signed_month: World, built: MonthRun, client: Client) -> None:
    client.force_login(signed_month.users["reyes"])
    page, attendance = reverse("month", args=[signed_month.lincoln.pk, MONTH]), _address(built, ATTENDANCE)
    with clock.stopped_at(AFTER):
        assert f'href="{attendance}"' not in client.get(page).content.decode()
        early = client.get(attendance, follow=True).content.decode()
        assert "only after it has accepted Days taught" in early
        for event in (FILED, ACCEPTED):
            sent = {"event": event, "submission_id": str(uuid4()), "note": "holding area 17"}
            assert client.post(_address(built, DAYS_TAUGHT) + "filing/", sent).status_code == 302
        shown = client.get(page).content.decode()
        assert f'href="{attendance}"' in shown
        assert "holding area 17" in shown
        answer = client.get(attendance)
    assert answer.headers["Content-Disposition"] == 'attachment; filename="S_2500_008_112020_Attendance.csv"'
    content = b"".join(answer.streaming_content)
    assert content.startswith(b"OrganizationIdentifier,StudentIdentifier")


def test_a_school_administrator_sees_where_the_files_stand_and_records_nothing(
    signed_month: World, built: MonthRun, client: Client
) -> None:
    client.force_login(signed_month.users["okafor"])
    with clock.stopped_at(AFTER):
        shown = client.get(reverse("month", args=[signed_month.lincoln.pk, MONTH])).content.decode()
        assert "Filing with the state" in shown
        assert "I have filed it" not in shown
        sent = client.post(_address(built, DAYS_TAUGHT) + "filing/", {"event": FILED, "submission_id": str(uuid4())})
    assert sent.status_code == 403


def test_the_addresses_of_files_exist_for_those_who_administer_the_school_alone(
    signed_month: World, built: MonthRun, client: Client
) -> None:
    for person in ("whitfield", "park", "lindqvist"):
        client.force_login(signed_month.users[person])
        assert client.get(_address(built, DAYS_TAUGHT)).status_code == 404
        assert client.post(_address(built, DAYS_TAUGHT) + "filing/", {"event": FILED}).status_code == 404
    client.force_login(signed_month.users["okafor"])
    assert client.get(_address(built, "Nothing")).status_code == 404


def _address(run: MonthRun, record_set: str) -> str:
    return reverse("month_file", args=[run.pk, record_set])
