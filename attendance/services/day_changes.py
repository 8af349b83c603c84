"""What a change of facts does to days: judged inside its transaction, and for a preview undone.

Locks: the schools' days, then the students by id, then ledger rows as everywhere.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from django.db import transaction
from django.db.models import Max

from attendance.models import DailyAttendance, SchoolDays
from attendance.rules.agreement import Agreement, agreement
from attendance.services.ledger import recompute
from attendance.services.roster_changes import hold_openings
from attendance.signals import attendance_changed
from students.access import Scope
from students.models import Student
from students.refusals import Refused, Stale

# Days of students that one change may judge anew: a few seconds of work, and as many for its preview.
MOST_STUDENT_DAYS = 25_000
NO_DAY = "no_day"
Done = TypeVar("Done")
Days = Mapping[tuple[int, date], tuple[str, str]]


class TooManyDays(Refused):
    """A change that would judge more days than one may."""


@dataclass(frozen=True, slots=True)
class DayChange:
    """A student's day that is judged otherwise: `absent unexcused` in a mode before, and after."""

    student_id: int
    date: date
    before: str
    after: str
    mode_before: str
    mode_after: str

    @property
    def turns(self) -> bool:
        """Whether the verdict is another, and not the mode alone."""
        return self.before != self.after


@dataclass(frozen=True)
class Touched:
    """What a change does: days judged anew, those that are otherwise now, and what somebody agrees to.

    `late_from`: the first day before today that the facts reach; None where they begin today or later.
    """

    student_ids: frozenset[int]
    student_days: int
    changes: Sequence[DayChange]
    agreement: Agreement
    late_from: date | None
    first_day: date
    last_day: date

    @property
    def turned(self) -> Sequence[DayChange]:
        """The days whose verdict changes."""
        return [each for each in self.changes if each.turns]

    def check_agreed(self, agreed: str, late_reason: str) -> None:
        """Refuse what nobody looked at before it was saved, and what reaches into past days without a word why."""
        if self.agreement.differs_in_what_was_asked(agreed):
            raise Refused("This is another change than the one you looked at. Look at what it does, then save.")
        if self.agreement.differs(agreed):
            raise Stale("Some of these days changed since you looked. Look again, then save.")
        if self.late_from is not None and not late_reason.strip():
            raise Refused("Days that are over are judged anew. Say why this is entered only now.")

    def tell(self, sender: type) -> None:
        """Pass the news on to the apps above."""
        dates = {self.first_day, self.last_day}
        attendance_changed.send(sender, student_ids=set(self.student_ids), dates=dates)


def hold(scope: Scope, student_ids: Iterable[int]) -> None:
    """Lock what a change of some students' facts needs, in the one order; inside the caller's transaction."""
    hold_openings(scope)
    rows = Student.objects.select_for_update(no_key=True).filter(pk__in=list(student_ids))
    list(rows.order_by("pk").values_list("pk"))


def judge_anew(
    scope: Scope, student_ids: Collection[int], first_day: date, last_day: date | None, *, asked: Iterable[object]
) -> Touched:
    """Judge days anew, both inclusive and no last day meaning all that are opened, in the caller's transaction.

    `asked` says what was asked for, so that nobody agrees to something else. Raises TooManyDays.
    """
    latest = SchoolDays.objects.aggregate(latest=Max("opened_through"))["latest"] or first_day
    last = max(first_day, min(last_day or latest, latest))
    before = _days(student_ids, first_day, last)
    if len(before) > MOST_STUDENT_DAYS:
        raise TooManyDays(
            f"{len(before):,} days of students would be judged anew, more than {MOST_STUDENT_DAYS:,} at once. "
            "Begin later, or take fewer students at a time."
        )
    recompute(scope, student_ids, first_day, last)
    after = _days(student_ids, first_day, last)
    changes = _changes(before, after)
    return Touched(
        student_ids=frozenset(student_ids),
        student_days=len(before.keys() | after.keys()),
        changes=changes,
        agreement=agreement([*asked, sorted(student_ids)], changes),
        late_from=first_day if first_day < scope.today else None,
        first_day=first_day,
        last_day=last,
    )


def _days(student_ids: Collection[int], first_day: date, last_day: date) -> Days:
    rows = DailyAttendance.objects.filter(student__in=student_ids, date__range=(first_day, last_day)).order_by()
    found = rows.values_list("student_id", "date", "status", "absence_kind", "mode")
    return {(student, day): (f"{status} {kind}".strip(), mode) for student, day, status, kind, mode in found}


def _changes(before: Days, after: Days) -> Sequence[DayChange]:
    nothing = (NO_DAY, "")
    found = []
    for key in sorted(before.keys() | after.keys()):
        (was, mode_was), (becomes, mode) = before.get(key, nothing), after.get(key, nothing)
        if (was, mode_was) != (becomes, mode):
            found.append(DayChange(*key, was, becomes, mode_was, mode))
    return tuple(found)


def undone(act: Callable[[], Done]) -> Done:
    """What an act would do; it is done, and undone."""
    with transaction.atomic():
        done = act()
        transaction.set_rollback(True)
    return done
