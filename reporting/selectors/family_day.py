"""The explanation of any day of a child, in the words of a family."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from attendance.selectors.school_days import Beside, school_days_beside
from reporting.selectors.family_excuses import FamilyExcuse, family_excuses
from reporting.selectors.family_places import child_places
from reporting.selectors.family_today import FamilyDay, judged_day, shown_day, without_a_verdict
from students.access import Scope
from students.selectors.families import own_child


@dataclass(frozen=True)
class ExplainedDay:
    """A day, the minutes that it came to (None where it has no verdict), its excuses, and the school days beside."""

    shown: FamilyDay
    required: int | None
    needed: int | None
    attended: int | None
    excused: int | None
    excuses: Sequence[FamilyExcuse]
    beside: Beside | None


def family_day(scope: Scope, student_id: int, day: date) -> ExplainedDay:
    """A day of an own child; the same number of statements however much stands in it. Raises NotInScope."""
    child = own_child(scope, student_id)
    judged = judged_day(scope, child, day)
    place = child_places(scope, [child.pk], day)[child.pk]
    school_id = place.enrollment.school_id if place.enrollment else None
    beside = school_days_beside(scope, [school_id], day) if school_id else None
    if judged is None:
        shown = without_a_verdict(scope, child, day, place)
        return ExplainedDay(shown, None, None, None, None, [], beside)
    verdict = judged.verdict
    return ExplainedDay(
        shown=shown_day(scope, child, judged),
        required=verdict.minutes_required,
        needed=verdict.minutes_needed,
        attended=verdict.minutes_attended,
        excused=verdict.minutes_excused,
        excuses=family_excuses(scope, child, day, judged.day.school_id, judged.policy),
        beside=beside,
    )
