"""Proposes, confirms and withdraws the disposal of a school year's records: two persons, by name (MS-31)."""

from uuid import UUID

from django.db import transaction

from students.access import Scope, visible_to
from students.models import Disposal, DisposalState, RecordKind, SchoolYear
from students.refusals import Forbidden, NotInScope, Refused, Stale
from students.selectors.retention import YearKept, require_district, year_kept

_OF = {RecordKind.DOCUMENTATION: "Attendance documentation", RecordKind.SUPPORT: "What was noted and sent"}


def propose_disposal(
    scope: Scope, year_id: int, kind: str, *, submission_id: UUID, typed_name: str, reason: str
) -> Disposal:
    """Propose that a school year's records of a kind be disposed of. Sent twice it is proposed once.

    `typed_name` is the year's name as the person typed it. Raises NotInScope, or Refused: the time is not over, a hold
    stands, a disposal is under way, the name differs, or no reason.
    """
    require_district(scope)
    if before := Disposal.objects.filter(submission_id=submission_id).first():
        return before
    kept = _proposable(scope, year_id, kind, typed_name)
    if not reason.strip():
        raise Refused("Say why the records may go: the rule or the decision that lets them.")
    with transaction.atomic():
        # Two persons at once: the second sees the first one's proposal.
        SchoolYear.objects.select_for_update(no_key=True).get(pk=year_id)
        if kept.unfinished(kind) or Disposal.objects.filter(submission_id=submission_id).exists():
            raise Stale("A disposal of these records is under way already. Look at it first.")
        return Disposal.objects.create(
            submission_id=submission_id,
            school_year_id=year_id,
            kind=kind,
            reason=reason.strip()[:300],
            proposed_by_id=scope.person,
            proposed_at=scope.now,
        )


def confirm_disposal(scope: Scope, disposal_id: int, *, typed_name: str) -> Disposal:
    """Confirm another person's proposal; a worker carries it out. Confirmed twice it is confirmed once.

    Raises NotInScope, Forbidden for the person who proposed it, Refused as proposing does, or Stale.
    """
    with transaction.atomic():
        agreed = _held(scope, disposal_id)
        if agreed.confirmed_by_id == scope.person:
            return agreed
        if agreed.state != DisposalState.PROPOSED:
            raise Stale("Somebody else has answered this proposal since. Look again.")
        if agreed.proposed_by_id == scope.person:
            raise Forbidden("Another person than the one who proposed a disposal confirms it.")
        _proposable(scope, agreed.school_year_id, agreed.kind, typed_name)
        agreed.state, agreed.confirmed_by_id, agreed.confirmed_at = DisposalState.CONFIRMED, scope.person, scope.now
        agreed.save(update_fields=["state", "confirmed_by", "confirmed_at"])
        return agreed


def withdraw_disposal(scope: Scope, disposal_id: int) -> Disposal:
    """Withdraw a proposal that nobody has confirmed; withdrawn twice it is once. Raises NotInScope or Stale."""
    with transaction.atomic():
        agreed = _held(scope, disposal_id)
        if agreed.state == DisposalState.WITHDRAWN:
            return agreed
        if agreed.state != DisposalState.PROPOSED:
            raise Stale("This disposal is confirmed: it is no longer a proposal.")
        agreed.state, agreed.withdrawn_by_id, agreed.withdrawn_at = DisposalState.WITHDRAWN, scope.person, scope.now
        agreed.save(update_fields=["state", "withdrawn_by", "withdrawn_at"])
        return agreed


def _held(scope: Scope, disposal_id: int) -> Disposal:
    found = visible_to(scope, Disposal).select_for_update(of=("self",)).filter(pk=disposal_id).first()
    if found is None:
        raise NotInScope
    return found


def _proposable(scope: Scope, year_id: int, kind: str, typed_name: str) -> YearKept:
    if kind not in _OF:
        raise NotInScope
    kept = year_kept(scope, year_id)
    if not kept.is_over(kind, scope.today):
        through = kept.through(kind)
        raise Refused(
            f"{_OF[RecordKind(kind)]} of {kept.year.name} are kept through {through:%B} {through.day}, {through.year}."
        )
    if kept.holds:
        raise Refused("A legal hold stands: nothing of this school year is disposed of before it is lifted.")
    if typed_name.strip() != kept.year.name:
        raise Refused(f"Type the school year’s name, {kept.year.name}, to say that you mean it.")
    return kept
