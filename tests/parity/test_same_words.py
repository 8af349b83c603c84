"""The same forbidden act by page and by program, and by command where there is one: refused with the same words.

Each face calls the one service of the act, so this holds that none of them grows a rule, or words, of its own.
"""

import html
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import pytest
from django.http import HttpResponse

from attendance.models import CalendarDay, ClassMeeting, Excuse, Mark
from students import clock
from students.refusals import NOT_HERE
from tests.api.callers import caller_of
from tests.attendance.acts import excuse, meeting_of, take, void
from tests.attendance.pages.visitors import client_of, names, posted
from tests.world import NOW, TODAY, YESTERDAY, World, at

STALE = "Somebody else saved this class since you opened it. Nothing of yours was saved yet."


@dataclass(frozen=True)
class Act:
    """Something forbidden: who tries it by which faces, the answer of each, and the words that all of them say."""

    words: str
    by: str
    page: Callable[[World], tuple[str, dict[str, Any]]]
    api: Callable[[World], tuple[str, str, dict[str, Any]]]
    status: int
    before: Callable[[World], object] = lambda world: None
    now: Any = NOW


def sent(world: World, version: int = 0, rest: str = "present", **marks: dict[str, Any] | str) -> dict[str, Any]:
    """A class as a program sends it."""
    made = []
    for name, student_id in names(world).items():
        said = marks.get(name, rest)
        if said:
            made.append({"student_id": student_id} | ({"status": said} if isinstance(said, str) else said))
    return {"submission_id": str(uuid4()), "version": version, "marks": made}


def marking(
    words: str,
    *,
    period: str = "3",
    day: Any = TODAY,
    form: dict[str, str] | None = None,
    body: dict[str, Any] | None = None,
    version: int = 0,
    status: int = 422,
    **act: Any,
) -> Act:
    """A save of a class that is refused."""
    return Act(
        words,
        act.pop("by", "whitfield"),
        lambda world: (f"/meetings/{meeting_of(world, period, day).pk}/", posted(world, version, **(form or {}))),
        lambda world: (
            "PUT",
            f"/class-meetings/{meeting_of(world, period, day).pk}/marks/",
            sent(world, version, **(body or {})),
        ),
        status,
        **act,
    )


def stranger(world: World) -> tuple[str, dict[str, Any]]:
    meeting = meeting_of(world, "3", TODAY)
    return f"/meetings/{meeting.pk}/", posted(world) | {f"mark-{world.students['Shah'].pk}": "present"}


def strange_body(world: World) -> tuple[str, str, dict[str, Any]]:
    body = sent(world)
    body["marks"].append({"student_id": world.students["Shah"].pk, "status": "present"})
    return "PUT", f"/class-meetings/{meeting_of(world, '3', TODAY).pk}/marks/", body


def voiding(words: str, by: str, status: int, *, day: Any = TODAY, period: str = "3", **act: Any) -> Act:
    """A class that somebody may not void."""
    return Act(
        words,
        by,
        lambda world: (f"/meetings/{meeting_of(world, period, day).pk}/void/", {"reason": "Fire drill"}),
        lambda world: ("POST", f"/class-meetings/{meeting_of(world, period, day).pk}/void/", {"reason": "Fire drill"}),
        status,
        **act,
    )


def excusing(words: str, by: str, status: int, **given: Any) -> Act:
    """An excuse that somebody may not enter."""
    said = {"starts_on": YESTERDAY, "ends_on": YESTERDAY, "reason": "illness", "document_kind": "none"} | given
    body = {name: str(value) for name, value in said.items()}
    return Act(
        words,
        by,
        lambda world: (
            f"/students/{world.students['Castillo'].pk}/days/{YESTERDAY}/",
            body | {"submission_id": str(uuid4())},
        ),
        lambda world: (
            "POST",
            f"/students/{world.students['Castillo'].pk}/excuses/",
            body | {"submission_id": str(uuid4())},
        ),
        status,
    )


def deciding(words: str, by: str, status: int, **given: Any) -> Act:
    """A decision on a parent's note for illness that somebody may not make."""
    said = {"decision": "pending", "reason": "It was genuine.", "seen": ""} | given
    return Act(
        words,
        by,
        lambda world: (f"/excuses/{Excuse.objects.get().pk}/decision/", said),
        lambda world: ("POST", f"/excuses/{Excuse.objects.get().pk}/decision/", said),
        status,
        before=lambda world: excuse(world, "Castillo", document_kind="parent_note"),
    )


def withdrawal(world: World) -> str:
    return f"/students/{world.students['Castillo'].pk}/days/{YESTERDAY}/excuses/{Excuse.objects.get().pk}/withdraw/"


def no_school(world: World) -> None:
    CalendarDay.objects.filter(school=world.lincoln, date=TODAY).update(event_type="ED", bell_schedule=None)


