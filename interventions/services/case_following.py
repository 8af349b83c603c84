"""What crossings do to cases: open them, raise and lower their tier, and close those whose absences were corrected."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date

from django.db.models import Exists, OuterRef, Subquery

from interventions.models import (
    Case,
    CaseNote,
    Contact,
    Crossing,
    Ground,
    Outcome,
    Referral,
    Step,
    StepState,
    TimelineEntry,
    TimelineKind,
)
from interventions.selectors.standings import Difference
from interventions.services.planned_steps import add_planned_steps, withdraw_steps
from students.access import Scope
from students.models import SchoolYear


def follow_cases(scope: Scope, year: SchoolYear, found: Sequence[Difference], *, on: date) -> None:
    """Let the cases of students follow their crossings as of a day; the callers hold the students' standings.

    A crossing is taken up by one case: closing that case does not open it again, a further crossing opens another.
    """
    ids = [each.judged.facts.student_id for each in found]
    cases = {case.student_id: case for case in _locked(ids)}
    _move(scope, found, cases)
    acting = _acting(year, [each for each in found if each.judged.facts.is_enrolled], on)
    opened = _open(scope, year, found, {each.student_id for each in acting} - cases.keys(), on)
    cases |= {case.student_id: case for case in opened}
    for crossing in acting:
        crossing.case = cases[crossing.student_id]
    open_case = Case.objects.filter(student=OuterRef("student"), closed_at__isnull=True)
    Crossing.objects.filter(pk__in=[each.pk for each in acting]).update(case=Subquery(open_case.values("pk")))
    gone = [crossing for each in found for crossing in each.gone if crossing.case_id]
    _tell(scope, opened, acting, gone)
    touched = {crossing.student_id for crossing in (*acting, *gone)}
    _set_tiers(scope, [cases[each] for each in touched if each in cases], on)


def _locked(student_ids: Collection[int]) -> list[Case]:
    rows = Case.objects.select_for_update(no_key=True).filter(student__in=student_ids, closed_at__isnull=True)
    return list(rows.order_by("pk"))


def _acting(year: SchoolYear, enrolled: Sequence[Difference], on: date) -> list[Crossing]:
    """Crossings that no case has taken up, their days of grace over."""
    ids = [each.judged.facts.student_id for each in enrolled]
    waiting = Crossing.objects.filter(year=year, student__in=ids, withdrawn_at__isnull=True, case__isnull=True)
    return list(waiting.filter(acts_on__lte=on))


def _open(scope: Scope, year: SchoolYear, found: Sequence[Difference], student_ids: set[int], on: date) -> list[Case]:
    facts = (each.judged.facts for each in found)
    return Case.objects.bulk_create(
        Case(student_id=each.student_id, year=year, school_id=each.school_id, tier=0, opened_at=scope.now, opened_on=on)
        for each in facts
        if each.student_id in student_ids and each.school_id is not None
    )


def _move(scope: Scope, found: Sequence[Difference], cases: dict[int, Case]) -> None:
    """A case goes with its student to another school, whose care team takes it over."""
    moved, told = [], []
    for each in found:
        case, school_id = cases.get(each.judged.facts.student_id), each.judged.facts.school_id
        if case is None or school_id is None or case.school_id == school_id:
            continue
        told.append(_entry(scope, case, TimelineKind.MOVED_SCHOOL, owner_before_id=case.owner_id))
        case.school_id, case.owner_id = school_id, None
        moved.append(case)
    Case.objects.bulk_update(moved, ["school", "owner"])
    TimelineEntry.objects.bulk_create(told)


def _tell(scope: Scope, opened: Sequence[Case], acting: Sequence[Crossing], gone: Sequence[Crossing]) -> None:
    TimelineEntry.objects.bulk_create(
        [_entry(scope, case, TimelineKind.OPENED) for case in opened]
        + [_entry(scope, each.case, TimelineKind.TIER_REACHED, crossing=each) for each in acting if each.case]
        + [_entry(scope, each.case, TimelineKind.CROSSING_WITHDRAWN, crossing=each) for each in gone if each.case]
    )


def _entry(scope: Scope, case: Case, kind: TimelineKind, **more: object) -> TimelineEntry:
    return TimelineEntry(case=case, kind=kind, at=scope.now, **more)


def _set_tiers(scope: Scope, cases: Sequence[Case], on: date) -> None:
    standing: dict[int, list[Crossing]] = defaultdict(list)
    for crossing in Crossing.objects.filter(case__in=cases, withdrawn_at__isnull=True):
        standing[crossing.case_id or 0].append(crossing)
    raised, lowered = [], []
    for case in cases:
        tier = max((each.tier for each in standing[case.pk]), default=0)
        # Disengagement on top of a count brings no tier, but the agencies of its plan (MD-07).
        if tier >= case.tier and (tier > case.tier or any(_is_disengagement(each) for each in standing[case.pk])):
            raised.append(case)
        elif tier < case.tier:
            lowered.append(case)
        case.tier = tier
    for tier in {case.tier for case in cases}:
        Case.objects.filter(pk__in=[case.pk for case in cases if case.tier == tier]).update(tier=tier)
    add_planned_steps(scope, raised, on=on)
    if lowered:
        withdraw_steps(scope, lowered)
        _close_groundless(scope, [case for case in lowered if not case.tier])


def _is_disengagement(crossing: Crossing) -> bool:
    return crossing.ground == Ground.DISENGAGED


def _close_groundless(scope: Scope, cases: Sequence[Case]) -> None:
    """Close those with which nobody has begun anything; the others are for a person to end."""
    begun = Step.objects.filter(case=OuterRef("pk")).exclude(state__in=[StepState.OPEN, StepState.WITHDRAWN])
    untouched = (
        Case.objects.filter(pk__in=[case.pk for case in cases], closed_at__isnull=True)
        .exclude(Exists(Contact.objects.filter(case=OuterRef("pk"))))
        .exclude(Exists(CaseNote.objects.filter(case=OuterRef("pk"))))
        .exclude(Exists(Referral.objects.filter(case=OuterRef("pk"))))
        .exclude(Exists(begun))
    )
    closing = list(untouched)
    for case in closing:
        case.closed_at, case.outcome = scope.now, Outcome.NO_GROUND
    Case.objects.bulk_update(closing, ["closed_at", "outcome"])
    TimelineEntry.objects.bulk_create(_entry(scope, case, TimelineKind.CLOSED) for case in closing)
