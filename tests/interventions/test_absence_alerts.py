"""RD-50: the day's unexplained absence reaches every lawful contact once, from ten on; an explained one nobody."""

from collections.abc import Iterator
from datetime import date, time, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from attendance.models import OfficeKind
from attendance.services.office import record_entry, withdraw_entry
from interventions.models import AlertPolicy, MailTopic, Message, OptOut
from interventions.services.alerts import look_at_school
from interventions.services.opt_outs import Reader, resume, stop, token_of
from students.access import installation_scope
from students.models import Student
from tests.attendance.acts import excuse, open_both_schools
from tests.interventions.alerting import account, chosen, joined, mailed, marked, mother, states, subjects
from tests.mail_server import MailServer, mail_server
from tests.world import NOW, TODAY, World, at

ABSENT = "was marked absent on Tuesday, October 27"


@pytest.fixture
def server(settings) -> Iterator[MailServer]:
    with mail_server(settings) as running:
        yield running


@pytest.fixture
def school(world: World) -> World:
    return open_both_schools(world)


def reported(world: World, name: str, kind: str = OfficeKind.REPORTED_ABSENCE):
    scope, student = world.scope("okafor"), world.students[name].pk
    return record_entry(scope, world.lincoln.pk, [student], submission_id=uuid4(), kind=kind, starts_on=TODAY).entry


def test_RD50_every_lawful_contact_is_told_once_from_ten_and_nobody_else(school: World, server: MailServer) -> None:
    both = mother(school, "Abara"), mother(school, "Abara", "father@example.org")
    mother(school, "Abara", "kept-away@example.org", may_contact=False)
    mother(school, "Abara", "former@example.org", ends_on=TODAY - timedelta(days=1))
    mother(school, "Grant", "grant@example.org")
    marked(school, "1", Abara="absent")
    assert (mailed(9, 59), server.letters) == (0, [])
    marked(school, "2", Abara="absent")
    assert mailed(10) == 2
    name = school.students["Abara"].given_name
    assert sorted(subjects(server)) == [
        ("father@example.org", f"{name} {ABSENT}"),
        ("rosa@example.org", f"{name} {ABSENT}"),
    ]
    assert {message.guardian for message in Message.objects.all()} == set(both)
    text = server.letters[0].get_content()
    assert "at Lincoln High School on Tuesday, October 27." in text
    assert (
        text.index("Algebra I, 8:00 a.m.")
        < text.index("Algebra I, 9:00 a.m.")
        < text.index("Nobody has told the school why.")
    )
    for period in "345":
        marked(school, period, Abara="absent")
    look_at_school(installation_scope(at(14)), school.lincoln.pk)
    assert (mailed(14), len(server.letters)) == (0, 2)


def test_a_class_that_is_still_to_come_is_not_called_missed_where_the_whole_day_was_marked(
    school: World, server: MailServer
) -> None:
    mother(school, "Abara")
    for period in "126":
        marked(school, period, Abara="absent")
    assert mailed(10) == 1
    text = server.letters[0].get_content()
    assert "Algebra I, 9:00 a.m." in text
    assert text.count("Algebra I,") == 2


def test_RD50_an_absence_somebody_explained_is_told_to_nobody_also_when_it_waits(
    school: World, server: MailServer
) -> None:
    for name in ("Abara", "Grant", "Hollis", "Castillo"):
        mother(school, name, f"{name}@example.org")
    reported(school, "Abara")
    marked(school, "1", Abara="absent", Grant="absent", Hollis="absent", Castillo="absent")
    assert {message.student.family_name for message in Message.objects.all()} == {"Grant", "Hollis", "Castillo"}
    excuse(school, "Grant", TODAY)
    entry = reported(school, "Hollis", OfficeKind.ACTIVITY)
    marked(school, "2", Grant="absent", Hollis="absent")
    assert (mailed(10), server.letters) == (3, [])
    assert states() == [("dropped", "It is no longer so.")] * 3
    # The band trip was entered of the wrong student: no save tells of that, the look at the school does.
    withdraw_entry(school.scope("okafor"), entry.pk, reason="Wrong student")
    for _ in range(2):
        look_at_school(installation_scope(at(10, 5)), school.lincoln.pk)
    assert (mailed(10, 5), [to for to, _ in subjects(server)]) == (1, ["Hollis@example.org"])


