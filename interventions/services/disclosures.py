"""Writes the log of what is told about students, to whom and on which legal basis (RD-61)."""

from collections.abc import Collection, Sequence
from uuid import UUID

from interventions.models import Disclosure, LegalBasis, Referral, SharedFact
from students.access import Scope, visible_to
from students.models import Student
from students.refusals import NotInScope, Refused


def disclose(
    scope: Scope,
    student_ids: Collection[int],
    *,
    to: str,
    basis: str,
    shared: Sequence[str],
    submission_id: UUID | None = None,
) -> None:
    """Log that these kinds of facts (SharedFact) about students are told to somebody.

    By a submission id the same act sent twice is logged once. Raises NotInScope (a student of another's),
    Forbidden (the installation tells nobody anything), or Refused with what is missing.
    """
    facts = _checked(to, basis, shared)
    wanted = set(student_ids)
    if visible_to(scope, Student).filter(pk__in=wanted).count() != len(wanted):
        raise NotInScope
    facts |= {"submission_id": submission_id, "by_id": scope.person, "at": scope.now}
    rows = [Disclosure(student_id=each, **facts) for each in sorted(wanted)]
    Disclosure.objects.bulk_create(rows, ignore_conflicts=submission_id is not None)


def disclose_referral(scope: Scope, referral: Referral, submission_id: UUID | None = None) -> Disclosure:
    """Log that a referral's partner is told what the referral shares. In its transaction; sent twice it is one."""
    facts = {
        "to": referral.partner.name,
        "basis": referral.basis,
        "shared": referral.shared,
        "by_id": scope.person,
        "at": scope.now,
        "partner": referral.partner,
        "referral": referral,
    }
    if submission_id is None:
        return Disclosure.objects.create(student_id=referral.student_id, **facts)
    given = {"submission_id": submission_id, "student_id": referral.student_id}
    return Disclosure.objects.get_or_create(**given, defaults=facts)[0]


def _checked(to: str, basis: str, shared: Sequence[str]) -> dict[str, object]:
    if not to.strip():
        raise Refused("Say who is told.")
    if basis not in LegalBasis.values:
        raise Refused("Say on which legal basis it is shared (RD-61).")
    if not shared or set(shared) - set(SharedFact.values):
        raise Refused("Say what is shared.")
    return {"to": to.strip()[:200], "basis": basis, "shared": sorted(set(shared))}
