"""Families report absences. It is 10:00 on Tuesday 27 October 2020; Ana is Chidi Abara's mother, Bo his father."""

from datetime import date, time, timedelta
from uuid import uuid4

import pytest

from attendance.demo.papers import photo
from attendance.models import AbsenceReport, AttendancePolicy, DailyAttendance, Excuse, Mark, OfficeEvent
from attendance.rules.family_report import DAYS_AHEAD, DAYS_BACK, MOST_DOCUMENTS, MOST_OPEN, MOST_SENT_A_DAY, Shown
from attendance.selectors.absence_reports import reports_page
from attendance.selectors.calls_page import calls_page
from attendance.selectors.office_notes import OfficeNote, office_notes
from attendance.services.absence_reports import withdraw_report
from attendance.services.excuse_decisions import decide_excuse
from attendance.services.family_papers import add_family_documents, open_own_document
from students.models import GuardianLink
from students.refusals import NotInScope, Refused
from tests.attendance.acts import take, upload
from tests.attendance.families.kin import in_person, parent, tell
from tests.attendance.office.deeds import enter
from tests.world import TODAY, YESTERDAY, World, at

TOMORROW = TODAY + timedelta(days=1)


@pytest.fixture
def home(opened_world: World, settings, tmp_path) -> World:
    """Ana and Bo are Chidi Abara's parents; Kim is Tasha Grant's mother, and Priya's at the other school."""
    settings.DOCUMENTS_DIR = tmp_path / "documents"
    for given, *names in (("Ana", "Abara"), ("Bo", "Abara"), ("Kim", "Grant", "Shah")):
        parent(opened_world, given, *names)
    return opened_world


def shown(world: World, who: str = "ana", name: str = "Abara", now=None):
    scope = world.scope(who, now) if now else world.scope(who)
    return reports_page(scope, world.students[name].pk).lines


def note_of(world: World, day: date = TODAY) -> OfficeNote | None:
    student = world.students["Abara"].pk
    return office_notes(world.scope("whitfield"), [student], day, world.lincoln.pk).get(student)


def test_RD50_a_report_is_the_offices_word_and_nobody_is_called_about_it(home: World) -> None:
    take(home, "1", day=TODAY, Abara="absent")
    clerk = home.scope("mayfield", at(11))
    before = [each.student_id for each in calls_page(clerk, home.lincoln.pk, TODAY).lines]
    report = tell(home, "ana", words="Fever since last night.")
    after = [each.student_id for each in calls_page(clerk, home.lincoln.pk, TODAY).lines]
    assert (home.students["Abara"].pk in before, home.students["Abara"].pk in after) == (True, False)
    assert note_of(home).text == "reported absent"
    assert (report.school_id, report.reported_by, report.excuse) == (home.lincoln.pk, home.users["ana"], None)
    # RD-60: what the parent wrote is not in the entry that teachers read.
    assert (report.entry.shown_as, report.entry.note, report.entry.entered_by) == ("", "", home.users["ana"])


def test_a_report_never_changes_a_mark(home: World) -> None:
    take(home, "1", day=TODAY)
    before = list(Mark.objects.values())
    tell(home, "ana")
    assert list(Mark.objects.values()) == before


def test_a_form_sent_twice_is_told_once_and_belongs_to_who_sent_it(home: World) -> None:
    submission = uuid4()
    first, again = (
        tell(home, "ana", submission_id=submission, uploads=(upload(),), document_kind="medical") for _ in "ab"
    )
    assert (first.pk, AbsenceReport.objects.count(), OfficeEvent.objects.count()) == (again.pk, 1, 1)
    assert Excuse.objects.get().documents.count() == 1
    with pytest.raises(Refused, match="sent before"):
        tell(home, "bo", submission_id=submission)


def test_RD62_no_other_family_and_no_school_comes_near_a_child(home: World) -> None:
    report = tell(home, "ana", uploads=(upload(),), document_kind="medical")
    document, abara = report.excuse.documents.get(), home.students["Abara"].pk
    for who in ("kim", "whitfield", "okafor", "lindqvist"):
        scope = home.scope(who)
        for act in (
            lambda scope=scope: reports_page(scope, abara),
            lambda who=who: tell(home, who, "Abara"),
            lambda scope=scope: withdraw_report(scope, abara, report.pk),
            lambda scope=scope: open_own_document(scope, abara, document.pk),
            lambda scope=scope: add_family_documents(
                scope, abara, report.pk, submission_id=uuid4(), kind="medical", uploads=[upload()]
            ),
        ):
            with pytest.raises(NotInScope):
                act()
    assert AbsenceReport.objects.count() == 1


