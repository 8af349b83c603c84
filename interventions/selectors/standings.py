"""What stands of some students before they are looked at again, and how it differs from what their days say."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from interventions.models import Crossing, Standing
from interventions.rules.disengagement import Criterion
from interventions.rules.policy import CarePolicy, policy_on
from interventions.rules.standing import DISENGAGED, Judged, Wanted, judge
from interventions.selectors.policies import care_policies
from interventions.selectors.standing_facts import student_facts
from interventions.selectors.truancy_changes import NoticeChanges, notice_changes
from students.access import Scope
from students.models import SchoolYear

# What is compared, and written where it differs; `as_of` is the day on which it was found so.
COLUMNS = (
    "school_id",
    "is_enrolled",
    "tier",
    "absences",
    "unlawful_absences",
    "last_absent_on",
    "tardies",
    "criteria",
)
Row = tuple[Any, ...]
Key = tuple[int, str]


@dataclass(frozen=True)
class Difference:
    """A student who stands otherwise than the days say: the judgment, and what is to be done to the crossings."""

    judged: Judged
    stands_otherwise: bool
    new: Sequence[Wanted]
    # A crossing whose absence is another one now, as an earlier one was corrected.
    moved: Sequence[tuple[Crossing, Wanted]]
    gone: Sequence[Crossing]
    # A case follows now, though nothing changed: the days of grace are over.
    waits_for_a_case: bool
    # Of truancy, which counts otherwise than tiers do (ST-02).
    notices: NoticeChanges = field(default_factory=NoticeChanges)

    def __bool__(self) -> bool:
        return bool(
            self.stands_otherwise or self.new or self.moved or self.gone or self.waits_for_a_case or self.notices
        )


def school_year_on(scope: Scope, day: date) -> SchoolYear | None:
    """The school year of a day; None in the summer between two."""
    return SchoolYear.objects.filter(starts_on__lte=day, ends_on__gte=day).order_by("starts_on").last()


def judged_students(scope: Scope, year: SchoolYear, student_ids: Collection[int], *, on: date) -> list[Judged]:
    """Where students stand by their days through a day, inclusive, in the order of their ids."""
    return _judged(scope, year, student_ids, policy_on(on, care_policies(scope)), on)


def _judged(scope: Scope, year: SchoolYear, student_ids: Collection[int], policy: CarePolicy, on: date) -> list[Judged]:
    return [judge(facts, policy) for facts in student_facts(scope, year, student_ids, policy, on=on)]


def differences(scope: Scope, year: SchoolYear, student_ids: Collection[int], *, on: date) -> list[Difference]:
    """The students who stand otherwise than their days say; the same few statements however many."""
    policy = policy_on(on, care_policies(scope))
    judged = _judged(scope, year, student_ids, policy, on)
    rows = Standing.objects.filter(year=year, student__in=student_ids).values_list("student_id", *COLUMNS)
    stored = {row[0]: row[1:] for row in rows}
    crossings = _standing_crossings(year, student_ids)
    notices = notice_changes(scope, year, policy, {each.facts.student_id: each.unlawful_dates for each in judged})
    found = (
        _difference(each, stored, crossings[each.facts.student_id], notices.get(each.facts.student_id), on)
        for each in judged
    )
    return [each for each in found if each]


def _standing_crossings(year: SchoolYear, student_ids: Collection[int]) -> dict[int, dict[Key, Crossing]]:
    found: dict[int, dict[Key, Crossing]] = defaultdict(dict)
    for crossing in Crossing.objects.filter(year=year, student__in=student_ids, withdrawn_at__isnull=True):
        found[crossing.student_id][crossing.tier, crossing.ground] = crossing
    return found


def row_of(judged: Judged) -> Row:
    """A judgment as the columns keep it."""
    return (
        judged.facts.school_id,
        judged.facts.is_enrolled,
        judged.tier,
        judged.absences,
        len(judged.unlawful_dates),
        judged.last_absent_on,
        judged.facts.tardies,
        [_kept(each) for each in judged.criteria],
    )


def _kept(criterion: Criterion) -> dict[str, Any]:
    return {
        "sign": criterion.sign.value,
        "since": criterion.since.isoformat(),
        "days": [day.isoformat() for day in criterion.days],
        "among": criterion.among,
    }


def _difference(
    judged: Judged, stored: dict[int, Row], standing: dict[Key, Crossing], notices: NoticeChanges | None, on: date
) -> Difference:
    row = stored.get(judged.facts.student_id)
    wanted = {(each.tier, each.ground): each for each in judged.crossings}
    return Difference(
        judged=judged,
        stands_otherwise=not judged.is_nothing if row is None else row != row_of(judged),
        new=[each for key, each in wanted.items() if key not in standing],
        moved=[(standing[key], each) for key, each in wanted.items() if _has_moved(standing.get(key), each)],
        gone=[crossing for key, crossing in standing.items() if key not in wanted],
        waits_for_a_case=judged.facts.is_enrolled
        and any(each.case_id is None and each.acts_on <= on for each in standing.values()),
        notices=notices or NoticeChanges(),
    )


def _has_moved(crossing: Crossing | None, wanted: Wanted) -> bool:
    """A criterion of disengagement moves on with the days; the day on which it was first seen stays."""
    if crossing is None or wanted.ground == DISENGAGED:
        return False
    stored = (crossing.crossed_on, crossing.absences, crossing.acts_on)
    return stored != (wanted.crossed_on, wanted.absences, wanted.acts_on)
