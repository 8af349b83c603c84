"""How the notices of some students differ from what their unlawful dates call for (ST-02, RD-41). Reads, and no more.

A threshold that is reached asks for a notice; one that the count fell below withdraws it, and is armed again by that. A
retroactive withdrawal of the student takes the days away, and with them the notice (RD-11).
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from attendance.selectors.school_days import session_days
from interventions.models import TruancyNotice, WhyWithdrawn
from interventions.rules.compulsory_age import Age
from interventions.rules.policy import CarePolicy
from interventions.rules.truancy import Owed, clock_starts, due_on, owed
from interventions.selectors.truancy_facts import Day, ages, crossing_facts
from students.access import Scope
from students.models import SchoolYear

Key = tuple[int, int]


@dataclass
class NoticeChanges:
    """What is to be done to one student's notices; each already as it is to be written."""

    new: list[TruancyNotice] = field(default_factory=list)
    # Not told yet, and of other absences or due on another day now.
    moved: list[TruancyNotice] = field(default_factory=list)
    withdrawn: list[TruancyNotice] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.new or self.moved or self.withdrawn)


def notice_changes(
    scope: Scope, year: SchoolYear, policy: CarePolicy, unlawful: Mapping[int, Sequence[date]]
) -> dict[int, NoticeChanges]:
    """By student, what differs. Every student looked at has a line in `unlawful`, empty where no absence is.

    The number of statements is the same for however many students; one where nobody has a notice or is owed one.
    """
    standing = list(TruancyNotice.objects.filter(year=year, student__in=list(unlawful), withdrawn_at__isnull=True))
    reached = {student: owed(dates, policy) for student, dates in unlawful.items()}
    looked_at = {student for student, each in reached.items() if each} | {each.student_id for each in standing}
    if not looked_at:
        return {}
    obliged = ages(scope, year, looked_at)
    wanted = {
        (student, each.threshold): each
        for student in looked_at
        if obliged[student].obliges
        for each in reached[student]
    }
    found: dict[int, NoticeChanges] = defaultdict(NoticeChanges)
    for notice in _fallen(scope, standing, unlawful, obliged):
        found[notice.student_id].withdrawn.append(notice)
    kept = [notice for notice in standing if notice.withdrawn_at is None]
    for notice in _placed(scope, policy, [*_new(scope, year, kept, wanted), *_untold(kept, wanted)], wanted):
        changes = found[notice.student_id]
        (changes.moved if notice.pk else changes.new).append(notice)
    return {student: changes for student, changes in found.items() if changes}


def _fallen(
    scope: Scope,
    standing: Iterable[TruancyNotice],
    unlawful: Mapping[int, Sequence[date]],
    obliged: Mapping[int, Age],
) -> Iterator[TruancyNotice]:
    for notice in standing:
        left = len(unlawful[notice.student_id])
        if left >= notice.threshold and obliged[notice.student_id].obliges:
            continue
        notice.withdrawn_at, notice.withdrawn_absences = scope.now, left
        notice.withdrawn_why = WhyWithdrawn.COUNT if left < notice.threshold else WhyWithdrawn.AGE
        yield notice


def _new(
    scope: Scope, year: SchoolYear, standing: Iterable[TruancyNotice], wanted: Mapping[Key, Owed]
) -> Iterator[TruancyNotice]:
    there = {(notice.student_id, notice.threshold) for notice in standing}
    for (student, threshold), each in wanted.items():
        if (student, threshold) not in there:
            yield TruancyNotice(
                student_id=student, year=year, threshold=threshold, is_final=each.is_final, noticed_at=scope.now
            )


def _untold(standing: Iterable[TruancyNotice], wanted: Mapping[Key, Owed]) -> Iterator[TruancyNotice]:
    """What was told stays as it was told."""
    return (each for each in standing if each.reported_on is None and (each.student_id, each.threshold) in wanted)


def _placed(
    scope: Scope, policy: CarePolicy, notices: Sequence[TruancyNotice], wanted: Mapping[Key, Owed]
) -> list[TruancyNotice]:
    """Those that change, with their absences, school and deadline; without those whose day is no longer there."""
    before = {notice.pk: _ground(notice) for notice in notices if notice.pk}
    asked: dict[Key, Day] = {}
    for notice in notices:
        each = wanted[notice.student_id, notice.threshold]
        notice.unlawful_on = list(each.unlawful_on)
        if notice.crossed_on != each.crossed_on:
            asked[notice.student_id, notice.threshold] = (notice.student_id, each.crossed_on)
    placed = _crossed(scope, policy, notices, asked)
    _set_due(scope, policy, placed)
    return [notice for notice in placed if notice.pk is None or _ground(notice) != before[notice.pk]]


def _ground(notice: TruancyNotice) -> tuple[object, ...]:
    return (notice.school_id, tuple(notice.unlawful_on), notice.clock_starts_on, notice.due_on)


def _crossed(
    scope: Scope, policy: CarePolicy, notices: Iterable[TruancyNotice], asked: Mapping[Key, Day]
) -> list[TruancyNotice]:
    """The clock runs once for one absence: who touches its mark later does not set it back."""
    facts = crossing_facts(scope, set(asked.values())) if asked else {}
    placed = []
    for notice in notices:
        day = asked.get((notice.student_id, notice.threshold))
        if day and day not in facts:
            continue
        if day:
            notice.crossed_on, notice.school_id = day[1], facts[day].school_id
            notice.clock_starts_on = clock_starts(day[1], facts[day].entered_on or scope.today, policy)
        placed.append(notice)
    return placed


def _set_due(scope: Scope, policy: CarePolicy, notices: Sequence[TruancyNotice]) -> None:
    if not notices:
        return
    starts = [notice.clock_starts_on for notice in notices]
    schools = {notice.school_id for notice in notices}
    days = session_days(scope, schools, min(starts), max(starts) + timedelta(days=policy.notice_calendar_days))
    for notice in notices:
        notice.due_on = due_on(notice.clock_starts_on, days[notice.school_id], policy)
