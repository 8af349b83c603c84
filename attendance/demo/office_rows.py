"""Writes what the demo's offices entered, in bulk, before the days are judged."""

from collections.abc import Mapping, Sequence
from datetime import datetime, time
from uuid import NAMESPACE_URL, UUID, uuid5
from zoneinfo import ZoneInfo

from attendance.demo.cast import CLERK, HIGH, TODAY
from attendance.demo.office import Entered
from attendance.demo.people import pupils
from attendance.models import AbsenceCall, CallOutcome, OfficeEntry, OfficeEvent
from attendance.rules.minutes import clock_time
from students.access import Scope
from students.models import School, Student, User

# When an entry that tells no time of its own was made.
AT_THE_DESK = time(8, 35)


def write_office(scope: Scope, entries: Sequence[Entered], keepers: Mapping[str, User]) -> None:
    """Write the entries with their events, and a call of this morning that nobody answered.

    `keepers` keep the office of each school; at the high school it is the clerk of the cast.
    """
    schools = {each.source_id: each for each in School.objects.all()}
    students = dict(Student.objects.values_list("source_id", "pk"))
    by_place = {each.number: students[each.source_id] for each in pupils() if each.source_id in students}
    desks = {**keepers, HIGH: User.objects.get(username=CLERK.username)}
    zone = ZoneInfo(scope.zone)
    rows = [
        OfficeEntry(
            submission_id=_id(f"office entry {number}"),
            school=schools[each.school],
            kind=each.kind,
            shown_as=each.shown_as,
            note=each.note,
            entered_by=desks[each.school],
            entered_at=_entered_at(each, zone),
        )
        for number, each in enumerate(entries)
    ]
    OfficeEntry.objects.bulk_create(rows)
    OfficeEvent.objects.bulk_create(
        _event(row, by_place[pupil], each) for row, each in zip(rows, entries, strict=True) for pupil in each.pupils
    )
    _unanswered(by_place, schools[HIGH], desks[HIGH], zone)


def _event(entry: OfficeEntry, student_id: int, said: Entered) -> OfficeEvent:
    return OfficeEvent(
        entry=entry,
        student_id=student_id,
        kind=said.kind,
        starts_on=said.starts_on,
        ends_on=said.ends_on,
        starts_at=None if said.starts_at is None else clock_time(said.starts_at),
        ends_at=None if said.ends_at is None else clock_time(said.ends_at),
    )


def _entered_at(said: Entered, zone: ZoneInfo) -> datetime:
    """At the minute of the door; what is planned for days to come was entered this morning."""
    at = AT_THE_DESK if said.starts_at is None else clock_time(said.starts_at)
    return min(datetime.combine(said.starts_on, at, zone), datetime.combine(TODAY, AT_THE_DESK, zone))


def _unanswered(by_place: Mapping[int, int], school: School, clerk: User, zone: ZoneInfo) -> None:
    """Hollis Wade is missing once more."""
    [wade] = [each.number for each in pupils() if each.name == "Hollis Wade"]
    AbsenceCall.objects.create(
        submission_id=_id("call"),
        student_id=by_place[wade],
        school=school,
        date=TODAY,
        outcome=CallOutcome.NO_ANSWER,
        called_by=clerk,
        called_at=datetime.combine(TODAY, time(9, 20), zone),
    )


def _id(what: str) -> UUID:
    """The same every time."""
    return uuid5(NAMESPACE_URL, f"demo {what}")
