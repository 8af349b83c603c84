"""Enters how students are taught (MS-17). A preview is the act itself, undone."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID, uuid4, uuid5

from django.db import transaction

from attendance.models import ModeAssignment
from attendance.rules.mode_entry import BadMode, check_mode
from attendance.rules.modes import ModeFact
from attendance.rules.plan import plan_on
from attendance.selectors.mode_facts import places_from, refused_by_plan, running_into
from attendance.selectors.mode_refusals import conflict_words, not_offered_words
from attendance.selectors.plans import plans
from attendance.selectors.student_rights import without_right
from attendance.services.day_changes import Touched, hold, judge_anew, undone
from students.access import Scope, visible_to
from students.models import FactSource, SectionEnrollment, Student
from students.refusals import Forbidden, NotInScope, Refused
from students.rules.rights import Right

OFFICE_ALONE = "Only the office of the student’s school on these days says how a student is taught."
HEALTH_ALONE = "Only the office or the nurse of the student’s school switches to quarantine."
# More than a school is a slip.
MOST_STUDENTS = 3000


@dataclass(frozen=True)
class Given:
    """What entering a mode does. `left_out` are students who keep what they have, by id with the reason in words."""

    touched: Touched
    entered: Sequence[int]
    left_out: Mapping[int, str] = field(default_factory=dict)


def preview_mode(scope: Scope, student_ids: Collection[int], fact: ModeFact, *, leave_out: bool = False) -> Given:
    """What entering a mode would do; nothing is written. Raises as `enter_mode` does."""
    _check(scope, student_ids, fact)
    return undone(lambda: _enter(scope, student_ids, fact, uuid4(), "", leave_out=leave_out))


def enter_mode(
    scope: Scope,
    student_ids: Collection[int],
    fact: ModeFact,
    *,
    submission_id: UUID,
    agreed: str,
    late_reason: str = "",
    leave_out: bool = False,
) -> Given | None:
    """Enter a mode of one student or of many, all or nothing; None where the same form was sent before.

    With `leave_out` those keep what they have whose days are taken, or whose plan does not offer it. Raises NotInScope,
    Forbidden (not the office of their school; for a quarantine not its nurse either), Stale, or Refused with what is
    wrong: two facts on one day, a mode that the plan does not offer, past days without a reason.
    """
    _check(scope, student_ids, fact)
    with transaction.atomic():
        hold(scope, student_ids)
        if ModeAssignment.objects.filter(submission_id__in=_forms(submission_id, student_ids).values()).exists():
            return None
        given = _enter(scope, student_ids, fact, submission_id, late_reason, leave_out=leave_out)
        given.touched.check_agreed(agreed, late_reason)
        given.touched.tell(ModeAssignment)
    return given


def _check(scope: Scope, student_ids: Collection[int], fact: ModeFact) -> None:
    ids = set(student_ids)
    if not ids:
        raise Refused("Choose at least one student.")
    if len(ids) > MOST_STUDENTS:
        raise Refused(f"One change is for {MOST_STUDENTS:,} students at most.")
    if visible_to(scope, Student).filter(pk__in=ids).count() != len(ids):
        raise NotInScope
    try:
        check_mode(fact)
    except BadMode as bad:
        raise Refused(str(bad)) from bad
    right = Right.HEALTH if fact.is_quarantine else Right.OFFICE
    if without_right(scope, right, ids, fact.starts_on, fact.ends_on):
        raise Forbidden(HEALTH_ALONE if fact.is_quarantine else OFFICE_ALONE)


def _forms(submission_id: UUID, student_ids: Collection[int]) -> dict[int, UUID]:
    """A form for many is one row for each: a name of its own from the form's and the student's."""
    return {each: uuid5(submission_id, str(each)) for each in student_ids}


def _enter(
    scope: Scope,
    student_ids: Collection[int],
    fact: ModeFact,
    submission_id: UUID,
    late_reason: str,
    *,
    leave_out: bool,
) -> Given:
    hold(scope, student_ids)
    left_out = _left_out(scope, student_ids, fact)
    if left_out and not leave_out:
        raise Refused(next(iter(left_out.values())))
    entered = sorted(set(student_ids) - left_out.keys())
    if not entered:
        raise Refused("Nobody is left: " + next(iter(left_out.values())))
    forms = _forms(submission_id, entered)
    ModeAssignment.objects.bulk_create(_row(scope, each, fact, forms[each], late_reason) for each in entered)
    asked = [fact, sorted(left_out)]
    touched = judge_anew(scope, entered, fact.starts_on, fact.ends_on, asked=asked)
    return Given(touched, entered, left_out)


def _left_out(scope: Scope, student_ids: Collection[int], fact: ModeFact) -> dict[int, str]:
    """Why students cannot be given a mode, by id."""
    places = places_from(scope, student_ids, fact.starts_on)
    planned = plans(scope)
    found = dict.fromkeys(set(student_ids) - places.keys(), "The student is enrolled in no school from this day on.")
    for each, day in refused_by_plan(scope, places, fact).items():
        school_id, grade = places[each]
        offered = plan_on(day, planned, school_id=school_id, grade=grade).modes
        found[each] = not_offered_words(fact, day, offered)
    found |= {each: conflict_words(row) for each, row in running_into(scope, student_ids, fact).items()}
    if fact.section_id is not None:
        listed = SectionEnrollment.objects.filter(section=fact.section_id).exclude(ends_on__lt=fact.starts_on)
        strange = set(student_ids) - set(listed.values_list("student_id", flat=True))
        found |= dict.fromkeys(strange, "The student is not on the roster of this class.")
    return found


def _row(scope: Scope, student_id: int, fact: ModeFact, submission_id: UUID, late_reason: str) -> ModeAssignment:
    return ModeAssignment(
        student_id=student_id,
        section_id=fact.section_id,
        mode=fact.mode,
        starts_on=fact.starts_on,
        ends_on=fact.ends_on,
        weekdays=list(fact.weekdays),
        rotation_days=list(fact.rotation_days),
        reason=fact.reason,
        source=FactSource.HERE,
        submission_id=submission_id,
        entered_by_id=scope.person,
        entered_at=scope.now,
        late_reason=late_reason.strip()[:300],
    )
