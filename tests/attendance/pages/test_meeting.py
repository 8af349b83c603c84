"""The marking page, as a plain form. The clock stands at Tuesday 27 October 2020, 10:00; period 3 has just begun."""

import re
from uuid import uuid4

import pytest
from django.contrib.messages import get_messages
from django.db import connection
from django.test.utils import CaptureQueriesContext

from attendance.models import CalendarDay, ClassMeeting, Mark, ModeAssignment, Submission
from attendance.services.voiding import void_meeting
from students import clock
from tests.attendance.acts import meeting_of, take
from tests.attendance.pages.visitors import client_of, names, posted
from tests.world import TODAY, YESTERDAY, World, add_student, at, put_on_roster


@pytest.fixture
def days(opened_world: World) -> World:
    return opened_world


def path(meeting: ClassMeeting) -> str:
    return f"/meetings/{meeting.pk}/"


def text_of(response) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def row(response, world: World, name: str):
    return next(each for each in response.context["rows"] if each.student_id == world.students[name].pk)


def test_MS06_the_head_says_how_many_minutes_are_needed_and_everybody_is_unmarked(days):
    response = client_of(days, "whitfield").get(path(meeting_of(days, "3", TODAY)))
    assert "10:00 to 10:55 55 minutes , 35 needed 9 on the roster" in text_of(response)
    assert {each.status for each in response.context["rows"]} == {""}
    assert "checked" not in response.content.decode()


def test_a_class_is_saved_and_today_says_what_was_saved(days):
    meeting = meeting_of(days, "3", TODAY)
    form = posted(days, Castillo="tardy 14", Grant="left_early 10:30", Hollis="absent")
    response = client_of(days, "whitfield").post(path(meeting), form)
    assert response.url == "/today/"
    assert [str(each) for each in get_messages(response.wsgi_request)] == [
        "Algebra I, period 3 saved: 6 present, 1 tardy, 1 left early, 1 absent."
    ]
    minutes = dict(Mark.objects.filter(meeting=meeting).values_list("student__family_name", "minutes_attended"))
    assert (minutes["Castillo"], minutes["Grant"], minutes["Hollis"], minutes["Abara"]) == (41, 30, 0, 55)


def test_a_save_with_anyone_unmarked_is_refused_by_name_and_keeps_what_was_entered(days):
    meeting = meeting_of(days, "3", TODAY)
    response = client_of(days, "whitfield").post(path(meeting), posted(days, Castillo="tardy 14", Hollis=""))
    assert response.status_code == 422
    assert "Hollis, Wade is not marked" in text_of(response)
    assert row(response, days, "Hollis").problem
    assert row(response, days, "Castillo").detail == "14"
    assert not Mark.objects.exists()


def test_without_javascript_the_remaining_are_filled_and_nothing_is_saved(days):
    meeting = meeting_of(days, "3", TODAY)
    form = posted(days, rest="", Hollis="absent") | {"remaining": "1"}
    response = client_of(days, "whitfield").post(path(meeting), form)
    assert response.status_code == 200
    assert [each.status for each in response.context["rows"]].count("present") == 8
    assert row(response, days, "Hollis").status == "absent"
    assert not Mark.objects.exists()


def test_the_page_shows_a_mark_that_counts_as_absent_under_the_name(days):
    form = posted(days, rest="", Grant="tardy 22", Castillo="tardy 20") | {"remaining": "1"}
    response = client_of(days, "whitfield").post(path(meeting_of(days, "3", TODAY)), form)
    assert row(response, days, "Grant").hint == "22 min late · counts as absent, 35 needed"
    assert row(response, days, "Castillo").hint == "20 min late"


def test_what_cannot_be_read_is_said_on_its_line(days):
    form = posted(days, Castillo="tardy soon", Grant="tardy 7:15")
    response = client_of(days, "whitfield").post(path(meeting_of(days, "3", TODAY)), form)
    assert response.status_code == 422
    assert "neither a time from 10:00 to 10:55 nor minutes up to 55" in row(response, days, "Castillo").problem
    assert row(response, days, "Grant").problem
    assert not Mark.objects.exists()


def test_RD05_a_tardy_without_a_time_takes_the_instant_of_saving(days):
    meeting = meeting_of(days, "3", TODAY)
    with clock.stopped_at(at(10, 12)):
        client_of(days, "whitfield").post(path(meeting), posted(days, Castillo="tardy"))
    assert Mark.objects.get(meeting=meeting, student=days.students["Castillo"]).minutes_attended == 43


