"""The adopted calendar, waived days, and what a change of the calendar does to its lawfulness."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from attendance.demo.papers import photo
from attendance.models import AdoptedCalendar, AttendancePolicy, CalendarDay, DailyAttendance, GradeDay, WaivedDay
from attendance.rules.filing_year import year_around
from attendance.rules.lawful_calendar import Code, LawfulCalendar
from attendance.selectors.calendar_law import calendar_laws
from attendance.selectors.calendar_law_words import fault_lines, law_sentence
from attendance.services.calendar_edits import preview_edit
from attendance.services.calendar_law import (
    Adoption,
    WaiverRequest,
    adopt_calendar,
    name_document,
    waive_days,
    withdraw_waiver,
)
from attendance.services.calendar_rows import DaysEdit
from attendance.services.excuse_documents import sweep_documents
from attendance.services.ledger import check
from attendance.services.waiver_documents import open_waiver_document
from students.refusals import Forbidden, NotInScope, Refused
from tests.attendance.acts import open_both_schools, take, upload
from tests.world import TODAY, YEAR_STARTS, YESTERDAY, World

TO_COME, LAST = date(2020, 10, 29), date(2020, 11, 6)
CALLED_OFF = {"event_type": "ED", "name": "Quarantine", "day_kind": "", "bell_schedule": ""}
YEAR = year_around(TODAY)


@pytest.fixture
def fifteen(world: World) -> World:
    """A policy of fifteen days of which two may be waived: the world's calendar is lawful."""
    AttendancePolicy.objects.update(instructional_days=15, waivable_days=2)
    return world


def adopt(world: World, *schools: str, by: str = "reyes", **given) -> list[AdoptedCalendar]:
    ids = tuple(getattr(world, name).pk for name in schools or ("lincoln", "washington"))
    said = {"adopted_on": YEAR_STARTS, "document": "Minutes of the board, July 13"} | given
    submission_id = said.pop("submission_id", uuid4())
    return list(adopt_calendar(world.scope(by), Adoption(ids, 2020, **said), submission_id=submission_id))


def waive(world: World, *days: date, by: str = "reyes", school: str = "lincoln", **given) -> list[WaivedDay]:
    said = {"reason": "outbreak", "document": "Health order 12", "kept_at": "District office"} | given
    submission_id, uploads = said.pop("submission_id", uuid4()), said.pop("uploads", ())
    asked = WaiverRequest((getattr(world, school).pk,), days, **said)
    return list(waive_days(world.scope(by), asked, submission_id=submission_id, uploads=uploads))


def call_off(world: World, *days: date) -> None:
    rows = CalendarDay.objects.filter(school=world.lincoln, date__in=days)
    rows.update(event_type="ED", name="Quarantine", day_kind="", bell_schedule=None)


def law(world: World) -> LawfulCalendar:
    return calendar_laws(world.scope("reyes"), [world.lincoln.pk], YEAR)[world.lincoln.pk]


def test_MS01_a_day_called_off_is_missing_until_it_is_waived_with_reason_and_document(fifteen: World) -> None:
    adopt(fifteen)
    call_off(fifteen, TO_COME)
    assert law_sentence(law(fifteen)) == ("This calendar is not lawful: it comes to 14 of 15 instructional days.")
    assert fault_lines(law(fifteen))[0].words == (
        "1 of 15 instructional days is missing; adopted, neither held nor waived: Oct 29"
    )
    [waiver] = waive(fifteen, TO_COME, document="", kept_at="")
    assert [fault.code for fault in law(fifteen).faults] == [Code.TOO_FEW_DAYS, Code.WITHOUT_DOCUMENT]
    name_document(fifteen.scope("reyes"), waiver.pk, document="Health order 12", kept_at="District office")
    assert law_sentence(law(fifteen)) == (
        "This calendar is lawful: 15 of 15 instructional days (14 held, 1 waived), "
        "and every one of them offers its minutes."
    )
    withdraw_waiver(fifteen.scope("reyes"), waiver.pk, reason="Made up on a Saturday")
    assert not law(fifteen).is_lawful
    assert waive(fifteen, TO_COME)[0].pk != waiver.pk


def test_RD30_the_baseline_stays_when_the_calendar_changes_and_each_school_has_its_own(fifteen: World) -> None:
    adopt(fifteen, lost=frozenset({date(2020, 11, 9)}), added=frozenset({date(2020, 10, 19)}))
    call_off(fifteen, TO_COME)
    baseline = AdoptedCalendar.objects.get(school=fifteen.lincoln)
    assert {TO_COME, date(2020, 11, 9)} <= set(baseline.session_days)
    found = law(fifteen)
    assert (found.lost, found.added) == ((TO_COME, date(2020, 11, 9)), (date(2020, 10, 19),))
    with pytest.raises(Refused, match="None of these days"):
        waive(fifteen, TO_COME, school="washington")