def test_the_other_guardian_neither_reads_nor_takes_back_what_one_of_them_sent(home: World) -> None:
    report = tell(home, "ana", words="At my sister’s house.", uploads=(upload(),), document_kind="medical")
    bo, abara = home.scope("bo"), home.students["Abara"].pk
    page = reports_page(bo, abara)
    assert ([*page.lines], len(page.told_by_others)) == ([], 1)
    with pytest.raises(NotInScope):
        withdraw_report(bo, abara, report.pk)
    with pytest.raises(NotInScope):
        open_own_document(bo, abara, report.excuse.documents.get().pk)
    GuardianLink.objects.filter(guardian__given_name="Ana").update(may_access=False)
    with pytest.raises(NotInScope):
        open_own_document(home.scope("ana"), abara, report.excuse.documents.get().pk)


def test_a_second_guardian_is_told_that_the_school_knows_but_may_bring_the_paper(home: World) -> None:
    tell(home, "ana")
    with pytest.raises(Refused, match="told of this absence already"):
        tell(home, "bo")
    with pytest.raises(Refused, match="You have told the school already"):
        tell(home, "ana")
    brought = tell(home, "bo", uploads=(upload(),), document_kind="medical")
    assert (OfficeEvent.objects.count(), brought.excuse.documents.count()) == (1, 1)
    # Bo's own report goes, and Ana's word stands.
    withdraw_report(home.scope("bo"), home.students["Abara"].pk, brought.pk)
    assert note_of(home).text == "reported absent"
    assert Excuse.objects.get().withdrawn_at is not None


def test_what_the_office_knows_by_telephone_is_not_entered_again(home: World) -> None:
    enter(home, "reported_absence", "Abara", day=TODAY, last=TOMORROW)
    with pytest.raises(Refused, match="told of this absence already"):
        tell(home, "ana", day=TOMORROW)
    assert tell(home, "ana", day=TOMORROW, last=TOMORROW + timedelta(days=1)).entry.events.count() == 1


def test_a_part_of_a_day_is_told_with_its_times(home: World) -> None:
    report = tell(home, "ana", day=TOMORROW, reason="appointment", starts_at=time(13), ends_at=time(15))
    event = report.entry.events.get()
    assert (event.starts_on, event.starts_at, event.ends_at) == (TOMORROW, time(13), time(15))
    assert note_of(home, TOMORROW).text == "reported absent 1:00 to 3:00"


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"day": TODAY - timedelta(days=DAYS_BACK + 1), "last": TODAY}, "more than 14 days ago"),
        ({"day": TODAY, "last": TODAY + timedelta(days=DAYS_AHEAD + 1)}, "more than 90 days ahead"),
        ({"day": TODAY, "last": TODAY + timedelta(days=30)}, "more than 30 days"),
        ({"day": TOMORROW, "last": TODAY}, "before the first day"),
        ({"day": date(2020, 10, 31)}, "no school on this day"),
        ({"starts_at": time(9)}, "both times"),
        ({"starts_at": time(9), "ends_at": time(10), "last": TOMORROW}, "Times are for one day"),
        ({"starts_at": time(19), "ends_at": time(20)}, "outside the school day"),
        ({"reason": "tired"}, "choose a reason"),
        ({"uploads": (upload(),)}, "what you are sending"),
    ],
)
def test_what_cannot_be_is_refused_in_words_for_families_and_nothing_is_told(
    home: World, facts: dict, words: str
) -> None:
    with pytest.raises(Refused, match=words):
        tell(home, "ana", **facts)
    assert not AbsenceReport.objects.exists()
    assert not OfficeEvent.objects.exists()


def test_the_last_day_back_and_the_longest_span_are_taken(home: World) -> None:
    assert tell(home, "ana", day=TODAY - timedelta(days=DAYS_BACK), last=TODAY).pk
    assert tell(home, "ana", day=TODAY, last=TODAY + timedelta(days=29)).pk


def test_nobody_sends_without_end(home: World) -> None:
    abara, scope = home.students["Abara"].pk, home.scope("ana")
    for _ in range(MOST_SENT_A_DAY):
        withdraw_report(scope, abara, tell(home, "ana").pk)
    with pytest.raises(Refused, match="many reports"):
        tell(home, "ana")
    assert tell(home, "bo").pk
    tomorrow = at(10, day=TOMORROW)
    AbsenceReport.objects.update(withdrawn_at=None, ends_on=TOMORROW)
    assert AbsenceReport.objects.filter(reported_by=home.users["ana"]).count() == MOST_OPEN
    with pytest.raises(Refused, match="many reports"):
        tell(home, "ana", day=TOMORROW, last=TOMORROW + timedelta(days=1), now=tomorrow)


def test_RD08_what_a_family_calls_a_doctors_excuse_excuses_nothing_until_the_office_says_so(home: World) -> None:
    for period in "123456":
        take(home, period, Abara="absent")
    day = DailyAttendance.objects.filter(student=home.students["Abara"], date=YESTERDAY)
    report = tell(home, "ana", day=YESTERDAY, uploads=(upload(), upload("b.png", photo())), document_kind="medical")
    assert (day.get().absence_kind, shown(home)[0].shown) == ("unexcused", Shown.LOOKING)
    assert [each.file_name for each in shown(home)[0].documents] == ["letter.pdf", "b.png"]
    decide_excuse(home.scope("mayfield"), report.excuse_id, decision="accepted", reason="The clinic's letter.")
    assert (day.get().absence_kind, shown(home)[0].says) == ("excused", "Accepted. The absence is excused.")
    with pytest.raises(Refused, match="has decided"):
        withdraw_report(home.scope("ana"), home.students["Abara"].pk, report.pk)


