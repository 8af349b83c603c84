"""Places and lifts legal holds: while one stands, nothing of the school years that it touches is disposed of."""

from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Model

from students.access import Scope, visible_to
from students.models import Disposal, LegalHold, School, SchoolYear, Student
from students.models.retention import UNFINISHED
from students.refusals import NotInScope, Refused
from students.selectors.retention import require_district


def place_hold(
    scope: Scope,
    *,
    submission_id: UUID,
    reason: str,
    year_id: int | None = None,
    school_id: int | None = None,
    state_id: str = "",
) -> LegalHold:
    """Hold a school year, a school, a student (by state id), or these together. Sent twice it is placed once.

    A disposal that is being carried out stops at its next step. Raises NotInScope, or Refused with what is wrong.
    """
    require_district(scope)
    if before := LegalHold.objects.filter(submission_id=submission_id).first():
        return before
    if not reason.strip():
        raise Refused("Say why the records are held: the case, the letter, the order.")
    hold = LegalHold(
        submission_id=submission_id,
        school_year=_found(SchoolYear, year_id),
        school=_found(School, school_id),
        student=_student(state_id.strip()),
        reason=reason.strip()[:300],
        placed_by_id=scope.person,
        placed_at=scope.now,
    )
    try:
        hold.full_clean()
    except ValidationError as error:
        raise Refused(" ".join(error.messages)) from error
    with transaction.atomic():
        # Whoever removes rows at this moment is done with them before the hold stands, and sees it at the next step.
        list(Disposal.objects.select_for_update().filter(state__in=UNFINISHED).order_by("pk"))
        hold.save()
    return hold


def lift_hold(scope: Scope, hold_id: int, *, reason: str) -> LegalHold:
    """Lift a hold; lifted twice it is lifted once. Raises NotInScope, or Refused without a reason."""
    if not reason.strip():
        raise Refused("Say why the hold is lifted.")
    with transaction.atomic():
        hold = visible_to(scope, LegalHold).select_for_update().filter(pk=hold_id).first()
        if hold is None:
            raise NotInScope
        if hold.lifted_at is None:
            hold.lifted_by_id, hold.lifted_at = scope.person, scope.now
            hold.lifted_reason = reason.strip()[:300]
            hold.save(update_fields=["lifted_by", "lifted_at", "lifted_reason"])
        return hold


def _found(model: type[Model], row_id: int | None) -> Any:
    if row_id is None:
        return None
    found = model._default_manager.filter(pk=row_id).first()
    if found is None:
        raise NotInScope
    return found


def _student(state_id: str) -> Student | None:
    if not state_id:
        return None
    found = Student.objects.filter(state_id=state_id).first()
    if found is None:
        raise Refused(f"No student has the state id {state_id}. Look at the student’s page for it.")
    return found
