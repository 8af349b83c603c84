"""What students did in the LMS and talked about with teachers, each with what became of it (MS-15, MS-19, MS-24)."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q

from attendance.models import Engagement, Interaction, InteractionKind
from attendance.rules.engagement import UNANSWERED, DayMeasures, measures_of, why_unused
from attendance.rules.evidence import Evidence
from attendance.rules.plan import CONTACT
from attendance.selectors.judged import JudgedDay, judged_days
from attendance.selectors.local_times import local_time
from students.access import Scope, visible_to
from students.models import Student
from students.refusals import NotInScope

TALK = "talk"


@dataclass(frozen=True, slots=True)
class Engaged:
    """One thing a student did, or a talk. `at` and `received_at` are on the district's clock.

    `source` is that of the LMS or "talk"; `unused` says why it does not count for the day asked about, empty where it
    does; `by` is who entered a talk.
    """

    student_id: int
    happened_on: date
    at: datetime
    received_at: datetime
    source: str
    measure: str
    section_id: int | None
    section: str
    minutes: int | None
    work_of: date | None
    by: str
    unused: str

    @property
    def counts(self) -> bool:
        """Whether it establishes the attendance of the day asked about."""
        return not self.unused

    @property
    def is_for_the_week(self) -> bool:
        """A talk that no day is measured by is an interaction of its week all the same (RD-24)."""
        return self.source == TALK and self.unused not in ("", UNANSWERED)


# What is known about a student's day, by student and day.
AboutDays = Mapping[tuple[int, date], list[Engaged]]


def engagement_of(scope: Scope, student_id: int, day: date) -> list[Engaged]:
    """Everything about a student's day, in order: what was done on it, and its work that was done on another day.

    Empty for a day that is not in session. Raises NotInScope.
    """
    if not visible_to(scope, Student).filter(pk=student_id).exists():
        raise NotInScope
    judged = list(judged_days(scope, [student_id], day, day))
    return engagements(scope, judged).get((student_id, day), [])


def engagements(scope: Scope, judged: Sequence[JudgedDay]) -> AboutDays:
    """The same of many judged days, which the caller took from the scope; two statements."""
    if not judged:
        return {}
    measures = {
        (each.day.student_id, each.day.date): measures_of(
            each.day.date, each.facts, each.plan, each.day.about.accommodations
        )
        for each in judged
    }
    found: dict[tuple[int, date], list[Engaged]] = defaultdict(list)
    for key, event in _events(measures):
        found[key].append(_of_event(scope, event, measures[key]))
    for key, talk in _talks(measures):
        found[key].append(_of_talk(scope, talk, measures[key]))
    return {key: sorted(rows, key=lambda each: (each.at, each.measure)) for key, rows in found.items()}


Measures = Mapping[tuple[int, date], DayMeasures]


def _bounds(measures: Measures) -> tuple[set[int], date, date]:
    days = [day for _, day in measures]
    return {student for student, _ in measures}, min(days), max(days)


def _events(measures: Measures) -> Iterable[tuple[tuple[int, date], Engagement]]:
    students, first, last = _bounds(measures)
    about = Q(day__range=(first, last)) | Q(work_of__range=(first, last))
    for event in Engagement.objects.filter(about, student__in=students).select_related("section"):
        for day in {event.day, event.work_of}:
            if (event.student_id, day) in measures:
                yield (event.student_id, day), event  # type: ignore[misc]


def _talks(measures: Measures) -> Iterable[tuple[tuple[int, date], Interaction]]:
    students, first, last = _bounds(measures)
    talks = Interaction.objects.filter(student__in=students, day__range=(first, last), withdrawn_at=None)
    for talk in talks.select_related("section", "entered_by"):
        if (talk.student_id, talk.day) in measures:
            yield (talk.student_id, talk.day), talk


def _of_event(scope: Scope, event: Engagement, measures: DayMeasures) -> Engaged:
    its = Evidence(event.measure, event.section_id, event.work_of)
    return Engaged(
        student_id=event.student_id,
        happened_on=event.day,
        at=local_time(scope, event.happened_at),
        received_at=local_time(scope, event.received_at),
        source=event.source,
        measure=event.measure,
        section_id=event.section_id,
        section=event.section.title if event.section else "",
        minutes=event.minutes,
        work_of=event.work_of,
        by="",
        unused=why_unused(its, event.day, measures),
    )


def _of_talk(scope: Scope, talk: Interaction, measures: DayMeasures) -> Engaged:
    its = Evidence(CONTACT, talk.section_id)
    return Engaged(
        student_id=talk.student_id,
        happened_on=talk.day,
        at=local_time(scope, talk.happened_at),
        received_at=local_time(scope, talk.entered_at),
        source=TALK,
        measure=CONTACT,
        section_id=talk.section_id,
        section=talk.section.title,
        minutes=talk.minutes,
        work_of=None,
        by=talk.entered_by.full_name,
        unused=UNANSWERED if talk.kind == InteractionKind.UNANSWERED else why_unused(its, talk.day, measures),
    )
