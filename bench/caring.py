"""The counselor's queue of a district with thousands of open cases, over HTTP."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import date, timedelta
from uuid import uuid4

from django.db import connection, transaction

from attendance.demo.cast import DISTRICT_ADMINISTRATOR, PASSWORD, TODAY
from bench.browser import Browser
from bench.figures import Line, milliseconds, percentile
from interventions.models import Case, Contact, Standing, Step
from students import clock
from students.models import Enrollment, School, SchoolYear, Student, User

CASES = 6000
STEPS = 10
ROUNDS = 25

# What the order looks at, gathered and nothing more: no rule, no names, no page.
_FACTS = """
    SELECT c.id, c.tier, c.owner_id, min(s.due_on), (SELECT max(day) FROM interventions_contact t
        WHERE t.student_id = c.student_id AND t.withdrawn_at IS NULL)
    FROM interventions_case c LEFT JOIN interventions_step s ON s.case_id = c.id AND s.state = 'open'
    WHERE c.closed_at IS NULL GROUP BY c.id
"""


def queue_of_thousands(port: int) -> list[Line]:
    """The first page and a narrowed one, for whoever sees every case."""
    make_cases(CASES)
    browser = Browser(port)
    browser.sign_in(DISTRICT_ADMINISTRATOR.username, PASSWORD)
    floors = [_bare() for _ in range(ROUNDS)]
    what = f"Queue of {CASES:,} cases, "
    return [
        _line(f"{what}first page", browser, "/queue/", floors),
        _line(f"{what}overdue, of one mode", browser, "/queue/?show=overdue&mode=in_person", floors),
    ]


def _line(what: str, browser: Browser, path: str, floors: list[float]) -> Line:
    browser.open(path)
    return milliseconds(f"{what}, p95", percentile([_timed(browser, path) for _ in range(ROUNDS)], 95), min(floors))


def _timed(browser: Browser, path: str) -> float:
    began = time.perf_counter()
    browser.open(path)
    return time.perf_counter() - began


def _bare() -> float:
    began = time.perf_counter()
    with connection.cursor() as cursor:
        cursor.execute(_FACTS)
        cursor.fetchall()
    return time.perf_counter() - began


def make_cases(count: int, today: date = TODAY) -> None:
    """So many students with an open case each, its steps, two attempts to reach the family, and their standing."""
    with transaction.atomic():
        students = Student.objects.bulk_create(_student(number) for number in range(count))
        schools = list(School.objects.all())
        Enrollment.objects.bulk_create(
            Enrollment(student=each, school=schools[at % len(schools)], grade="09", starts_on=today.replace(day=1))
            for at, each in enumerate(students)
        )
        year = SchoolYear.objects.get(starts_on__lte=today, ends_on__gte=today)
        cases = Case.objects.bulk_create(_cases(students, schools, year, today))
        Step.objects.bulk_create(step for at, case in enumerate(cases) for step in _steps(at, case, today))
        Contact.objects.bulk_create(each for at, case in enumerate(cases) for each in _contacts(at, case, today))
        Standing.objects.bulk_create(_standing(at, case, today) for at, case in enumerate(cases))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _student(number: int) -> Student:
    name = f"Made{number:05}"
    ids = {"source_id": f"made-{number}", "state_id": f"{800_000_000 + number}"}
    return Student(given_name="Any", family_name=name, sort_name=name.casefold(), **ids)


def _cases(students: list[Student], schools: list[School], year: SchoolYear, today: date) -> Iterator[Case]:
    owner = User.objects.get(username=DISTRICT_ADMINISTRATOR.username)
    for at, student in enumerate(students):
        yield Case(
            student=student,
            year=year,
            school=schools[at % len(schools)],
            tier=1 + at % 3,
            owner=owner if at % 4 else None,
            opened_at=clock.now(),
            opened_on=today - timedelta(days=at % 40),
        )


def _steps(at: int, case: Case, today: date) -> Iterator[Step]:
    for position in range(STEPS):
        due = today + timedelta(days=(at * 7 + position * 3) % 40 - 10)
        yield Step(case=case, tier=1, position=position, kind="call", words="Call the family in person", due_on=due)


def _contacts(at: int, case: Case, today: date) -> Iterator[Contact]:
    for before in (3, 20):
        day = today - timedelta(days=before + at % 15)
        at_once = {"happened_at": clock.now(), "entered_at": clock.now(), "made_by_id": case.owner_id}
        if case.owner_id:
            facts = {"submission_id": uuid4(), "student_id": case.student_id, "case": case, "day": day}
            yield Contact(kind="call", result="no_answer", **facts, **at_once)


def _standing(at: int, case: Case, today: date) -> Standing:
    return Standing(
        student_id=case.student_id,
        year_id=case.year_id,
        school_id=case.school_id,
        is_enrolled=True,
        tier=case.tier,
        absences=5 + at % 20,
        criteria=[] if at % 5 else [{"sign": "weeks"}],
        as_of=today,
    )