def test_the_same_submission_sent_twice_saves_once_and_says_so_both_times(days):
    meeting, client, form = meeting_of(days, "3", TODAY), client_of(days, "whitfield"), posted(days)
    assert [client.post(path(meeting), form).status_code for _ in range(2)] == [302, 302]
    assert Submission.objects.count() == 1


def test_a_sent_form_changed_and_sent_again_tells_what_stands(days):
    meeting, client, form = meeting_of(days, "3", TODAY), client_of(days, "whitfield"), posted(days)
    client.post(path(meeting), form)
    response = client.post(path(meeting), form | {f"mark-{days.students['Hollis'].pk}": "absent"})
    assert str(list(get_messages(response.wsgi_request))[-1]) == "Algebra I, period 3 saved: 9 present."


def test_every_page_has_a_submission_id_of_its_own(days):
    client = client_of(days, "whitfield")
    pages = [client.get(path(meeting_of(days, "3", TODAY))).context["form"].submission_id for _ in range(2)]
    assert pages[0] != pages[1]


def test_a_stale_page_shows_what_the_other_person_saved_and_a_second_save_is_taken(days):
    form = posted(days, Hollis="absent")
    meeting = take(days, "3", TODAY, by="okafor", Castillo="absent")
    client = client_of(days, "whitfield")
    response = client.post(path(meeting), form)
    assert response.status_code == 409
    assert row(response, days, "Castillo").theirs == "Grace Okafor saved at 5:00 pm: Absent"
    assert row(response, days, "Castillo").status == "present"
    assert row(response, days, "Hollis").theirs == "Grace Okafor saved at 5:00 pm: Present"
    assert not row(response, days, "Abara").theirs
    assert Mark.objects.get(meeting=meeting, student=days.students["Castillo"]).status == "absent"
    second = form | {"version": response.context["form"].version, "submission_id": str(uuid4())}
    assert client.post(path(meeting), second).status_code == 302
    assert Mark.objects.get(meeting=meeting, student=days.students["Castillo"]).status == "present"


def test_a_taken_class_opens_with_what_is_saved(days):
    meeting = meeting_of(days, "3", TODAY)
    client = client_of(days, "whitfield")
    client.post(path(meeting), posted(days, Castillo="tardy 14", Grant="left_early 10:30"))
    response = client.get(path(meeting))
    assert (row(response, days, "Castillo").status, row(response, days, "Castillo").detail) == ("tardy", "14")
    assert (row(response, days, "Grant").detail, row(response, days, "Grant").minutes) == ("10:30", 30)
    assert row(response, days, "Abara").status == "present"


def test_a_correction_of_an_earlier_day_asks_why_and_the_history_tells_it(days):
    meeting, client = take(days, "3", YESTERDAY, Castillo="absent"), client_of(days, "whitfield")
    page = client.get(path(meeting))
    assert "Why is it corrected?" in text_of(page)
    without = client.post(path(meeting), posted(days, version=1))
    assert without.status_code == 422
    assert "Say why you correct it" in text_of(without)
    with_reason = client.post(path(meeting), posted(days, version=1) | {"reason": "Was at the nurse"})
    assert with_reason.url == "/today/?on=2020-10-26"
    history = text_of(client.get(path(meeting)))
    assert "1 correction" in history
    assert "Castillo, Mateo Absent Present Rosa Whitfield Oct 27, 10:00 am Was at the nurse" in history


def test_the_history_names_each_who_changed_a_mark_in_turn(days):
    meeting = take(days, "3", TODAY, Castillo="absent")
    client_of(days, "okafor").post(path(meeting), posted(days, version=1, Castillo="tardy 14"))
    client_of(days, "whitfield").post(path(meeting), posted(days, version=2))
    history = client_of(days, "whitfield").get(path(meeting)).context["history"]
    assert [(was, became, change.by) for change, was, became in history] == [
        ("Tardy, 41 min", "Present", "Rosa Whitfield"),
        ("Absent", "Tardy, 41 min", "Grace Okafor"),
    ]


def test_anothers_class_does_not_exist(days):
    meeting = meeting_of(days, "3", TODAY)
    assert client_of(days, "park").get(path(meeting)).status_code == 404
    assert client_of(days, "park").post(path(meeting), posted(days)).status_code == 404
    assert client_of(days, "lindqvist").get(path(meeting)).status_code == 404
    assert not Mark.objects.exists()


