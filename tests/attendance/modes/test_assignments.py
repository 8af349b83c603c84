"""MS-08, MS-21, RD-01: work given to a class for its days, and whose days it changes."""

from datetime import timedelta
from uuid import uuid4

import pytest

from attendance.models import Assignment
from attendance.services.assignments import copy_week, withdraw_work
from attendance.services.ledger import check
from students.refusals import Forbidden, NotInScope, Refused
from tests.attendance.modes.weeks import LAST_WEEK, MONDAY, THIS_MONDAY, day_of, give, in_own_time
from tests.world import World


@pytest.fixture
def opened(world: World) -> World:
    return in_own_time(world, "Abara")


def required(world: World, name: str = "Abara") -> int:
    return day_of(world, name).minutes_required


def test_MS21_work_given_for_a_day_is_required_of_those_in_own_time_alone(opened: World) -> None:
    assert (required(opened), required(opened, "Castillo")) == (330, 330)
    give(opened, minutes={MONDAY: 40})
    assert (required(opened), required(opened, "Castillo")) == (315, 330)
    give(opened, title="Reading", minutes={MONDAY: 20})
    assert required(opened) == 335
    assert check(opened.installation) == []


def test_MS21_withdrawn_work_is_required_of_nobody_and_stays_in_sight(opened: World) -> None:
    give(opened)
    work = Assignment.objects.get()
    withdraw_work(opened.scope("whitfield"), work.pk, reason="Wrong class")
    withdraw_work(opened.scope("whitfield"), work.pk, reason="Again")
    work.refresh_from_db()
    assert (work.withdrawn_reason, work.withdrawn_by) == ("Wrong class", opened.users["whitfield"])
    assert required(opened) == 330
    with pytest.raises(Refused, match="why"):
        withdraw_work(opened.scope("whitfield"), work.pk, reason=" ")


def test_the_same_form_gives_its_work_once(opened: World) -> None:
    form = uuid4()
    days = dict.fromkeys(LAST_WEEK, 30)
    assert give(opened, submission_id=form, minutes=days).days == 5
    assert give(opened, submission_id=form, minutes=days).repeated
    assert Assignment.objects.count() == 5


def test_a_week_is_copied_once_whoever_sends_it_and_withdrawn_work_is_not(opened: World) -> None:
    give(opened, minutes=dict.fromkeys(LAST_WEEK, 30))
    give(opened, title="Poster", minutes={MONDAY: 10})
    withdraw_work(opened.scope("whitfield"), Assignment.objects.get(title="Poster").pk, reason="No paper")
    section = opened.sections["1"].pk
    assert copy_week(opened.scope("whitfield"), section, THIS_MONDAY, submission_id=uuid4()).days == 5
    assert copy_week(opened.scope("okafor"), section, THIS_MONDAY, submission_id=uuid4()).days == 0
    copied = Assignment.objects.filter(date__gte=THIS_MONDAY)
    assert {each.title for each in copied} == {"Packet 3"}
    with pytest.raises(Refused, match="no work to copy"):
        copy_week(opened.scope("whitfield"), section, MONDAY, submission_id=uuid4())
    with pytest.raises(NotInScope):
        copy_week(opened.scope("whitfield"), section, LAST_WEEK[1], submission_id=uuid4())


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"title": " "}, "title"),
        ({"minutes": {}}, "minutes"),
        ({"minutes": {MONDAY: 0}}, "1 to 600"),
        ({"minutes": {MONDAY: 601}}, "1 to 600"),
        ({"minutes": {MONDAY: 40, MONDAY + timedelta(days=6): 40}}, "no school on Sunday, October 25"),
        ({"minutes": {MONDAY.replace(year=2019): 40}}, "this school year"),
    ],
)
def test_what_cannot_be_given_is_refused_in_words_and_nothing_is_written(opened: World, said: dict, words: str) -> None:
    with pytest.raises(Refused, match=words):
        give(opened, **said)
    assert not Assignment.objects.exists()


def test_teachers_of_the_class_and_the_office_give_work_and_nobody_else(opened: World) -> None:
    give(opened, by="okafor")
    for stranger in ("park", "lindqvist"):
        with pytest.raises(NotInScope):
            give(opened, by=stranger)
    with pytest.raises(NotInScope):
        withdraw_work(opened.scope("park"), Assignment.objects.get().pk, reason="Mine")
    with pytest.raises(Forbidden):
        give(opened, by="osei")
