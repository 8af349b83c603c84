"""Whether the nightly pass has fallen behind: what it alone finds then knows nothing of the school days since."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from attendance.models import CalendarDay
from students.access import Scope

# Until this morning's pass has run, yesterday is not looked at; a second school day says that a night was missed.
MOST_BEHIND = 1


@dataclass(frozen=True)
class LateNights:
    """How many of some schools have missed a night; `ran_on` is the day of the oldest of their last passes."""

    ran_on: date
    schools: int
    of: int


def late_nights(scope: Scope, looked: Mapping[int, date]) -> LateNights | None:
    """The schools of which more than one school day that is over was not looked at; None for none.

    `looked` are the last days, inclusive, that the passes looked at, by school; the caller took them from the scope.
    One statement.
    """
    if not looked:
        return None
    passed = CalendarDay.objects.filter(
        school__in=looked, date__gt=min(looked.values()), date__lt=scope.today
    ).in_session()
    missed = Counter(school for school, day in passed.values_list("school_id", "date") if day > looked[school])
    late = [looked[school] for school, days in missed.items() if days > MOST_BEHIND]
    return LateNights(min(late) + timedelta(days=1), len(late), len(looked)) if late else None
