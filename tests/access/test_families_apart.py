"""RD-62: every address of families, walked as it stands: another family's child is not there, nor one's own from the
day on which the right to see has ended; and no page or program of the staff shows a family anything.

An address that is added is walked by itself. One that names a record needs an example of it in `records`.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from http import HTTPStatus
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from interventions.models import Crossing, LetterBatch
from students.models import FamilyAccount, Guardian, GuardianLink, Student
from students.services.joining import end_account
from tests.access.addresses import EXAMPLES, Address, addresses, addresses_for_programs, private_pages
from tests.attendance.acts import upload
from tests.attendance.families.kin import in_person, parent, tell
from tests.attendance.pages.visitors import client_of
from tests.interventions.letters.test_letter_constraints import letter
from tests.world import NOW, TODAY, YEAR_STARTS, World

CLOSED = {HTTPStatus.NOT_FOUND, HTTPStatus.METHOD_NOT_ALLOWED}


def of_a_child() -> list[Address]:
    return [each for each in addresses() if "<int:student_id>" in route(each) and route(each).startswith("family/")]


def alone() -> list[Address]:
    """Those that name the child alone, and no record."""
    return [each for each in of_a_child() if len(re.findall("<int:", route(each))) == 1]


def route(address: Address) -> str:
    return str(address.pattern.pattern)


@dataclass(frozen=True)
class Home:
    """Ana's child is Chidi Abara of Lincoln, Kim's is Priya Shah of Washington; each has reported an absence."""

    world: World
    ana: Client
    ours: Mapping[str, int]
    theirs: Mapping[str, int]


def records(world: World, who: str, name: str) -> dict[str, int]:
    """An example of each record that an address of families names, of one child."""
    report = tell(world, who, name, uploads=(upload(),), document_kind="medical")
    return {
        "student_id": world.students[name].pk,
        "report_id": report.pk,
        "document_id": report.excuse.documents.get().pk,
        "letter_id": _printed_letter(world, who, name),
    }


def _printed_letter(world: World, who: str, name: str) -> int:
    student = world.students[name]
    facts = {"year": world.year, "tier": 1, "ground": "count", "absences": 5, "crossed_on": TODAY, "acts_on": TODAY}
    ground = Crossing.objects.create(student=student, noticed_at=NOW, **facts)
    batch = LetterBatch.objects.create(
        submission_id=uuid4(), way="office", printed_by=world.users["osei"], printed_at=NOW
    )
    to = Guardian.objects.get(accounts__user=world.users[who])
    written = letter(world, student=student, guardian=to, crossing=ground, batch=batch, printed_at=NOW)
    written.save()
    return written.pk


@pytest.fixture
def home(opened_world: World, settings, tmp_path) -> Home:
    settings.DOCUMENTS_DIR = tmp_path / "documents"
    parent(opened_world, "Ana", "Abara")
    parent(opened_world, "Kim", "Shah")
    ours, theirs = records(opened_world, "ana", "Abara"), records(opened_world, "kim", "Shah")
    return Home(opened_world, client_of(opened_world, "ana"), ours, theirs)


def path(address: Address, known: Mapping[str, int]) -> str:
    given = {
        name: known[name] if name in known else EXAMPLES[_kind(address, name)]
        for name in address.pattern.pattern.converters
    }
    return reverse(address.name, kwargs=given)


def _kind(address: Address, name: str) -> str:
    kind = next(kind for kind in EXAMPLES if f"<{kind}:{name}>" in route(address))
    assert kind != "int", f"{address.name} names a record: give an example of {name} in `records`."
    return kind


def closed(client: Client, address: Address, known: Mapping[str, int]) -> bool:
    """Whether neither looking nor sending finds anything there."""
    there = path(address, known)
    # Where there is a form alone, looking leads to the child's page, which is then not there.
    answers = {client.get(there, follow=True).status_code, client.post(there).status_code}
    return answers <= CLOSED and HTTPStatus.NOT_FOUND in answers


def left_open(client: Client, known: Mapping[str, int]) -> list[str]:
    return [each.name for each in of_a_child() if not closed(client, each, known)]


def shut(client: Client, known: Mapping[str, int]) -> list[str]:
    """The pages of a child, looked at, that are not there."""
    return [each.name for each in of_a_child() if _is_gone(client, path(each, known))]


def _is_gone(client: Client, there: str) -> bool:
    answer = client.get(there, follow=True)
    if answer.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
        answer = client.post(there)
    return answer.status_code == HTTPStatus.NOT_FOUND


def test_RD62_a_family_opens_every_page_of_its_own_child_and_none_of_anothers(home: Home) -> None:
    assert shut(home.ana, home.ours) == []
    assert left_open(home.ana, home.theirs) == []
    assert left_open(home.ana, home.ours | {"student_id": home.theirs["student_id"]}) == []
    mixed = [each for each in of_a_child() if len(each.pattern.pattern.converters.keys() & home.theirs.keys()) > 1]
    theirs = home.theirs | {"student_id": home.ours["student_id"]}
    assert [each.name for each in mixed if _gives_away(home.ana, path(each, theirs))] == []
    assert len(mixed) >= 3


def _gives_away(client: Client, there: str) -> bool:
    """Whether another's record opens below one's own child: a page is shown, or names the other child."""
    answers = client.get(there), client.post(there)
    return any(each.status_code == HTTPStatus.OK or b"Priya" in each.getvalue() for each in answers)


def test_the_walk_took_in_the_pages_of_families() -> None:
    named = {each.name for each in of_a_child()}
    assert len(named) >= 11
    assert named >= {"family_today", "family_month", "family_year", "family_day", "family_plan", "family_document"}


def _link_ends(day: date) -> Callable[[World], object]:
    return lambda world: GuardianLink.objects.update(ends_on=day)


def _born(day: date) -> Callable[[World], object]:
    return lambda world: Student.objects.filter(family_name="Abara").update(birth_date=day)


def _office_ends(world: World) -> None:
    end_account(world.scope("okafor"), FamilyAccount.objects.get(user=world.users["ana"]).pk)


ENDINGS: dict[str, Callable[[World], object]] = {
    "custody ended yesterday": _link_ends(TODAY - timedelta(days=1)),
    "the right to see was taken": lambda world: GuardianLink.objects.update(may_access=False),
    "the child is 18 today": _born(date(2002, 10, 27)),
    "the office ended the account": _office_ends,
}
STANDING: dict[str, Callable[[World], object]] = {
    "custody ends today": _link_ends(TODAY),
    "the child is 18 tomorrow": _born(date(2002, 10, 28)),
    "the school does not write to the guardian": lambda world: GuardianLink.objects.update(may_contact=False),
}


@pytest.mark.parametrize("ending", ENDINGS.values(), ids=ENDINGS)
def test_RD62_from_the_day_on_which_the_right_has_ended_nothing_is_there(
    home: Home, ending: Callable[[World], object]
) -> None:
    ending(home.world)
    assert shut(home.ana, home.ours) == [each.name for each in of_a_child()]
    page = home.ana.get(reverse("family")).content.decode()
    assert "Chidi" not in page
    assert "Abara" not in page


@pytest.mark.parametrize("change", STANDING.values(), ids=STANDING)
def test_RD62_until_that_day_everything_is(home: Home, change: Callable[[World], object]) -> None:
    change(home.world)
    assert shut(home.ana, home.ours) == []


def test_RD62_at_18_the_student_opens_what_the_guardian_no_longer_does(home: Home) -> None:
    in_person(home.world, "Abara", born=date(2002, 10, 27))
    student = client_of(home.world, "abara")
    # Documents and letters are for who sent them, and for whom they were written to.
    assert [each.name for each in alone() if _is_gone(student, path(each, home.ours))] == []
    assert shut(home.ana, home.ours) == [each.name for each in of_a_child()]


def test_RD62_a_student_without_a_guardian_sees_all_until_somebody_answers(home: Home) -> None:
    in_person(home.world, "Grant", born=date(2006, 1, 15))
    student, grant = client_of(home.world, "grant"), {"student_id": home.world.students["Grant"].pk}
    assert [each.name for each in alone() if _is_gone(student, path(each, grant))] == []
    answers = Guardian.objects.create(given_name="Bo", family_name="Grant")
    GuardianLink.objects.create(guardian=answers, student_id=grant["student_id"], starts_on=YEAR_STARTS)
    assert [each.name for each in alone() if not closed(student, each, grant)] == []


def test_RD62_no_page_of_the_staff_shows_a_family_a_child(home: Home) -> None:
    pages = [each for each in private_pages() if not each.path.startswith(("/family/", "/join/"))]
    names = [student.family_name for student in home.world.students.values()]
    shown = []
    for each in pages:
        given = {name: home.ours.get(name, 1) for name in each.pattern.pattern.converters}
        there = path(each, home.ours | {name: pk for name, pk in given.items() if f"<int:{name}>" in route(each)})
        answer = home.ana.get(there)
        page = answer.getvalue().decode(errors="replace")
        if answer.status_code == HTTPStatus.OK and any(name in page for name in names):
            shown.append(each.name)
    assert shown == []
    assert len(pages) >= 100


def test_RD62_no_program_of_the_staff_answers_a_family_with_a_child(home: Home) -> None:
    names = [student.family_name for student in home.world.students.values()]
    for each in addresses_for_programs():
        page = home.ana.get(each.path).content.decode()
        assert [name for name in names if name in page] == [], each.name
