"""Stores what students did in the LMS, each event once, and judges its local day anew (MS-15, MS-24).

Lock order: the events by their ids, then the days of their students.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection, transaction
from django.db.models import Q

from attendance.models import Engagement
from attendance.rules.lms import BadEvent, LmsEvent
from attendance.services.ledger import recompute
from attendance.signals import attendance_changed
from students.access import Scope, visible_to
from students.clock import local_date
from students.models import Section, Student
from students.refusals import Forbidden, Refused

STORED, KNOWN = "stored", "known"

_INSERT = """
    INSERT INTO attendance_engagement (event_id, student_id, section_id, measure, happened_at, day, minutes, work_of,
        source, received_by_id, received_at)
    SELECT told.*, %s, %s, %s
    FROM unnest(%s::text[], %s::bigint[], %s::bigint[], %s::text[], %s::timestamptz[], %s::date[], %s::smallint[],
        %s::date[]) AS told
    ON CONFLICT (event_id) DO NOTHING RETURNING event_id, student_id, day
"""


class BadEvents(Refused):
    """Some events cannot be, so none was stored; `problems` says why by the event's place, each with its column."""

    def __init__(self, problems: Mapping[int, BadEvent]) -> None:
        """`problems` by the place of the event, from 0."""
        super().__init__(f"Nothing was stored: {len(problems)} of these events cannot be.")
        self.problems = problems


@dataclass(frozen=True, slots=True)
class ReadyEvent:
    """An event with its student and class found, and its local day."""

    event_id: str
    student_id: int
    section_id: int | None
    told: LmsEvent
    day: date


@dataclass(frozen=True)
class StoredEvents:
    """What became of a batch: each event's outcome in its order, stored or known."""

    outcomes: Sequence[str]

    @property
    def stored(self) -> int:
        """Events that are new."""
        return self.outcomes.count(STORED)

    @property
    def known(self) -> int:
        """Events that had come before."""
        return len(self.outcomes) - self.stored


def store_events(scope: Scope, events: Sequence[LmsEvent], *, source: str) -> StoredEvents:
    """Store a batch, all or nothing; an event that is known changes nothing. Raises Forbidden, or BadEvents.

    As many statements whatever its size, but for one round of judging for each day that it touches.
    """
    refuse_strangers(scope)
    ready, problems = ready_events(scope, events)
    if problems:
        raise BadEvents(problems)
    with transaction.atomic():
        new = _insert(scope, ready, source)
        _judge(scope, new.values())
    fresh = set(new)
    outcomes = []
    for event in events:
        outcomes.append(STORED if event.event_id in fresh else KNOWN)
        fresh.discard(event.event_id)
    return StoredEvents(outcomes)


def refuse_strangers(scope: Scope) -> None:
    """Raise Forbidden for anybody but the district: an LMS speaks of students of all schools."""
    if not scope.district_wide:
        raise Forbidden("Only the district sends what the LMS reports.")


def ready_events(scope: Scope, events: Sequence[LmsEvent]) -> tuple[list[ReadyEvent], dict[int, BadEvent]]:
    """Events with their students and classes, and by place those that cannot be. Four statements; writes nothing."""
    students, sections = _students(scope, events), _sections(scope, events)
    known = _known({each.event_id for each in events})
    ready: list[ReadyEvent] = []
    problems: dict[int, BadEvent] = {}
    for place, event in enumerate(events):
        try:
            its = _ready(scope, event, students, sections)
            _refuse_another(its, known.setdefault(event.event_id, its))
            ready.append(its)
        except BadEvent as bad:
            problems[place] = bad
    return ready, problems


def _students(scope: Scope, events: Sequence[LmsEvent]) -> dict[str, int]:
    """By state id and by source id; a state id goes first."""
    named = {each.student for each in events}
    seen = visible_to(scope, Student).filter(Q(state_id__in=named) | Q(source_id__in=named))
    rows = list(seen.values_list("pk", "state_id", "source_id"))
    return {source: pk for pk, _, source in rows if source} | {state: pk for pk, state, _ in rows if state}


def _sections(scope: Scope, events: Sequence[LmsEvent]) -> dict[str, int]:
    named = {each.section for each in events if each.section}
    return dict(visible_to(scope, Section).filter(source_id__in=named).values_list("source_id", "pk"))


def _known(event_ids: set[str]) -> dict[str, ReadyEvent]:
    return {
        row.event_id: ReadyEvent(
            row.event_id,
            row.student_id,
            row.section_id,
            LmsEvent(row.event_id, "", "", row.measure, row.happened_at, row.minutes, row.work_of),
            row.day,
        )
        for row in Engagement.objects.filter(event_id__in=event_ids)
    }


def _ready(scope: Scope, event: LmsEvent, students: Mapping[str, int], sections: Mapping[str, int]) -> ReadyEvent:
    if event.student not in students:
        raise BadEvent("student", "this student is not known, by state id or by source id")
    if event.section and event.section not in sections:
        raise BadEvent("section", "this class is not known by its source id")
    if event.happened_at > scope.now:
        raise BadEvent("instant", "this instant is still to come")
    return ReadyEvent(
        event.event_id,
        students[event.student],
        sections.get(event.section),
        event,
        local_date(event.happened_at, scope.zone),
    )


def _refuse_another(its: ReadyEvent, before: ReadyEvent) -> None:
    if _said(its) != _said(before):
        raise BadEvent("event_id", "this id is that of another event, which stands")


def _said(its: ReadyEvent) -> tuple[Any, ...]:
    told = its.told
    return its.student_id, its.section_id, told.measure, told.happened_at, told.minutes, told.work_of


def _insert(scope: Scope, ready: Iterable[ReadyEvent], source: str) -> dict[str, tuple[int, date]]:
    """The student and day of each event that is new, by its id."""
    once = {each.event_id: each for each in ready}
    rows = [_row(once[event_id]) for event_id in sorted(once)]
    if not rows:
        return {}
    with connection.cursor() as cursor:
        columns = [list(column) for column in zip(*rows, strict=True)]
        cursor.execute(_INSERT, [source, scope.person, scope.now, *columns])
        return {event_id: (student_id, day) for event_id, student_id, day in cursor.fetchall()}


def _row(its: ReadyEvent) -> tuple[Any, ...]:
    told = its.told
    event = (its.event_id, its.student_id, its.section_id, told.measure, told.happened_at, its.day)
    return (*event, told.minutes, told.work_of)


def _judge(scope: Scope, touched: Iterable[tuple[int, date]]) -> None:
    """Judge anew the days on which something new happened, and no other (MS-15)."""
    students: dict[date, set[int]] = defaultdict(set)
    for student_id, day in touched:
        students[day].add(student_id)
    for day in sorted(students):
        recompute(scope, students[day], day, day)
    if students:
        everybody = {each for ids in students.values() for each in ids}
        attendance_changed.send(Engagement, student_ids=everybody, dates=set(students))
