"""“My child was there”: a family asks, the teacher of the class or the office answers."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from attendance.models import CorrectionRequest, Mark
from attendance.rules.family_request import DAYS_BACK, MOST_OPEN
from attendance.selectors.correction_requests import corrections_page, request_list, request_page
from attendance.services.correction_requests import Doubt, answer_correction, ask_correction
from attendance.signals import family_answered
from students.refusals import NotInScope, Refused, Stale
from tests.attendance.acts import meeting_of, take, void
from tests.attendance.families.kin import parent
from tests.attendance.pages.visitors import client_of
from tests.world import TODAY, YESTERDAY, World, at

WHY = "She has her worksheet of that hour."


@pytest.fixture
def home(opened_world: World) -> World:
    """Ana and Bo are Chidi Abara's parents, Kim is Tasha Grant's mother; Chidi was marked absent from period 1."""
    for given, *names in (("Ana", "Abara"), ("Bo", "Abara"), ("Kim", "Grant")):
        parent(opened_world, given, *names)
    take(opened_world, "1", Abara="absent")
    return opened_world


def ask(world: World, who: str = "ana", period: str | None = "1", day: date = YESTERDAY, **more) -> CorrectionRequest:
    meeting = meeting_of(world, period, day).pk if period else None
    given = {"submission_id": uuid4(), **more}
    words = given.pop("words", WHY)
    return ask_correction(world.scope(who), world.students["Abara"].pk, Doubt(day, meeting, words), **given)


def correct(world: World) -> None:
    take(world, "1", reason="She sat in the back.")


def test_a_request_opens_a_task_for_the_teacher_of_the_class_and_for_the_office_alone(home: World) -> None:
    asked = ask(home)
    for who in ("whitfield", "mayfield", "okafor", "reyes"):
        assert [each.id for each in request_list(home.scope(who)).lines] == [asked.pk], who
        assert request_page(home.scope(who), asked.pk).line.words == WHY
    for who in ("park", "lindqvist", "tran", "osei", "ana", "kim"):
        assert not request_list(home.scope(who)).lines, who
        with pytest.raises(NotInScope):
            request_page(home.scope(who), asked.pk)
        with pytest.raises(NotInScope):
            answer_correction(home.scope(who), asked.pk, answer="stands", words="No.")


def test_RD62_another_familys_child_is_not_asked_about(home: World) -> None:
    with pytest.raises(NotInScope):
        ask(home, "kim")
    with pytest.raises(NotInScope):
        corrections_page(home.scope("kim"), home.students["Abara"].pk)


def test_sent_twice_it_is_asked_once_and_of_two_guardians_the_first(home: World) -> None:
    submission = uuid4()
    assert {ask(home, submission_id=submission).pk for _ in "ab"} == {CorrectionRequest.objects.get().pk}
    with pytest.raises(Refused, match="asked about this already"):
        ask(home, "bo")
    # The other guardian sees that it is asked, and not in which words.
    page = corrections_page(home.scope("bo"), home.students["Abara"].pk)
    assert ([each.is_asked for each in page.askable], page.lines) == ([True], [])


def test_corrected_is_said_only_of_a_mark_that_is_another_now(home: World) -> None:
    asked = ask(home)
    teacher = home.scope("whitfield", at(17))
    with pytest.raises(Refused, match="still stands"):
        answer_correction(teacher, asked.pk, answer="corrected", words="Sorry!")
    correct(home)
    heard: list[dict] = []
    listen = lambda **told: heard.append(told)  # noqa: E731
    family_answered.connect(listen)
    for _ in range(2):
        answer_correction(teacher, asked.pk, answer="corrected", words="Sorry!")
    family_answered.disconnect(listen)
    assert [(each["kind"], each["about_id"]) for each in heard] == [("correction", asked.pk)]
    page = corrections_page(home.scope("ana"), home.students["Abara"].pk)
    [line] = page.lines
    assert (line.answer, line.answer_words, line.answered_by, page.askable) == ("corrected", "Sorry!", "", [])
    with pytest.raises(Stale):
        answer_correction(home.scope("mayfield"), asked.pk, answer="stands", words="No.")


def test_a_void_class_is_corrected_too_and_what_stands_is_answered_with_a_reason(home: World) -> None:
    asked = ask(home)
    with pytest.raises(Refused, match="a sentence"):
        answer_correction(home.scope("mayfield"), asked.pk, answer="stands", words=" ")
    with pytest.raises(Refused, match="whether"):
        answer_correction(home.scope("mayfield"), asked.pk, answer="", words="No.")
    void(home, "1")
    answer_correction(home.scope("mayfield"), asked.pk, answer="corrected", words="The class was not held.")
    take(home, "2", Abara="absent")
    again = ask(home, period="2")
    before = list(Mark.objects.values())
    answer_correction(home.scope("whitfield"), again.pk, answer="stands", words="Two of us saw the empty seat.")
    assert list(Mark.objects.values()) == before
    # Answered, it may be asked once more.
    assert ask(home, period="2").pk != again.pk


def test_a_whole_day_is_asked_of_the_office(home: World) -> None:
    for period in "23456":
        take(home, period, Abara="absent")
    asked = ask(home, period=None)
    assert [each.id for each in request_list(home.scope("mayfield")).lines] == [asked.pk]
    assert not request_list(home.scope("whitfield")).lines
    with pytest.raises(Refused, match="day still stands"):
        answer_correction(home.scope("mayfield"), asked.pk, answer="corrected", words="Done.")


def test_what_is_present_or_too_long_ago_cannot_be_asked_about(home: World) -> None:
    take(home, "3")
    with pytest.raises(Refused, match="Nothing to correct"):
        ask(home, period="3")
    abara = home.students["Abara"].pk
    for days, found in ((DAYS_BACK, 1), (DAYS_BACK + 1, 0)):
        later = home.scope("ana", at(10, day=YESTERDAY + timedelta(days=days)))
        assert len(corrections_page(later, abara).askable) == found
    with pytest.raises(Refused, match="say why"):
        ask(home, words="  ")


def test_a_family_waits_for_answers_before_it_asks_on_and_on(home: World) -> None:
    for period in "23456":
        take(home, period, Abara="absent")
    for period in "12345"[:MOST_OPEN]:
        ask(home, period=period)
    with pytest.raises(Refused, match="wait for"):
        ask(home, period="6")


def test_the_pages_from_the_familys_question_to_its_answer(home: World) -> None:
    mother, teacher = client_of(home, "ana"), client_of(home, "whitfield")
    path = f"/family/{home.students['Abara'].pk}/corrections/"
    meeting = meeting_of(home, "1").pk
    assert "Algebra I" in mother.get(f"{path}?on={YESTERDAY}").content.decode()
    sent = {"submission_id": str(uuid4()), "about": f"{meeting}/{YESTERDAY}", "words": WHY}
    assert mother.post(path, sent | {"words": ""}).status_code == 422
    assert mother.post(path, sent | {"about": "x"}).status_code == 422
    assert mother.post(path, sent).url == path
    assert "1 request" in teacher.get("/today/").content.decode()
    asked = CorrectionRequest.objects.get()
    page = teacher.get(f"/corrections/{asked.pk}/").content.decode()
    assert (WHY in page, f"/meetings/{meeting}/" in page) == (True, True)
    refused = teacher.post(f"/corrections/{asked.pk}/", {"answer": "corrected", "words": "Sorry!"})
    assert (refused.status_code, "still stands" in refused.content.decode()) == (422, True)
    correct(home)
    answered = teacher.post(f"/corrections/{asked.pk}/", {"answer": "corrected", "words": "Sorry!"})
    assert answered.url == "/corrections/"
    assert "Sorry!" in mother.get(path).content.decode()
    assert "1 request" not in teacher.get("/today/").content.decode()
    assert teacher.post(f"/corrections/{asked.pk}/", {"answer": "stands", "words": "No."}).status_code == 409
    for who in ("kim", "park"):
        stranger = client_of(home, who)
        assert (stranger.get(path).status_code, stranger.get(f"/corrections/{asked.pk}/").status_code) == (404, 404)


def test_the_list_asks_as_much_for_many_requests_as_for_one(home: World) -> None:
    clerk = client_of(home, "mayfield")

    def asked() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert clerk.get("/corrections/").status_code == 200
        return len(asked)

    ask(home)
    one = asked()
    for period in "23":
        take(home, period, Abara="absent", day=TODAY)
        ask(home, period=period, day=TODAY)
    assert asked() == one
