"""Hands cases to a member of their care team, one or many at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.db import transaction

from interventions.models import Case, TimelineEntry, TimelineKind
from interventions.selectors.care_team import schools_not_cared_for
from students.access import Scope, visible_to
from students.models import School
from students.refusals import NotInScope, Refused


@dataclass(frozen=True)
class HandedOver:
    """What became of the cases: handed over now; theirs already; closed meanwhile; and those that somebody else took
    or gave away since the page was read, each with the owner's name now (empty for nobody).
    """

    handed: Sequence[int]
    already: Sequence[int] = ()
    closed: Sequence[int] = ()
    meanwhile: Mapping[int, str] = field(default_factory=dict)


def hand_over(scope: Scope, expected: Mapping[int, int | None], owner_id: int | None, *, words: str = "") -> HandedOver:
    """Give cases an owner, or none; `expected` names each case's owner as the page showed it.

    What somebody else handed over meanwhile is left as it is, and said. Sent twice, the second finds all handed over.
    Raises NotInScope (any case), Forbidden (nobody signs) or Refused: no case, or an owner outside the care team.
    """
    if not expected:
        raise Refused("Choose at least one case.")
    with transaction.atomic():
        cases = _locked(scope, expected)
        _check_owner(scope, cases, owner_id)
        still_open = [case for case in cases if case.is_open]
        free = [case for case in still_open if case.owner_id != owner_id]
        handed = [case for case in free if case.owner_id == expected[case.pk]]
        _write(scope, handed, owner_id, words)
    return HandedOver(
        handed=[case.pk for case in handed],
        already=[case.pk for case in still_open if case.owner_id == owner_id],
        closed=[case.pk for case in cases if not case.is_open],
        meanwhile={case.pk: case.owner.full_name if case.owner else "" for case in free if case not in handed},
    )


def _locked(scope: Scope, case_ids: Mapping[int, int | None]) -> list[Case]:
    found = visible_to(scope, Case).select_for_update(of=("self",), no_key=True).select_related("owner")
    cases = list(found.filter(pk__in=list(case_ids)).order_by("pk"))
    if len(cases) != len(case_ids):
        raise NotInScope
    return cases


def _check_owner(scope: Scope, cases: Sequence[Case], owner_id: int | None) -> None:
    if owner_id is None:
        return
    if strange := schools_not_cared_for(scope, owner_id, {case.school_id for case in cases}):
        names = ", ".join(School.objects.filter(pk__in=strange).order_by("name").values_list("name", flat=True))
        raise Refused(f"This person works no cases in {names}. Choose somebody of its care team.")


def _write(scope: Scope, cases: Sequence[Case], owner_id: int | None, words: str) -> None:
    person = scope.person
    Case.objects.filter(pk__in=[case.pk for case in cases]).update(owner_id=owner_id)
    TimelineEntry.objects.bulk_create(
        TimelineEntry(
            case=case,
            kind=TimelineKind.HANDED_OVER,
            at=scope.now,
            by_id=person,
            owner_before_id=case.owner_id,
            owner_after_id=owner_id,
            words=words.strip()[:500],
        )
        for case in cases
    )
