"""The queue is put in order, narrowed and counted by the database as the rule would do it, case by case."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import product
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection

from interventions.models import Case, Contact, Standing, Step, StepState
from interventions.rules.urgency import CaseFacts, rank
from interventions.selectors.queue import PAGE_SIZE, Asked, queue, whole_queue
from students.models import Student
from tests.world import NOW, TODAY, World

# In days from today: of the first step that is due, and of the last contact.
DUE = (None, -60, -15, -14, -7, -1, 0, 1)
TRIED = (None, -3)
LOST = ("", "disengaged", "unlocated")
OWNERS = ("osei", "okafor", None)


@pytest.fixture
def every(world: World) -> dict[CaseFacts, str | None]:
    """A case of every kind that the order tells apart, with the name of its owner."""
    kinds = list(product(DUE, LOST, range(4), OWNERS, TRIED))
    students = Student.objects.bulk_create(
        Student(state_id=f"7{at:08}", source_id=f"q{at}", given_name="A", family_name="B", sort_name="b a")
        for at in range(len(kinds))
    )
    cases = Case.objects.bulk_create(
        Case(student=student, year=world.year, school=world.lincoln, tier=tier, opened_at=NOW,
             opened_on=TODAY - timedelta(days=at % 5), owner=world.users[owner] if owner else None,
             is_unlocated=lost == "unlocated")
        for at, (student, (_, lost, tier, owner, _)) in enumerate(zip(students, kinds, strict=True))
    )  # fmt: skip
    Standing.objects.bulk_create(
        Standing(student=case.student, year=world.year, school=world.lincoln, as_of=TODAY,
                 criteria=[{"sign": "weeks"}] if lost == "disengaged" else [])
        for case, (_, lost, *_) in zip(cases, kinds, strict=True)
    )  # fmt: skip
    Step.objects.bulk_create(step for case, (due, *_) in zip(cases, kinds, strict=True) for step in _steps(case, due))
    Contact.objects.bulk_create(
        contact for case, (*_, tried) in zip(cases, kinds, strict=True) for contact in _contacts(world, case, tried)
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return {
        CaseFacts(case.pk, tier, case.opened_on, owner is not None, lost == "disengaged", case.is_unlocated,
                  _day(due), _day(tried)): owner
        for case, (due, lost, tier, owner, tried) in zip(cases, kinds, strict=True)
    }  # fmt: skip


def _day(days: int | None) -> date | None:
    return None if days is None else TODAY + timedelta(days=days)


def _steps(case: Case, due: int | None) -> Iterator[Step]:
    """The one that counts, one later, one that is over, and one of no day."""
    over = {"state": StepState.WITHDRAWN, "ended_at": NOW}
    given: list[Any] = [(None, {})]
    given += [(due, {}), (due + 3, {}), (due - 5, over)] if due is not None else [(-70, over)]
    for days, more in given:
        yield Step(case=case, tier=1, kind="call", words="Call", due_on=_day(days), **more)


def _contacts(world: World, case: Case, tried: int | None) -> Iterator[Contact]:
    """The last, and one before it; or one that was withdrawn."""
    withdrawn = {"withdrawn_at": NOW, "withdrawn_by": world.users["osei"], "withdrawn_reason": "Test."}
    given: list[Any] = [(tried, {}), (tried - 20, {})] if tried is not None else [(-1, withdrawn)]
    for days, more in given:
        day = TODAY + timedelta(days=days)
        at = datetime(day.year, day.month, day.day, 12, tzinfo=NOW.tzinfo)
        facts = {"happened_at": at, "entered_at": at, "made_by": world.users["osei"], "day": day}
        yield Contact(submission_id=uuid4(), student=case.student, kind="call", result="no_answer", **facts, **more)


def plain(every: dict[CaseFacts, str | None], asked: Asked) -> list[CaseFacts]:
    """Case by case, for Osei."""
    found = [
        facts
        for facts, owner in every.items()
        if asked.tier in (None, facts.tier)
        and {"": True, "mine": owner == "osei", "nobody": owner is None}[asked.owner]
        and {
            "overdue": facts.next_due_on is not None and facts.next_due_on < TODAY,
            "today": facts.next_due_on == TODAY,
            "lost": facts.is_disengaged or facts.is_unlocated,
        }.get(asked.show, True)
    ]
    return sorted(found, key=lambda facts: rank(facts, TODAY))


def test_the_database_has_the_order_of_the_rule_and_narrows_and_counts_as_it_says(world: World, every) -> None:
    scope = world.scope("osei")
    for tier, owner, show in product((None, 0, 3), ("", "mine", "nobody"), ("", "overdue", "today", "lost", "x")):
        asked = Asked(tier=tier, owner=owner, show=show)
        expected = plain(every, asked)
        assert whole_queue(scope, asked) == expected, asked
        for page, place in ((1, 0), (2, PAGE_SIZE), (999, (len(expected) - 1) // PAGE_SIZE * PAGE_SIZE)):
            found = queue(scope, Asked(tier=tier, owner=owner, show=show, page=page))
            if page == found.page.number or page == 999:
                assert found.cases == expected[place : place + PAGE_SIZE], asked
            assert found.page.paginator.count == len(expected)
        figures = found.figures
        assert (figures.total, figures.mine, figures.nobodys) == (len(every), len(every) // 3, len(every) // 3)
        assert figures.tiers == dict.fromkeys(range(4), len(every) // 4)
        for name, counted in (("overdue", figures.overdue), ("today", figures.today), ("lost", figures.lost)):
            assert counted == len(plain(every, Asked(show=name)))
