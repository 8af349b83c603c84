"""Keeps the directory of partners (MD-10), which is the district's: its administrators enter, change and end them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from interventions.models import Partner
from interventions.rules.sharing import AGENCIES
from students.access import Scope, visible_to
from students.models import School
from students.refusals import Forbidden, NotInScope, Refused, Stale

DISTRICT_ALONE = "Partners are the district’s: only a district administrator enters and changes them."


@dataclass(frozen=True)
class PartnerFacts:
    """What is known of a partner. No schools: it serves the whole district."""

    kind: str
    name: str
    school_ids: Collection[int] = ()
    service_area: str = ""
    offers: str = ""
    contact_person: str = ""
    phone: str = ""
    email: str = ""
    languages: Collection[str] = ()
    is_district_unit: bool = False
    locates_students: bool = False
    agreement_on: date | None = None
    answer_days: int = 10


def add_partner(scope: Scope, facts: PartnerFacts, *, submission_id: UUID) -> Partner:
    """Enter a partner; sent twice it is one. Raises NotInScope, Forbidden, or Refused with what is wrong."""
    check_keeper(scope)
    if before := Partner.objects.filter(submission_id=submission_id).first():
        return before
    partner = Partner(submission_id=submission_id, entered_by_id=scope.person, entered_at=scope.now)
    try:
        with transaction.atomic():
            _write(scope, partner, facts)
    except IntegrityError as at_once:
        # The same form, or the same partner of somebody else, in the very moment.
        if before := Partner.objects.filter(submission_id=submission_id).first():
            return before
        raise Refused("The directory has a partner of this kind and name.") from at_once
    return partner


def change_partner(scope: Scope, partner_id: int, facts: PartnerFacts, *, version: int) -> Partner:
    """Change a partner that was read at a version. Raises NotInScope, Forbidden, Refused, or Stale."""
    check_keeper(scope)
    with transaction.atomic():
        partner = _locked(partner_id)
        if partner.version != version:
            raise Stale("Somebody else changed this partner since you opened the page. Look at it again.")
        partner.version += 1
        _write(scope, partner, facts)
    return partner


def end_partner(scope: Scope, partner_id: int) -> Partner:
    """Take a partner out of the directory; its referrals go on. Raises NotInScope or Forbidden."""
    check_keeper(scope)
    with transaction.atomic():
        partner = _locked(partner_id)
        if partner.ended_at is None:
            partner.ended_at, partner.ended_by_id = scope.now, scope.person
            partner.save(update_fields=["ended_at", "ended_by"])
    return partner


def restore_partner(scope: Scope, partner_id: int) -> Partner:
    """Put an ended partner back into the directory. Raises NotInScope, Forbidden, or Refused: the name is taken."""
    check_keeper(scope)
    with transaction.atomic():
        partner = _locked(partner_id)
        partner.ended_at = partner.ended_by = None
        _check(partner)
        partner.save(update_fields=["ended_at", "ended_by"])
    return partner


def check_keeper(scope: Scope) -> None:
    """Raise Forbidden for who reads the directory and does not keep it, NotInScope for who does not read it."""
    if not scope.works_cases:
        raise NotInScope
    if not scope.district_wide:
        raise Forbidden(DISTRICT_ALONE)


def _locked(partner_id: int) -> Partner:
    partner = Partner.objects.select_for_update(of=("self",)).filter(pk=partner_id).first()
    if partner is None:
        raise NotInScope
    return partner


def _write(scope: Scope, partner: Partner, facts: PartnerFacts) -> None:
    schools = list(visible_to(scope, School).filter(pk__in=list(facts.school_ids)))
    if len(schools) != len(set(facts.school_ids)):
        raise NotInScope
    for name in ("kind", "is_district_unit", "agreement_on", "answer_days"):
        setattr(partner, name, getattr(facts, name))
    for name in ("name", "service_area", "offers", "contact_person", "phone", "email"):
        setattr(partner, name, getattr(facts, name).strip())
    # Whoever entered it may not have thought of it (MD-07).
    partner.locates_students = facts.locates_students or facts.kind in AGENCIES
    partner.languages = sorted(set(facts.languages))
    _check(partner)
    partner.save()
    partner.schools.set(schools)


def _check(partner: Partner) -> None:
    try:
        partner.full_clean(exclude=["entered_by", "ended_by", "submission_id"])
    except ValidationError as wrong:
        raise Refused(" ".join(wrong.messages)) from wrong