def test_who_was_seen_after_all_is_reported_once_and_an_excuse_takes_nothing_back(
    school: World, server: MailServer
) -> None:
    mother(school, "Abara"), mother(school, "Grant", "grant@example.org")
    marked(school, "1", Abara="absent", Grant="absent")
    mailed(10)
    excuse(school, "Grant", TODAY)
    for period in "23":
        marked(school, period, Abara="present", Grant="absent")
    look_at_school(installation_scope(at(10, 30)), school.lincoln.pk)
    assert mailed(10, 30) == 1
    name = school.students["Abara"].given_name
    assert subjects(server)[2:] == [("rosa@example.org", f"{name} was in class after all on Tuesday, October 27")]
    marked(school, "1", Grant="absent")
    assert mailed(11) == 0


def test_RD62_at_18_the_student_is_told_alone_and_who_has_nobody_in_person(school: World, server: MailServer) -> None:
    mother(school, "Abara")
    grown, alone = school.students["Abara"], school.students["Grant"]
    Student.objects.filter(pk=grown.pk).update(birth_date=date(2002, 10, 27))
    for student, person in ((grown, "osei"), (alone, "park")):
        account(school, school.users[person], student=student)
    marked(school, "1", Abara="absent", Grant="absent")
    mailed(10)
    assert sorted(to for to, _ in subjects(server)) == ["osei@magnolia.example", "park@magnolia.example"]


def test_the_policy_says_whether_and_from_when_and_quiet_hours_hold(school: World, server: MailServer) -> None:
    policy = AlertPolicy.objects.create(
        starts_on=TODAY,
        told_from=time(11),
        quiet_from=time(10, 30),
        quiet_until=time(13),
        entered_by_id=school.users["okafor"].pk,
        entered_at=NOW,
    )
    mother(school, "Abara")
    marked(school, "1", Abara="absent")
    assert (mailed(12, 59), mailed(13)) == (0, 1)
    policy.is_on = False
    policy.save()
    marked(school, "2", Grant="absent")
    assert Message.objects.count() == 1


def test_whoever_opted_out_is_told_no_more_until_taken_back(school: World, server: MailServer) -> None:
    rosa = mother(school, "Abara")
    father = mother(school, "Abara", "father@example.org")
    stop(installation_scope(at(7)), Reader(MailTopic.ABSENCES, guardian_id=rosa.pk), by="link")
    marked(school, "1", Abara="absent")
    stop(installation_scope(at(9)), Reader(MailTopic.ABSENCES, guardian_id=father.pk), by="mail_program")
    assert (mailed(10), server.letters) == (1, [])
    resume(installation_scope(at(10)), Reader(MailTopic.ABSENCES, guardian_id=rosa.pk))
    look_at_school(installation_scope(at(10)), school.lincoln.pk)
    assert (mailed(10), [to for to, _ in subjects(server)]) == (1, ["rosa@example.org"])
    [letter] = server.letters
    token = token_of(Reader(MailTopic.ABSENCES, guardian_id=rosa.pk))
    assert letter["List-Unsubscribe"].strip() == f"<http://localhost:8000/unsubscribe/{token}/>"
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert OptOut.objects.filter(ended_at__isnull=True).count() == 1


def test_each_is_written_in_the_language_of_who_reads_it(school: World, server: MailServer) -> None:
    for language, address in (("es", "es@example.org"), ("ht", "ht@example.org"), ("vi", "vi@example.org")):
        person = mother(school, "Abara", address)
        person.language = language
        person.save()
    marked(school, "1", Abara="absent")
    mailed(10)
    said = {letter["To"]: letter["Subject"] for letter in server.letters}
    assert "martes 27 de octubre" in said["es@example.org"]
    assert "madi 27 oktòb" in said["ht@example.org"]
    assert ABSENT in said["vi@example.org"]
    assert set(Message.objects.values_list("language", flat=True)) == {"es", "ht", "en"}


def test_a_look_asks_as_often_for_six_families_as_for_one(school: World) -> None:
    def statements(hour: int) -> int:
        Message.objects.filter(state="waiting").update(state="dropped", settled_at=at(hour), problem="No.")
        with CaptureQueriesContext(connection) as asked:
            look_at_school(installation_scope(at(hour)), school.lincoln.pk)
        return len(asked)

    names = [name for name in school.students if name.isalpha() and name != "Shah"][:6]
    for name in names:
        who = joined(school, mother(school, name, f"{name}@example.org"), name)
        chosen(who, school, name, "class_absence", "tardy")
    marked(school, "1", **{names[0]: "absent"})
    one = statements(8)
    marked(school, "2", **dict.fromkeys(names, "absent"))
    assert statements(9) == one
    assert Message.objects.filter(kind="absence").count() == 1
    assert Message.objects.filter(kind="class_absence").count() == 7