def test_RD30_no_day_is_waived_at_the_end_of_the_adopted_calendar(fifteen: World) -> None:
    adopt(fifteen)
    call_off(fifteen, date(2020, 11, 5), LAST)
    with pytest.raises(Refused, match="Nov 6: waived at the end of the year"):
        waive(fifteen, LAST)
    assert waive(fifteen, date(2020, 11, 5))
    with pytest.raises(Refused, match="at the end of the year"):
        waive(fifteen, LAST)
    assert WaivedDay.objects.count() == 1


def test_MS01_more_days_than_the_policy_lets_be_waived_are_refused(fifteen: World) -> None:
    adopt(fifteen)
    call_off(fifteen, TO_COME, date(2020, 10, 30), date(2020, 11, 2))
    waive(fifteen, TO_COME, date(2020, 10, 30))
    with pytest.raises(Refused, match="beyond the 2 days"):
        waive(fifteen, date(2020, 11, 2))
    assert law(fifteen).waivers_left == 0


@pytest.mark.parametrize(
    ("given", "says"),
    [({"reason": "storm"}, "not a valid choice"), ({"kept_at": " "}, "where the document is kept")],
)
def test_MS01_a_waiver_is_for_covid_and_its_document_can_be_found(fifteen: World, given: dict, says: str) -> None:
    adopt(fifteen)
    call_off(fifteen, TO_COME)
    with pytest.raises(Refused, match=says):
        waive(fifteen, TO_COME, **given)


def test_RD30_a_day_that_was_not_adopted_or_not_lost_is_not_waived(fifteen: World) -> None:
    call_off(fifteen, TO_COME)
    with pytest.raises(Refused, match="None of these days"):
        waive(fifteen, TO_COME)
    adopt(fifteen)
    for day in (TO_COME, YESTERDAY):
        with pytest.raises(Refused, match="None of these days"):
            waive(fifteen, day)
    with pytest.raises(Refused, match="one school year"):
        waive(fifteen, TODAY, date(2021, 8, 9))


def test_a_form_sent_twice_adopts_and_waives_once(fifteen: World) -> None:
    form, other = uuid4(), uuid4()
    assert adopt(fifteen, submission_id=form) == adopt(fifteen, submission_id=form)
    call_off(fifteen, TO_COME)
    assert waive(fifteen, TO_COME, submission_id=other) == waive(fifteen, TO_COME, submission_id=other)
    assert (AdoptedCalendar.objects.count(), WaivedDay.objects.count()) == (2, 1)


def test_another_adoption_of_the_year_says_why_and_both_are_kept(fifteen: World) -> None:
    adopt(fifteen)
    call_off(fifteen, TO_COME)
    with pytest.raises(Refused, match="Say why another takes its place"):
        adopt(fifteen)
    adopt(fifteen, reason="The board amended it", lost=frozenset({TO_COME}))
    assert AdoptedCalendar.objects.filter(school=fifteen.lincoln).count() == 2
    with pytest.raises(Refused, match="day to come"):
        adopt(fifteen, reason="Next year's", adopted_on=TO_COME)


@pytest.mark.parametrize(
    ("who", "refusal"), [("okafor", Forbidden), ("whitfield", Forbidden), ("lindqvist", NotInScope)]
)
def test_only_the_district_adopts_and_waives(fifteen: World, who: str, refusal: type[Exception]) -> None:
    adopt(fifteen)
    call_off(fifteen, TO_COME)
    [waiver] = waive(fifteen, TO_COME)
    with pytest.raises(refusal):
        adopt(fifteen, "lincoln", by=who)
    with pytest.raises(refusal):
        waive(fifteen, TO_COME, by=who)
    with pytest.raises(refusal):
        withdraw_waiver(fifteen.scope(who), waiver.pk, reason="No")
    with pytest.raises(refusal):
        name_document(fifteen.scope(who), waiver.pk, document="Mine", kept_at="Here")
    with pytest.raises(NotInScope):
        withdraw_waiver(fifteen.scope("reyes"), 0, reason="No")
    waiver.refresh_from_db()
    assert waiver.withdrawn_at is None


