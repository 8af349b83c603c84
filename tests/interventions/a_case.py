"""A case as crossings would have opened it, said shortly."""

from datetime import date
from typing import Any
from uuid import uuid4

from attendance.models import DailyAttendance
from interventions.models import (
    Case,
    Contact,
    Crossing,
    PlannedAction,
    Standing,
    Step,
    TimelineEntry,
)
from students.models import Enrollment
from tests.world import NOW, TODAY, World

CROSSED = date(2020, 10, 20)


def open_case(world: World, name: str = "Abara", tier: int = 1, **given: Any) -> Case:
    """The open case of somebody of Lincoln, with its crossing, its standing and an entry of its timeline."""
    student, year = world.students[name], world.year
    facts = {"student": student, "year": year, "school": world.lincoln, "tier": tier}
    case = Case.objects.create(**facts | {"opened_at": NOW, "opened_on": CROSSED} | given)
    standing = {"school": case.school, "is_enrolled": True, "tier": tier, "absences": 5 * tier, "as_of": TODAY}
    Standing.objects.update_or_create(student=student, year=year, defaults=standing)
    reached = {"crossed_on": CROSSED, "acts_on": CROSSED, "noticed_at": NOW, "absences": 5 * tier}
    crossing = Crossing.objects.create(student=student, year=year, tier=tier, ground="count", case=case, **reached)
    TimelineEntry.objects.create(case=case, kind="opened", at=NOW)
    TimelineEntry.objects.create(case=case, kind="tier_reached", at=NOW, crossing=crossing)
    return case


def step_of(case: Case, **given: Any) -> Step:
    """A step of the plan; the first call, due today, unless something else is said."""
    action = given.pop("action", None) or PlannedAction.objects.filter(kind=given.get("kind", "call")).first()
    facts = {"case": case, "action": action, "tier": 1, "kind": "call", "words": "Call the family in person"}
    return Step.objects.create(**facts | {"due_on": TODAY} | given)


def contact_of(world: World, case: Case, **given: Any) -> Contact:
    """A call that nobody answered, by Ms. Osei today."""
    facts = {"submission_id": uuid4(), "student": case.student, "case": case, "kind": "call", "result": "no_answer"}
    made = {"happened_at": NOW, "day": TODAY, "made_by": world.users["osei"], "entered_at": NOW}
    return Contact.objects.create(**facts | made | given)


def ledger_days(world: World, name: str, absent: tuple[date, ...], *days: date) -> None:
    """Days of somebody of Lincoln in the ledger, present but for those absent."""
    student = world.students[name]
    enrollment = Enrollment.objects.get(student=student)
    DailyAttendance.objects.bulk_create(
        DailyAttendance(
            student=student,
            date=day,
            school=world.lincoln,
            enrollment=enrollment,
            status="absent" if day in absent else "present",
            absence_kind="unexcused" if day in absent else "",
        )
        for day in days
    )