def test_an_administrator_marks_on_behalf_of_the_teacher_and_the_page_says_so(days):
    response = client_of(days, "okafor").get(path(meeting_of(days, "3", TODAY)))
    assert "on behalf of Rosa Whitfield" in text_of(response)
    assert "on behalf" not in text_of(client_of(days, "whitfield").get(path(meeting_of(days, "3", TODAY))))


def test_a_class_that_has_not_come_yet_says_from_when_and_offers_no_form(days):
    meeting = meeting_of(days, "6", TODAY)
    client = client_of(days, "whitfield")
    response = client.get(path(meeting))
    assert "can be marked from 1:25 pm" in text_of(response)
    assert '<form method="post" class="marking"' not in response.content.decode()
    refused = client.post(path(meeting), posted(days))
    assert refused.status_code == 422
    assert "can be marked from 1:25 pm" in text_of(refused)


def test_a_day_out_of_session_says_so(days):
    meeting = meeting_of(days, "3", YESTERDAY)
    CalendarDay.objects.filter(school=days.lincoln, date=YESTERDAY).update(event_type="ED", bell_schedule=None)
    client = client_of(days, "whitfield")
    assert "not in session" in text_of(client.get(path(meeting)))
    assert client.post(path(meeting), posted(days)).status_code == 422


def test_a_void_class_says_who_voided_it_and_why_and_takes_no_marks(days):
    meeting = meeting_of(days, "3", TODAY)
    void_meeting(days.scope("okafor"), meeting.pk, reason="Fire drill")
    client = client_of(days, "whitfield")
    text = text_of(client.get(path(meeting)))
    assert "Void, by Grace Okafor" in text
    assert "Fire drill" in text
    assert client.post(path(meeting), posted(days, version=1)).status_code == 422


def test_a_student_who_is_not_on_the_roster_is_refused(days):
    stranger = days.students["Shah"].pk
    form = posted(days) | {f"mark-{stranger}": "present"}
    response = client_of(days, "whitfield").post(path(meeting_of(days, "3", TODAY)), form)
    assert response.status_code == 422
    assert "not on the roster" in text_of(response)


def test_RD60_a_quarantined_student_is_online_until_a_date_and_no_more(days):
    nguyen = days.students["Nguyen"]
    ModeAssignment.objects.create(
        student=nguyen, mode="sync_online", starts_on=YESTERDAY, ends_on="2020-11-24", reason="quarantine"
    )
    response = client_of(days, "whitfield").get(path(meeting_of(days, "3", TODAY)))
    assert row(response, days, "Nguyen").note == "online until Nov 24"
    assert "quarantine" not in response.content.decode()


def test_a_plan_by_weekdays_is_told_on_its_days_alone(days):
    nguyen = days.students["Nguyen"]
    ModeAssignment.objects.create(student=nguyen, mode="sync_online", starts_on=YESTERDAY, weekdays=[1, 3])
    client = client_of(days, "whitfield")
    assert row(client.get(path(meeting_of(days, "3", TODAY))), days, "Nguyen").note == "online"
    assert row(client.get(path(meeting_of(days, "3", YESTERDAY))), days, "Nguyen").note == ""


def test_the_statements_do_not_grow_with_the_class_or_its_history(days):
    meeting, client = take(days, "3", TODAY, Castillo="absent"), client_of(days, "whitfield")
    client.post(path(meeting), posted(days, version=1))

    def statements() -> int:
        with CaptureQueriesContext(connection) as captured:
            client.get(path(meeting))
        return len(captured)

    before = statements()
    for number in range(20):
        put_on_roster(add_student(days, f"Extra{number} Kid", f"4000000{number:02}", days.lincoln), days.sections["3"])
    client.post(path(meeting), posted(days, version=2, Abara="absent", Grant="absent"))
    assert len(names(days)) == 29
    assert statements() == before
    assert before <= 17


def test_a_broken_form_reads_as_a_stale_one_and_writes_nothing(days):
    form = posted(days) | {"version": "x", "submission_id": "y"}
    response = client_of(days, "whitfield").post(path(meeting_of(days, "3", TODAY)), form)
    assert response.status_code == 409
    assert not Mark.objects.exists()
