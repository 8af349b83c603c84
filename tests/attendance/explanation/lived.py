"""Days of the cast in every mode of instruction, written down as facts; nothing here judges."""

from datetime import date, datetime, time
from typing import Any
from uuid import uuid4

from attendance.models import (
    Accommodation,
    Assessment,
    AssessmentSeat,
    Assignment,
    College,
    CollegeDay,
    CollegeSection,
    DayReview,
    Engagement,
    Interaction,
    LearningPlan,
    ModeAssignment,
    OwnSchedule,
)
from tests.world import NOW, YESTERDAY, World, at

SINCE = date(2020, 10, 19)


def signed(world: World, by: str = "whitfield", **facts: Any) -> dict[str, Any]:
    """Who entered something, today at ten."""
    return {"submission_id": uuid4(), "entered_by": world.users[by], "entered_at": NOW, **facts}


def taught(world: World, name: str, mode: str, key: str = "", **facts: Any) -> ModeAssignment:
    """A mode since the 19th of October, in all classes or in one."""
    section = world.sections[key] if key else None
    given = {"starts_on": SINCE, "student": world.students[name], "mode": mode, "section": section}
    return ModeAssignment.objects.create(**given | facts)


def engaged(world: World, name: str, key: str = "", *, when: datetime | None = None, **facts: Any) -> Engagement:
    """An event of the LMS yesterday at 19:30, unless said otherwise, that came in a file today."""
    when = when or at(19, 30, YESTERDAY)
    given = {
        "event_id": str(uuid4()),
        "source": "lms_file",
        "student": world.students[name],
        "section": world.sections[key] if key else None,
        "measure": "lms_activity",
        "happened_at": when,
        "day": facts.pop("day", YESTERDAY),
        "received_by": world.users["reyes"],
        "received_at": NOW,
    }
    return Engagement.objects.create(**given | facts)


def reviewed(world: World, name: str, key: str = "", by: str = "whitfield", **facts: Any) -> DayReview:
    """A teacher's entry of yesterday in a class."""
    given = signed(world, by, student=world.students[name], section=world.sections[key] if key else None)
    given.pop("submission_id")
    return DayReview.objects.create(**{"date": YESTERDAY, **given, **facts})


def talked(world: World, name: str, key: str, kind: str = "call", day: date = YESTERDAY, **facts: Any) -> Interaction:
    """A talk of a teacher and a student at 13:00."""
    given = signed(world, student=world.students[name], section=world.sections[key], kind=kind, day=day)
    return Interaction.objects.create(**given | {"happened_at": at(13, 0, day)} | facts)


def assigned(world: World, key: str, minutes: int, title: str = "Worksheet") -> Assignment:
    """Work given to a class for yesterday."""
    given = signed(world, section=world.sections[key], title=title, minutes=minutes)
    return Assignment.objects.create(date=YESTERDAY, **given)


def seated(world: World, name: str, minutes: int | None, starts: int = 16, ends: int = 18) -> AssessmentSeat:
    """A seat in a state assessment of yesterday, at four in the afternoon."""
    sat = Assessment.objects.create(
        school=world.lincoln, name="Algebra I, state test", date=YESTERDAY, starts_at=time(starts), ends_at=time(ends),
        **signed(world, "mayfield"),
    )  # fmt: skip
    taken = {} if minutes is None else {"marked_by": world.users["mayfield"], "marked_at": NOW}
    return AssessmentSeat.objects.create(
        assessment=sat, student=world.students[name], minutes_attended=minutes, **taken
    )


def own_schedule(world: World, name: str, kind: str, reason: str = "") -> OwnSchedule:
    return OwnSchedule.objects.create(
        student=world.students[name], kind=kind, reason=reason, starts_on=SINCE, **signed(world, "mayfield")
    )


def accommodated(world: World, name: str, *measures: str) -> Accommodation:
    return Accommodation.objects.create(
        student=world.students[name], measures=list(measures), reason="Plan of the care team", starts_on=SINCE,
        **signed(world, "mayfield"),
    )  # fmt: skip


def planned(world: World, **facts: Any) -> LearningPlan:
    """A learning plan of Lincoln High since the 19th of October."""
    return LearningPlan.objects.create(**{"starts_on": SINCE, "school": world.lincoln, **facts})


def college_out(world: World, key: str) -> CollegeDay:
    """A class is a college's, which has no class yesterday."""
    college = College.objects.create(name="Hinds Community College")
    CollegeSection.objects.create(section=world.sections[key], college=college)
    return CollegeDay.objects.create(college=college, date=YESTERDAY, name="Fall break")