def test_MS02_a_grade_with_a_shorter_day_of_its_own_is_a_fault_of_that_grade(fifteen: World) -> None:
    held = CalendarDay.objects.get(school=fifteen.lincoln, date=TO_COME)
    own = {"event_type": "IN", "day_kind": "traditional", "bell_schedule": held.bell_schedule}
    GradeDay.objects.create(calendar_day=held, grade="09", dismissal_time="11:00", **own)
    assert [(each.day, each.words, each.rule) for each in fault_lines(law(fifteen))] == [
        (TO_COME, "offers 165 instructional minutes, too few", "MS-02")
    ]
    assert "1 day offers too few minutes" in law_sentence(law(fifteen))


def test_MS01_the_preview_of_a_change_says_what_it_does_to_the_law(fifteen: World) -> None:
    open_both_schools(fifteen)
    adopt(fifteen)
    edit = DaysEdit((fifteen.lincoln.pk,), TO_COME, TO_COME, CALLED_OFF)
    effects = preview_edit(fifteen.scope("reyes"), edit)
    before, after = effects.laws_before[fifteen.lincoln.pk], effects.laws_after[fifteen.lincoln.pk]
    assert (before.is_lawful, after.missing, after.lost, after.waivers_left) == (True, 1, (TO_COME,), 2)
    assert law(fifteen).is_lawful


def test_RD30_adopting_and_waiving_judge_no_day_anew(fifteen: World) -> None:
    open_both_schools(fifteen)
    take(fifteen, "1")
    stood = list(DailyAttendance.objects.order_by("pk").values())
    adopt(fifteen, lost=frozenset({date(2020, 10, 12)}))
    waive(fifteen, date(2020, 10, 12))
    assert list(DailyAttendance.objects.order_by("pk").values()) == stood
    assert check(fifteen.installation) == []


def test_the_law_of_more_schools_and_days_asks_the_database_no_more(fifteen: World) -> None:
    scope = fifteen.scope("reyes")
    adopt(fifteen)
    with CaptureQueriesContext(connection) as of_one:
        calendar_laws(scope, [fifteen.lincoln.pk], YEAR)
    with CaptureQueriesContext(connection) as of_two:
        calendar_laws(scope, [fifteen.lincoln.pk, fifteen.washington.pk], YEAR)
    assert len(of_one) == len(of_two) == 7


def test_MS01_the_document_of_waived_days_can_be_put_on_file_and_is_read_by_who_reads_the_calendar(
    fifteen: World, settings, tmp_path
) -> None:
    settings.DOCUMENTS_DIR = tmp_path / "documents"
    adopt(fifteen)
    call_off(fifteen, TO_COME, date(2020, 10, 30))
    form = uuid4()
    days, said = (TO_COME, date(2020, 10, 30)), {"document": "", "kept_at": "", "submission_id": form}
    first, second = waive(fifteen, *days, uploads=[upload("Order 12.pdf")], **said)
    assert (first.document, first.kept_at, law(fifteen).is_lawful) == ("Order 12.pdf", "First Bell", True)
    assert waive(fifteen, *days, uploads=[upload("Order 12.pdf")], **said) == [first, second]
    [kept] = first.documents.all()
    assert kept.storage_name == second.documents.get().storage_name
    with open_waiver_document(fifteen.scope("okafor"), kept.pk).stream as stream:
        assert stream.read(5) == b"%PDF-"
    with pytest.raises(NotInScope):
        open_waiver_document(fifteen.scope("lindqvist"), kept.pk)
    assert sweep_documents(fifteen.installation, before=datetime.now(UTC) + timedelta(days=1)) == 0
    name_document(fifteen.scope("reyes"), first.pk, uploads=[upload("Order 12.pdf"), upload("photo.png", photo())])
    assert first.documents.count() == 2
    (tmp_path / "documents" / kept.storage_name[:2] / kept.storage_name).unlink()
    with pytest.raises(Refused, match="bytes of this document are missing"):
        open_waiver_document(fifteen.scope("okafor"), kept.pk)


def test_MS01_what_is_no_document_is_refused_and_nothing_is_waived(fifteen: World, settings, tmp_path) -> None:
    settings.DOCUMENTS_DIR = tmp_path / "documents"
    adopt(fifteen)
    call_off(fifteen, TO_COME)
    with pytest.raises(Refused, match="Only PDF, JPEG, PNG or HEIC"):
        waive(fifteen, TO_COME, uploads=[upload("order.pdf", b"<script>alert(1)</script>")])
    assert not WaivedDay.objects.exists()
    [waiver] = waive(fifteen, TO_COME, document="", kept_at="")
    with pytest.raises(Refused, match="Name the document, or add its file"):
        name_document(fifteen.scope("reyes"), waiver.pk)
    with pytest.raises(Forbidden):
        name_document(fifteen.scope("okafor"), waiver.pk, uploads=[upload("order.pdf")])
    assert not (tmp_path / "documents").exists()
