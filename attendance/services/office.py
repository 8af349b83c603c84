"""Enters what the front office knows, of one student or of many at once, and withdraws it. Neither touches a mark.

Lock order: the students by id, which orders two clerks who enter the same ones, then their days.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time
from uuid import UUID
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.db import transaction

from attendance.models import OfficeEntry, OfficeEvent
from attendance.rules.minutes import minute_of
from attendance.rules.office_entry import BadEntry, Statement, check_entry, said_before
from attendance.selectors.office_days import enrolled_between, names_of, office, school_hours
from attendance.selectors.office_words import statement_of, words
from attendance.services.ledger import recompute
from attendance.signals import attendance_changed
from students.access import Scope, visible_to
from students.models import Student
from students.refusals import NotInScope, Refused

# A whole school leaves early by one entry; more than a school is a slip.
MOST_STUDENTS = 3000
# What one entry may have judged anew while a person waits.
MOST_STUDENT_DAYS = 30_000
# Names that a refusal spells out.
NAMED = 5


@dataclass(frozen=True)
class Recorded:
    """An entry with the ids of its students.

    `known` are those of whom the office had said it already, in words, by id; they are left out. `repeated`: the same
    form had been entered before, and nothing was written now.
    """

    entry: OfficeEntry
    student_ids: Sequence[int]
    known: Mapping[int, str] = field(default_factory=dict)
    repeated: bool = False


def record_entry(
    scope: Scope,
    school_id: int,
    student_ids: Collection[int],
    *,
    submission_id: UUID,
    kind: str,
    starts_on: date,
    ends_on: date | None = None,
    starts_at: time | None = None,
    ends_at: time | None = None,
    shown_as: str = "",
    note: str = "",
) -> Recorded:
    """Enter one thing of one student or of many, all or nothing. Days are inclusive, by default the first alone.

    Raises NotInScope, Forbidden (not the office of the school), or Refused: nobody named, too many, somebody who is
    not enrolled there on these days, times that cannot be, or all of it known already. Sent twice it is entered once.
    """
    school = office(scope, school_id)
    entry = OfficeEntry(
        submission_id=submission_id,
        school=school,
        kind=kind,
        shown_as=shown_as.strip(),
        note=note.strip(),
        entered_by_id=scope.person,
        entered_at=scope.now,
    )
    return enter_for(scope, entry, student_ids, starts_on, ends_on or starts_on, starts_at, ends_at)


def enter_for(
    scope: Scope,
    entry: OfficeEntry,
    student_ids: Collection[int],
    starts_on: date,
    last_day: date,
    starts_at: time | None,
    ends_at: time | None,
) -> Recorded:
    """Enter an entry that is not saved yet; the caller asked whether this person speaks for these students.

    Raises Refused as `record_entry` does.
    """
    kind = entry.kind
    ids = sorted(set(student_ids))
    word = Statement(kind, starts_on, last_day, _minute(starts_at), _minute(ends_at), entry.school_id)
    _check_size(ids, starts_on, last_day)
    with transaction.atomic():
        _lock(ids)
        if before := OfficeEntry.objects.filter(submission_id=entry.submission_id).first():
            return _repeated(before, entry.school_id, kind)
        _check(scope, entry, word)
        _check_enrolled(scope, entry.school_id, ids, starts_on, last_day)
        known = _known(scope, ids, word)
        new = [each for each in ids if each not in known]
        if not new:
            raise Refused(_all_known(scope, known))
        entry.save()
        OfficeEvent.objects.bulk_create(
            OfficeEvent(
                entry=entry,
                student_id=each,
                kind=kind,
                starts_on=starts_on,
                ends_on=last_day,
                starts_at=starts_at,
                ends_at=ends_at,
            )
            for each in new
        )
        _judge(scope, new, starts_on, last_day)
        return Recorded(entry, new, known)


def withdraw_entry(scope: Scope, entry_id: int, *, reason: str, student_id: int | None = None) -> int:
    """Withdraw what an entry says of one of its students, or of all; returns how many. The days are judged anew.

    What was withdrawn before stays as it is. Raises NotInScope, Forbidden or Refused (no reason).
    """
    if not reason.strip():
        raise Refused("Say why it is withdrawn.")
    entry = OfficeEntry.objects.filter(pk=entry_id).first()
    if entry is None:
        raise NotInScope
    office(scope, entry.school_id)
    return withdraw_from(scope, entry, reason, student_id)


def withdraw_from(scope: Scope, entry: OfficeEntry, reason: str, student_id: int | None = None) -> int:
    """Withdraw as `withdraw_entry` does; the caller asked whether this person may. Raises NotInScope."""
    said = OfficeEvent.objects.filter(entry=entry)
    if student_id is not None:
        said = said.filter(student=student_id)
    students = sorted(said.values_list("student_id", flat=True))
    if not students:
        raise NotInScope
    with transaction.atomic():
        _lock(students)
        standing = list(said.select_for_update().filter(withdrawn_at=None).order_by("pk"))
        withdrawn = {"withdrawn_by": scope.person, "withdrawn_at": scope.now, "withdrawn_reason": reason.strip()[:300]}
        OfficeEvent.objects.filter(pk__in=[each.pk for each in standing]).update(**withdrawn)
        for (starts_on, ends_on), events in _by_days(standing).items():
            _judge(scope, [each.student_id for each in events], starts_on, ends_on)
        return len(standing)


def _lock(student_ids: Iterable[int]) -> None:
    rows = Student.objects.select_for_update(no_key=True).filter(pk__in=list(student_ids))
    list(rows.order_by("pk").values_list("pk"))


def _minute(at: time | None) -> int | None:
    return None if at is None else minute_of(at)


def _repeated(before: OfficeEntry, school_id: int, kind: str) -> Recorded:
    if (before.school_id, before.kind) != (school_id, kind):
        raise Refused("This form belongs to another entry. Open the page again.")
    students = before.events.order_by("student_id").values_list("student_id", flat=True)
    return Recorded(before, list(students), repeated=True)


def _check_size(ids: Sequence[int], first_day: date, last_day: date) -> None:
    if not ids:
        raise Refused("Choose at least one student.")
    if len(ids) > MOST_STUDENTS:
        raise Refused(f"One entry is for {MOST_STUDENTS:,} students at most.")
    if len(ids) * ((last_day - first_day).days + 1) > MOST_STUDENT_DAYS:
        raise Refused("These are too many students for so many days. Enter fewer days, or a class at a time.")


def _check(scope: Scope, entry: OfficeEntry, word: Statement) -> None:
    hours = school_hours(scope, entry.school_id, word.starts_on)
    now = minute_of(scope.now.astimezone(ZoneInfo(scope.zone)).time())
    try:
        check_entry(word, today=scope.today, minute=now, school_day=hours)
        entry.full_clean(exclude=["school", "entered_by"])
    except BadEntry as bad:
        raise Refused(str(bad)) from bad
    except ValidationError as error:
        raise Refused(" ".join(error.messages)) from error


def _check_enrolled(scope: Scope, school_id: int, ids: Sequence[int], first_day: date, last_day: date) -> None:
    held = enrolled_between(scope, school_id, first_day, last_day).filter(student__in=ids)
    strange = set(ids) - set(held.values_list("student_id", flat=True))
    if not strange:
        return
    seen = visible_to(scope, Student).filter(pk__in=strange).values_list("pk", flat=True)
    names = names_of(scope, list(seen)[:NAMED])
    unknown = len(strange) - len(seen)
    told = [*names, *([f"{unknown} unknown"] if unknown else [])]
    raise Refused(f"Nothing was entered. Not enrolled in this school on these days: {'; '.join(told)}.")


def _known(scope: Scope, ids: Sequence[int], word: Statement) -> dict[int, str]:
    """What the office has said of each student already that makes the word no news."""
    standing: dict[int, list[OfficeEvent]] = defaultdict(list)
    touching = OfficeEvent.objects.filter(
        student__in=ids, withdrawn_at=None, starts_on__lte=word.ends_on, ends_on__gte=word.starts_on
    )
    for event in touching.select_related("entry"):
        standing[event.student_id].append(event)
    found = {each: said_before(word, [statement_of(event) for event in standing[each]]) for each in standing}
    return {each: words(said, word.starts_on) for each, said in found.items() if said}


def _all_known(scope: Scope, known: Mapping[int, str]) -> str:
    if len(known) > 1:
        return f"Nothing was entered: the office has said this of all {len(known)} students already."
    [(student_id, said)] = known.items()
    return f"{names_of(scope, [student_id])[0]} is entered already: {said}."


def _by_days(events: Iterable[OfficeEvent]) -> dict[tuple[date, date], list[OfficeEvent]]:
    days: dict[tuple[date, date], list[OfficeEvent]] = defaultdict(list)
    for each in events:
        days[each.starts_on, each.ends_on].append(each)
    return days


def _judge(scope: Scope, student_ids: Sequence[int], first_day: date, last_day: date) -> None:
    recompute(scope, student_ids, first_day, last_day)
    attendance_changed.send(OfficeEntry, student_ids=set(student_ids), dates={first_day, last_day})