def test_a_refusal_is_read_with_its_reason_and_a_better_paper_is_looked_at_again(home: World) -> None:
    report = tell(home, "ana", uploads=(upload(),), document_kind="other_document")
    decide_excuse(home.scope("mayfield"), report.excuse_id, decision="refused", reason="The letter has no date.")
    assert (shown(home)[0].says, shown(home)[0].may_add) == ("Not accepted: The letter has no date.", True)
    sent = {"submission_id": uuid4(), "kind": "medical", "uploads": [upload("new.png", photo())]}
    for _ in range(2):
        sent["uploads"][0].stream.seek(0)
        add_family_documents(home.scope("ana"), home.students["Abara"].pk, report.pk, **sent)
    excuse = Excuse.objects.get()
    assert (excuse.document_kind, excuse.decision, excuse.documents.count()) == ("medical", "pending", 2)
    assert shown(home)[0].shown is Shown.LOOKING


def test_MS34_a_parents_own_note_about_illness_is_kept_and_not_sufficient(home: World) -> None:
    tell(home, "ana", day=YESTERDAY, uploads=(upload(),), document_kind="parent_note")
    needed = "To excuse it, the school needs a doctor’s or dentist’s excuse by October 30."
    assert (shown(home)[0].shown, shown(home)[0].due) == (Shown.NEEDED, needed)
    assert shown(home, now=at(10, day=date(2020, 10, 30)))[0].shown is Shown.NEEDED
    assert shown(home, now=at(10, day=date(2020, 10, 31)))[0].shown is Shown.LATE


def test_MS30_a_participation_form_never_counts(home: World) -> None:
    report = tell(home, "ana", uploads=(upload(),), document_kind="participation_form")
    assert shown(home)[0].shown is Shown.NEEDED
    with pytest.raises(Refused, match="MS-30"):
        decide_excuse(home.scope("mayfield"), report.excuse_id, decision="accepted", reason="Kind of her.")


def test_without_a_paper_a_report_is_no_excuse_unless_the_policy_counts_notes(home: World) -> None:
    assert tell(home, "ana").excuse is None
    AttendancePolicy.objects.update(undocumented_notes_per_term={"family": 1})
    report = tell(home, "ana", day=TOMORROW, reason="family")
    assert (report.excuse.document_kind, report.excuse.decision) == ("parent_note", "pending")
    assert shown(home)[0].shown is Shown.LOOKING
    decide_excuse(home.scope("mayfield"), report.excuse_id, decision="accepted", reason="First note of the term.")
    assert shown(home)[0].shown is Shown.ACCEPTED


def test_a_report_is_taken_back_with_its_word_and_its_paper_twice_is_once(home: World) -> None:
    report = tell(home, "ana", uploads=(upload(),), document_kind="medical")
    for _ in range(2):
        withdraw_report(home.scope("ana"), home.students["Abara"].pk, report.pk)
    assert note_of(home) is None
    assert (shown(home)[0].shown, Excuse.objects.get().withdrawn_at is None) == (Shown.TAKEN_BACK, False)
    with pytest.raises(Refused, match="taken back"):
        add_family_documents(
            home.scope("ana"),
            home.students["Abara"].pk,
            report.pk,
            submission_id=uuid4(),
            kind="medical",
            uploads=[upload("c.png", photo())],
        )


def test_RD62_a_student_of_age_speaks_for_herself_and_her_mother_no_more(home: World) -> None:
    in_person(home, "Grant")
    assert tell(home, "grant", "Grant").reported_by == home.users["grant"]
    with pytest.raises(NotInScope):
        tell(home, "kim", "Grant")


def test_a_child_of_another_school_is_told_to_that_school(home: World) -> None:
    assert tell(home, "kim", "Shah").school == home.washington


def test_a_report_has_room_for_so_many_documents_and_no_more(home: World) -> None:
    report = tell(home, "ana", uploads=(upload(),), document_kind="medical")
    sizes = iter(range(1, 40))

    def add(files: int) -> None:
        more = [upload(f"{each}.png", photo(next(sizes), 8)) for each in range(files)]
        sent = {"submission_id": uuid4(), "kind": "medical", "uploads": more}
        add_family_documents(home.scope("ana"), home.students["Abara"].pk, report.pk, **sent)

    for files in (5, 5, 4):
        add(files)
    assert Excuse.objects.get().documents.count() == MOST_DOCUMENTS
    with pytest.raises(Refused, match="many documents"):
        add(1)
