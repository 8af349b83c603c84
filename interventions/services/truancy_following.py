"""Notices of truancy follow the days: owed as the unlawful absences reach a threshold, withdrawn as they fall below.

Raised and withdrawn visibly, and armed again by the withdrawal (ST-02). A retroactive withdrawal of the student takes
the days away, and with them the notice (RD-11). Run twice it changes nothing.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from django.db import transaction

from interventions.models import TruancyNotice, WhyWithdrawn
from interventions.rules.compulsory_age import Age
from interventions.rules.policy import CarePolicy
from interventions.rules.truancy import Owed, clock_starts, due_on, owed
from interventions.selectors.truancy_facts import ages, crossing_facts, session_days_after
from students.access import Scope
from students.models import SchoolYear

GROUND = ["school", "unlawful_on", "crossed_on", "clock_starts_on", "due_on"]
WITHDRAWAL = ["withdrawn_at", "withdrawn_why", "withdrawn_absences"]


def follow_truancy(scope: Scope, year: SchoolYear, policy: CarePolicy, unlawful: Mapping[int, Sequence[date]]) -> int:
    """Bring the notices of some students in line with their unlawful dates of the year; how many were changed.

    Every student that was looked at has a line, empty where no absence is unlawful; the caller holds their standings
    locked. The number of statements is the same for however many students.
    """
    standing = list(TruancyNotice.objects.filter(year=year, student__in=list(unlawful), withdrawn_at__isnull=True))
    calling = {student for student, dates in unlawful.items() if owed(dates, policy)}
    looked_at = calling | {notice.student_id for notice in standing}
    if not looked_at:
        return 0
    obliged = ages(scope, year, looked_at)
    wanted = {
        (student, each.threshold): each
        for student in looked_at
        if obliged[student].obliges
        for each in owed(unlawful[student], policy)
    }
    with transaction.atomic():
        fallen = _withdrawn(scope, standing, unlawful, obliged)
        kept = [notice for notice in standing if notice.withdrawn_at is None]
        return fallen + _written(scope, year, policy, kept, wanted)


def _withdrawn(
    scope: Scope,
    standing: Iterable[TruancyNotice],
    unlawful: Mapping[int, Sequence[date]],
    obliged: Mapping[int, Age],
) -> int:
    fallen = []
    for notice in standing:
        left = len(unlawful[notice.student_id])
        if left >= notice.threshold and obliged[notice.student_id].obliges:
            continue
        notice.withdrawn_at, notice.withdrawn_absences = scope.now, left
        notice.withdrawn_why = WhyWithdrawn.COUNT if left < notice.threshold else WhyWithdrawn.AGE
        fallen.append(notice)
    if fallen:
        TruancyNotice.objects.bulk_update(fallen, WITHDRAWAL)
    return len(fallen)


def _written(
    scope: Scope,
    year: SchoolYear,
    policy: CarePolicy,
    standing: Sequence[TruancyNotice],
    wanted: Mapping[tuple[int, int], Owed],
) -> int:
    there = {(notice.student_id, notice.threshold) for notice in standing}
    new = [
        TruancyNotice(student_id=student, year=year, threshold=threshold, is_final=each.is_final, noticed_at=scope.now)
        for (student, threshold), each in wanted.items()
        if (student, threshold) not in there
    ]
    # What was told stays as it was told.
    untold = [each for each in standing if each.reported_on is None and (each.student_id, each.threshold) in wanted]
    before = {notice.pk: _ground(notice) for notice in untold}
    placed = _placed(scope, policy, [*new, *untold], wanted)
    raised = TruancyNotice.objects.bulk_create([notice for notice in placed if notice.pk is None])
    return len(raised) + _moved([each for each in placed if each.pk in before and _ground(each) != before[each.pk]])


def _ground(notice: TruancyNotice) -> tuple[object, ...]:
    return (notice.school_id, tuple(notice.unlawful_on), notice.clock_starts_on, notice.due_on)


def _placed(
    scope: Scope, policy: CarePolicy, notices: Sequence[TruancyNotice], wanted: Mapping[tuple[int, int], Owed]
) -> list[TruancyNotice]:
    """The notices with their absences, school and deadline; without those whose day has changed again meanwhile."""
    asked = {}
    for notice in notices:
        each = wanted[notice.student_id, notice.threshold]
        notice.unlawful_on = list(each.unlawful_on)
        if notice.crossed_on != each.crossed_on:
            asked[notice.student_id, notice.threshold] = (notice.student_id, each.crossed_on)
    facts = crossing_facts(scope, set(asked.values())) if asked else {}
    placed = []
    for notice in notices:
        if day := asked.get((notice.student_id, notice.threshold)):
            if day not in facts:
                continue
            notice.crossed_on, notice.school_id = day[1], facts[day].school_id
            entered = facts[day].entered_on or scope.today
            notice.clock_starts_on = clock_starts(notice.crossed_on, entered, policy)
        placed.append(notice)
    _due(scope, policy, placed)
    return placed


def _due(scope: Scope, policy: CarePolicy, notices: Sequence[TruancyNotice]) -> None:
    if not notices:
        return
    starts = [notice.clock_starts_on for notice in notices]
    schools = {notice.school_id for notice in notices}
    days = session_days_after(scope, schools, min(starts), max(starts), policy.notice_calendar_days)
    for notice in notices:
        notice.due_on = due_on(notice.clock_starts_on, days[notice.school_id], policy)


def _moved(moved: Sequence[TruancyNotice]) -> int:
    if not moved:
        return 0
    # Somebody may be reporting one of them at this moment.
    locked = TruancyNotice.objects.select_for_update().filter(pk__in=[each.pk for each in moved]).order_by("pk")
    untold = {notice.pk for notice in locked if notice.reported_on is None}
    still = [notice for notice in moved if notice.pk in untold]
    TruancyNotice.objects.bulk_update(still, GROUND)
    return len(still)
