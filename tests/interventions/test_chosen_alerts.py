"""What an account asked for besides: each thing once, at once or in the day's mail, and only while it is so."""

from collections.abc import Iterator
from datetime import date, time, timedelta

import pytest

from attendance.services.excuse_decisions import decide_excuse
from interventions.models import AlertTiming, Crossing, MailTopic, Message
from interventions.services.alerts import look_at_school
from interventions.services.messages import send_waiting
from interventions.services.opt_outs import Reader, stop
from students.access import installation_scope
from students.models import GuardianLink
from tests.attendance.acts import excuse, open_both_schools
from tests.interventions.alerting import chosen, joined, mailed, marked, mother, states, subjects
from tests.mail_server import MailServer, mail_server
from tests.world import NOW, TODAY, YESTERDAY, World, at


@pytest.fixture
def server(settings) -> Iterator[MailServer]:
    with mail_server(settings) as running:
        yield running


@pytest.fixture
def school(world: World) -> World:
    return open_both_schools(world)


def look(world: World, hour: int, minute: int = 0) -> None:
    look_at_school(installation_scope(at(hour, minute)), world.lincoln.pk)


def texts(server: MailServer) -> str:
    return "\n".join(letter.get_content() for letter in server.letters)


def test_a_class_missed_is_told_at_once_and_not_again_within_the_whole_day(school: World, server: MailServer) -> None:
    rosa = joined(school, mother(school, "Abara"))
    chosen(rosa, school, "Abara", "class_absence")
    mother(school, "Grant", "grant@example.org")
    marked(school, "1", Abara="absent", Grant="absent")
    assert mailed(8, 31) == 1
    [(to, subject)] = subjects(server)
    assert (to, subject) == ("rosa@example.org", f"{name(school)} was absent from a class on Tuesday, October 27")
    assert mailed(10) == 2
    marked(school, "2", Abara="absent")
    assert (mailed(10, 30), len(server.letters)) == (1, 3)
    assert states("class_absence") == [("sent", ""), ("dropped", "It is no longer so.")]


def test_nobody_is_told_of_what_was_explained_withdrawn_or_is_not_theirs_any_more(
    school: World, server: MailServer
) -> None:
    person = mother(school, "Abara")
    rosa = joined(school, person)
    chosen(rosa, school, "Abara", "class_absence", "tardy", "undetermined", "threshold", "document")
    excuse(school, "Abara", TODAY)
    marked(school, "1", Abara="absent")
    assert not Message.objects.exists()
    GuardianLink.objects.filter(guardian=person).update(may_access=False)
    crossed(school, "Abara")
    look(school, 9)
    assert not Message.objects.exists()
    GuardianLink.objects.filter(guardian=person).update(may_access=True)
    look(school, 9)
    Crossing.objects.update(withdrawn_at=NOW, withdrawn_absences=4)
    assert (mailed(9), states("threshold"), server.letters) == (1, [("dropped", "It is no longer so.")], [])


def test_absences_that_add_up_decisions_and_classes_not_entered_are_told_in_plain_words(
    school: World, server: MailServer
) -> None:
    rosa = joined(school, mother(school, "Abara"))
    chosen(rosa, school, "Abara", "undetermined", "threshold", "document")
    crossed(school, "Abara")
    entered = excuse(school, "Abara", YESTERDAY)
    decide_excuse(school.scope("okafor"), entered.pk, decision="refused", reason="Not a doctor")
    look(school, 17, 59)
    assert mailed(17, 59) == 2
    look(school, 18)
    look(school, 18, 3)
    assert mailed(18, 3) == 1
    said = texts(server)
    assert "has now been absent on 6 school days this year" in said
    assert "has not accepted the excuse" in said
    assert "Not a doctor" not in said
    assert "This is not an absence." in said
    assert "tier" not in said.lower()


def test_the_days_mail_says_everything_once_at_its_hour_and_nothing_without_news(
    school: World, server: MailServer
) -> None:
    rosa = joined(school, mother(school, "Abara"))
    mother_of_two(school, rosa)
    for child in ("Abara", "Grant"):
        chosen(rosa, school, child, "class_absence", "tardy")
    AlertTiming.objects.create(account=rosa, digest_at=time(16))
    marked(school, "1", Abara="absent", Grant="absent")
    marked(school, "2", Abara="absent", Grant="absent")
    marked(school, "1", Grant="present", Abara="absent")
    # The whole day is told at once all the same: Grant missed one class of two.
    assert sent_at(10, server) == [("rosa@example.org", f"{name(school)} was marked absent on Tuesday, October 27")]
    marked(school, "2", Abara="present", Grant="absent")
    assert mailed(15, 59) == 1
    before = len(server.letters)
    assert mailed(16) == 1
    [letter] = server.letters[before:]
    assert letter["Subject"] == "Attendance: your daily summary"
    assert name(school, "Grant") in letter.get_content()
    assert letter.get_content().count("9:00 a.m.") == 1
    assert Message.objects.get(kind="digest").text.strip() == letter.get_content().replace("\r\n", "\n").strip()
    assert mailed(23) == 0
    tomorrow = installation_scope(at(16, 30, TODAY + timedelta(days=2)))
    assert (send_waiting(tomorrow), len(server.letters)) == (0, before + 1)


def test_a_days_mail_that_was_put_off_keeps_what_it_took_along(school: World, server: MailServer) -> None:
    rosa = joined(school, mother(school, "Abara"))
    chosen(rosa, school, "Abara", "class_absence", digest_at=time(9))
    marked(school, "1", Abara="absent")
    server.of_letters["rosa@example.org"] = "451 Later"
    assert mailed(9) == 1
    server.of_letters.clear()
    assert mailed(9, 1) == 1
    assert "8:00 a.m." in texts(server)
    assert states("class_absence") == [("dropped", "In the day’s mail.")]


def test_quiet_hours_hold_and_who_stopped_these_still_hears_of_the_day(school: World, server: MailServer) -> None:
    rosa = joined(school, mother(school, "Abara"))
    chosen(rosa, school, "Abara", "class_absence", quiet_from=time(8), quiet_until=time(12))
    marked(school, "1", Abara="absent")
    assert (mailed(11, 59), mailed(12)) == (0, 2)
    stop(installation_scope(at(12)), Reader(MailTopic.ALERTS, guardian_id=rosa.guardian_id), by="page")
    marked(school, "2", Abara="absent")
    assert (mailed(13), len(Message.objects.filter(state="sent"))) == (0, len(server.letters))
    assert {subject for _, subject in subjects(server)} >= {f"{name(school)} was marked absent on Tuesday, October 27"}


def sent_at(hour: int, server: MailServer) -> list[tuple[str, str]]:
    before = len(server.letters)
    mailed(hour)
    return subjects(server)[before:]


def name(world: World, family: str = "Abara") -> str:
    return world.students[family].given_name


def mother_of_two(world: World, rosa) -> None:
    first = GuardianLink.objects.get(guardian=rosa.guardian)
    first.pk, first.student = None, world.students["Grant"]
    first.save()


def crossed(world: World, family: str) -> None:
    facts = {"student": world.students[family], "year": world.year, "tier": 2, "ground": "count", "absences": 6}
    Crossing.objects.create(**facts, crossed_on=date(2020, 10, 26), acts_on=date(2020, 10, 26), noticed_at=at(8))
