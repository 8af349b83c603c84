"""What the School Attendance Officer is told: by whom, once, put right visibly, and on lists that say no more."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from attendance.models import OfficeKind
from attendance.services.office import record_entry, withdraw_entry
from interventions.models import Disclosure, Standing, SuspensionReport, TruancyNotice, UnenrolledReport
from interventions.rules.compulsory_age import age_of
from interventions.selectors.officer_lines import notice_tellings, officer_lines
from interventions.selectors.suspensions import suspension_list
from interventions.selectors.truancy import AskedNotices, NoticeList, notice_list
from interventions.selectors.truancy_facts import ages, obliged_students
from interventions.selectors.truancy_history import report_history
from interventions.selectors.unenrolled import unenrolled_list
from interventions.services.officer_list import hand_out
from interventions.services.officer_reports import (
    Told,
    correct_report,
    report_notices,
    report_suspensions,
    report_unenrolled,
)
from students.models import Enrollment, Student
from students.refusals import Forbidden, NotInScope, Refused
from tests.interventions.care import guardian
from tests.interventions.truancy_days import WEEKDAYS, follow, write_absences
from tests.world import TODAY, YESTERDAY, World, add_student, at


@pytest.fixture
def truants(world: World) -> World:
    """Abara has 12 unlawful absences, Grant 5 of which the last was yesterday, Shah of the other school 5."""
    abara, grant, shah = (world.students[name] for name in ("Abara", "Grant", "Shah"))
    write_absences([abara], WEEKDAYS[:12])
    write_absences([grant], [*WEEKDAYS[:4], YESTERDAY])
    write_absences([shah], WEEKDAYS[:5])
    follow(world, abara, grant, shah)
    return world


def asked(world: World, person: str = "mayfield", **narrowed: object) -> NoticeList:
    return notice_list(world.scope(person), AskedNotices(**narrowed))


def listed(world: World, person: str = "mayfield", **narrowed: object) -> list[tuple[str, int, str]]:
    lines = asked(world, person, **narrowed).lines
    return [(line.name.partition(",")[0], line.notice.threshold, line.words) for line in lines]


def notice(world: World, name: str, threshold: int = 5) -> TruancyNotice:
    return TruancyNotice.objects.get(student=world.students[name], threshold=threshold)


def report(world: World, *notices: TruancyNotice, person: str = "mayfield", **given: object) -> Told:
    facts = {"reported_on": TODAY, "reference": "By phone"} | given
    return report_notices(world.scope(person), [each.pk for each in notices], **facts)


def test_ST02_the_list_counts_the_deadline_down_and_shows_each_school_its_own(truants: World) -> None:
    assert listed(truants) == [
        ("Abara", 5, "Overdue by 9 days"),
        ("Abara", 10, "Overdue by 5 days"),
        ("Abara", 12, "Overdue by 1 day"),
        ("Grant", 5, "Due in 2 days"),
    ]
    assert [each[0] for each in listed(truants, "lindqvist")] == ["Shah"]
    assert {each[0] for each in listed(truants, "reyes")} == {"Abara", "Grant", "Shah"}
    assert [each[:2] for each in listed(truants, threshold=12)] == [("Abara", 12)]
    assert [each[0] for each in listed(truants, "reyes", school_id=truants.washington.pk)] == ["Shah"]
    assert listed(truants, state="reported") == []
    for nobody in ("whitfield", "park"):
        with pytest.raises(Forbidden):
            asked(truants, nobody)


def test_ST02_reporting_in_bulk_says_who_once_and_out_of_scope_writes_nothing(truants: World) -> None:
    mine = [notice(truants, "Abara", each) for each in (5, 10)]
    with pytest.raises(NotInScope):
        report(truants, *mine, notice(truants, "Shah"))
    for person in ("whitfield", "lindqvist"):
        with pytest.raises(NotInScope):
            report(truants, *mine, person=person)
    for wrong in ({"reported_on": TODAY + timedelta(days=1)}, {"reported_on": WEEKDAYS[4]}):
        with pytest.raises(Refused):
            report(truants, *mine, **wrong)
    with pytest.raises(Refused):
        report(truants)
    assert not TruancyNotice.objects.filter(reported_on__isnull=False).exists()
    assert report(truants, *mine) == Told(reported=2)
    assert report(truants, *mine, person="osei", reference="By mail") == Told(before=2)
    told = notice(truants, "Abara", 10)
    assert (told.reported_on, told.reported_by, told.reference) == (TODAY, truants.users["mayfield"], "By phone")


def test_ST02_a_report_is_put_right_visibly_and_one_that_was_none_is_owed_again(truants: World) -> None:
    grant = notice(truants, "Grant")
    scope = truants.scope("mayfield")
    with pytest.raises(Refused):
        correct_report(scope, grant.pk, reported_on=TODAY)
    report(truants, grant)
    correct_report(scope, grant.pk, reported_on=YESTERDAY, reference="By phone")
    assert notice(truants, "Grant").reported_on == YESTERDAY
    correct_report(scope, grant.pk, reported_on=None)
    assert notice(truants, "Grant").reported_on is None
    assert [each.reported_on for each in report_history(scope, grant.pk)] == [YESTERDAY, TODAY]
    assert report_history(truants.scope("lindqvist"), grant.pk) == []
    with pytest.raises(NotInScope):
        correct_report(truants.scope("lindqvist"), grant.pk, reported_on=None)


def test_ST02_RD11_what_was_told_and_fell_away_is_told_again(truants: World) -> None:
    grant = notice(truants, "Grant")
    report(truants, grant)
    truants.students["Grant"].days.filter(date=YESTERDAY).delete()
    follow(truants, truants.students["Grant"])
    assert ("Grant", 5, "Reported, later withdrawn: tell the officer") in listed(truants, state="overdue")
    assert report(truants, grant) == Told(taken_back=1)
    assert report(truants, grant) == Told(before=1)
    assert ("Grant", 5, "Withdrawn, and the officer knows") in listed(truants, state="withdrawn")
    with pytest.raises(Refused):
        correct_report(truants.scope("mayfield"), grant.pk, reported_on=None)


def suspend(world: World, name: str, first: date, last: date):
    facts = {"submission_id": uuid4(), "kind": OfficeKind.SUSPENSION, "starts_on": first, "ends_on": last}
    student = world.students[name].pk
    return record_entry(world.scope("mayfield"), world.lincoln.pk, [student], **facts).entry.events.get()


def test_ST06_a_suspension_is_told_once_it_begins_and_told_again_when_withdrawn(world: World) -> None:
    event = suspend(world, "Abara", TODAY, TODAY)
    to_come = suspend(world, "Grant", TODAY + timedelta(days=1), TODAY + timedelta(days=2))
    Student.objects.filter(pk=world.students["Hollis"].pk).update(birth_date=date(2003, 1, 1))
    suspend(world, "Hollis", TODAY, TODAY)
    scope = world.scope("mayfield")
    [line] = suspension_list(scope).lines
    assert (line.event_id, line.words, line.grade) == (event.pk, "Due today", "09")
    for outside in (to_come.pk, 10**9):
        with pytest.raises(NotInScope):
            report_suspensions(scope, [event.pk, outside], reported_on=TODAY)
    with pytest.raises(NotInScope):
        report_suspensions(world.scope("lindqvist"), [event.pk], reported_on=TODAY)
    assert report_suspensions(scope, [event.pk], reported_on=TODAY) == Told(reported=1)
    assert report_suspensions(scope, [event.pk], reported_on=TODAY) == Told(before=1)
    assert suspension_list(scope).lines == []
    withdraw_entry(scope, event.entry_id, reason="It was a mistake.")
    assert [each.words for each in suspension_list(scope).lines] == ["Reported, later withdrawn: tell the officer"]
    assert report_suspensions(scope, [event.pk], reported_on=TODAY) == Told(taken_back=1)
    assert SuspensionReport.objects.get().taken_back_by == world.users["mayfield"]


def leave(student: Student, last_day: date, exit_code: str = "") -> None:
    Enrollment.objects.filter(student=student).update(starts_on=date(2017, 8, 8), ends_on=last_day, exit_code=exit_code)


def test_ST06_children_known_from_last_year_and_no_shows_are_told_once_the_days_are_over(world: World) -> None:
    abara, grant, hollis, nguyen = (world.students[name] for name in ("Abara", "Grant", "Hollis", "Nguyen"))
    leave(abara, date(2020, 5, 22))
    Enrollment.objects.filter(student=grant).update(exit_code="NS", ends_on=date(2020, 8, 10))
    leave(hollis, date(2020, 5, 22), "T8")
    leave(nguyen, date(2018, 5, 25))
    district, clerk = world.scope("reyes"), world.scope("mayfield")
    # The first school day of the world's calendar is 19 October.
    assert unenrolled_list(world.scope("reyes", at(10, day=date(2020, 11, 3)))).lines == []
    later = world.scope("reyes", at(10, day=date(2020, 11, 4)))
    assert [(each.name, each.never_came) for each in unenrolled_list(later).lines] == [
        (abara.listed_name, False),
        (grant.listed_name, True),
    ]
    of_school = world.scope("mayfield", at(10, day=date(2020, 11, 4)))
    assert [each.student_id for each in unenrolled_list(of_school).lines] == [grant.pk]
    for asked, scope in ((abara, of_school), (hollis, later), (grant, district), (grant, clerk)):
        with pytest.raises(NotInScope):
            report_unenrolled(scope, [asked.pk], reported_on=scope.today)
    on = later.today
    assert report_unenrolled(later, [abara.pk, grant.pk], reported_on=on) == Told(reported=2)
    assert report_unenrolled(later, [grant.pk], reported_on=on) == Told(before=1)
    assert unenrolled_list(later).lines == []
    assert len(unenrolled_list(later, state="reported").lines) == 2
    Enrollment.objects.create(student=abara, school=world.lincoln, grade="09", starts_on=date(2020, 11, 4))
    [came] = unenrolled_list(later).lines
    assert came.is_to_take_back
    assert report_unenrolled(later, [abara.pk], reported_on=on) == Told(taken_back=1)
    assert UnenrolledReport.objects.get(student=abara).taken_back_on == on


def test_MS28_the_officers_list_says_what_is_needed_and_is_logged_once_per_handing_out(truants: World) -> None:
    rosa = guardian(truants, "Abara")
    barred = guardian(truants, "Abara", may_contact=False)
    scope, submission = truants.scope("mayfield"), uuid4()
    tellings = notice_tellings(scope, AskedNotices(threshold=5))
    assert hand_out(scope, tellings, submission) == tellings
    hand_out(scope, tellings, submission)
    assert set(Disclosure.objects.values_list("student", "to", "by__username")) == {
        (truants.students[name].pk, "School Attendance Officer", "mayfield") for name in ("Abara", "Grant")
    }
    lines = list(officer_lines(scope, tellings))
    [abara] = [line for line in lines if line.telling.student_id == truants.students["Abara"].pk]
    assert (abara.state_id, abara.birth_date) == (truants.students["Abara"].state_id, date(2006, 1, 15))
    assert (abara.telling.why, list(abara.telling.dates)) == ("5 unexcused absences", WEEKDAYS[:5])
    assert [(each.name, each.phone) for each in abara.contacts] == [(str(rosa), "601-555-0101")]
    assert barred.pk != rosa.pk
    with pytest.raises(Forbidden):
        notice_tellings(truants.scope("whitfield"), AskedNotices())


@pytest.mark.parametrize(
    "born", [None, *(date(y, 9, d) for y in (2003, 2014, 2015) for d in (1, 2)), date(2008, 2, 29)]
)
@pytest.mark.parametrize("grade", ["KG", "09"])
def test_ST01_the_database_filters_by_age_as_the_rule_says(world: World, born: date | None, grade: str) -> None:
    abara = world.students["Abara"]
    Student.objects.filter(pk=abara.pk).update(birth_date=born)
    Enrollment.objects.filter(student=abara).update(grade=grade)
    scope = world.installation
    age = age_of(born, 2020, in_kindergarten=grade == "KG")
    assert ages(scope, world.year, [abara.pk]) == {abara.pk: age}
    assert obliged_students(scope, world.year).filter(pk=abara.pk).exists() is age.obliges


def test_the_lists_ask_the_same_number_of_statements_for_however_many(truants: World) -> None:
    def statements(act) -> int:
        with CaptureQueriesContext(connection) as asked:
            act()
        return len(asked)

    scope = truants.scope("reyes")
    later = truants.scope("reyes", at(10, day=date(2020, 11, 4)))
    lists = [
        lambda: notice_list(scope, AskedNotices()),
        lambda: suspension_list(scope),
        lambda: unenrolled_list(later),
    ]
    suspend(truants, "Castillo", TODAY, TODAY)
    leave(truants.students["Delgado"], date(2020, 5, 22))
    few = [statements(each) for each in lists]
    more = [add_student(truants, f"Pupil{number} A", f"30000000{number}", truants.lincoln) for number in range(4)]
    write_absences(more[:2], WEEKDAYS[:12])
    follow(truants, *more)
    for each in more[2:]:
        leave(each, date(2020, 5, 22))
    suspend(truants, "Pupil0", TODAY, TODAY)
    assert [statements(each) for each in lists] == few
    assert max(few) <= 14
    assert Standing.objects.filter(unlawful_absences=12).count() == 3