def somebody_else(world: World) -> None:
    take(world, "3", TODAY, by="okafor")


ACTS = {
    "marking a class of the other school": marking(NOT_HERE, by="park", status=404),
    "marking a class of the other school as its administrator": marking(NOT_HERE, by="lindqvist", status=404),
    "marking a class that one may only read": marking(
        "Only the teacher of this class and the office of its school mark it.", by="osei", status=403
    ),
    "leaving somebody unmarked": marking(
        "Nothing was saved. Hollis, Wade is not marked.", form={"Hollis": ""}, body={"Hollis": ""}
    ),
    "a tardy without a time when no class is on": marking(
        "Nothing was saved. Hollis, Wade is tardy: give the time of arrival or the minutes.",
        form={"Hollis": "tardy"},
        body={"Hollis": "tardy"},
        now=at(15),
    ),
    "saving what somebody else saved since": marking(STALE, status=409, before=somebody_else),
    "a student who is not on the roster": Act(
        "A student in this form is not on the roster of this class on this day. Open the class again.",
        "whitfield",
        stranger,
        strange_body,
        422,
    ),
    "a class before it opens": marking(
        "This class can be marked from 1:25 pm, ten minutes before it starts.", period="6"
    ),
    "a class of a day out of session": marking(
        "School is not in session on this day, so there is no class to mark.", before=no_school
    ),
    "a class that is void": marking(
        "This class is void: Fire drill. An administrator can restore it.",
        version=1,
        before=lambda world: void(world, "3", TODAY),
    ),
    "correcting an earlier day without saying why": marking(
        "This class was taken on an earlier day. Say why you correct it.",
        day=YESTERDAY,
        version=1,
        before=lambda world: take(world, "3", YESTERDAY),
    ),
    "voiding a class as its teacher": voiding(
        "Only an administrator of the school can void a class.", "whitfield", 403
    ),
    "voiding a class of the other school": voiding(NOT_HERE, "lindqvist", 404),
    "an excuse by a teacher": excusing(
        "Only the office of the student’s school on these days keeps excuses.", "whitfield", 403
    ),
    "an excuse of the other school": excusing(NOT_HERE, "lindqvist", 404),
    "a document seen on a day to come": excusing(
        "The document cannot have been seen on a day to come.",
        "okafor",
        422,
        document_kind="medical",
        document_seen_on="2020-10-28",
    ),
    "an excuse that ends before it starts": excusing(
        "The excuse ends before it starts.", "okafor", 422, ends_on="2020-10-25"
    ),
    "an excuse of more than a year": excusing(
        "The excuse is longer than a year. Check its last day.", "okafor", 422, ends_on="2022-01-01"
    ),
    "accepting a parent's note for illness": deciding(
        "A parent’s note does not excuse an absence for illness (MS-34).", "mayfield", 422, decision="accepted"
    ),
    "deciding as a nurse": deciding(
        "Only the office of the student’s school on these days keeps excuses.", "tran", 403, decision="refused"
    ),
    "deciding what somebody else has decided": deciding(
        "Somebody else has decided this excuse since (No decision). Look again.", "mayfield", 409, seen="refused"
    ),
    "withdrawing an excuse as a teacher": Act(
        "Only the office of the student’s school on these days keeps excuses.",
        "whitfield",
        lambda world: (withdrawal(world), {"reason": "Wrong child"}),
        lambda world: ("POST", f"/excuses/{Excuse.objects.get().pk}/withdrawal/", {"reason": "Wrong child"}),
        403,
        before=lambda world: excuse(world, "Castillo"),
    ),
}


def text_of(response: HttpResponse) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", response.content.decode())).split())


def state(world: World) -> tuple[Any, ...]:
    """What a forbidden act must not change."""
    meetings = ClassMeeting.objects.order_by("pk").values_list("pk", "state", "version", "void_reason")
    excuses = Excuse.objects.values_list("pk", "withdrawn_at")
    return list(meetings), Mark.objects.count(), list(excuses)


@pytest.fixture
def days(opened_world: World) -> World:
    return opened_world


@pytest.mark.parametrize("name", ACTS)
def test_page_and_program_refuse_the_same_act_in_the_same_words(days: World, name: str) -> None:
    act = ACTS[name]
    act.before(days)
    before = state(days)
    with clock.stopped_at(act.now):
        address, form = act.page(days)
        page = client_of(days, act.by).post(address, form)
        method, path, body = act.api(days)
        program = caller_of(days, act.by).send(method, path, body)
    assert (page.status_code, program.status_code) == (act.status, act.status)
    assert program.json()["detail"] == act.words
    assert act.words in text_of(page)
    assert state(days) == before


def test_enough_acts_are_forbidden() -> None:
    assert len(ACTS) >= 18
    assert {act.status for act in ACTS.values()} == {403, 404, 409, 422}
