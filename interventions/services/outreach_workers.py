"""Says who of the staff does outreach, and what they take on."""

from collections.abc import Collection
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction

from interventions.models import OutreachWorker
from interventions.selectors.outreach_workers import check_assigns, possible_workers
from students.access import Scope, visible_to
from students.models import School, User
from students.refusals import NotInScope, Refused


@dataclass(frozen=True)
class TakesOn:
    """What a worker takes on. No schools are all of them, no needs none in particular."""

    most_students: int
    languages: Collection[str] = ()
    school_ids: Collection[int] = ()
    needs: Collection[str] = ()


def add_worker(scope: Scope, user_id: int, takes_on: TakesOn) -> OutreachWorker:
    """Let somebody do outreach; who does so already takes on what is said now.

    Raises Forbidden, NotInScope (a school), or Refused: an account that cannot, or what no worker can take.
    """
    check_assigns(scope)
    with transaction.atomic():
        # The account's row orders two sends of one form.
        User.objects.select_for_update(no_key=True).filter(pk=user_id).first()
        row = OutreachWorker.objects.filter(user=user_id).first()
        if row is None:
            if user_id not in {each.pk for each in possible_workers(scope)}:
                raise Refused("Give this person the role of outreach worker first, under System.")
            row = OutreachWorker(user_id=user_id, entered_by_id=scope.person, entered_at=scope.now)
        return _saved(scope, row, takes_on)


def change_worker(scope: Scope, worker_id: int, takes_on: TakesOn) -> OutreachWorker:
    """Let a worker take on something else, and again where they had stopped; who they have stays with them.

    Raises what `add_worker` does, and NotInScope.
    """
    check_assigns(scope)
    with transaction.atomic():
        return _saved(scope, _locked(worker_id), takes_on)


def end_worker(scope: Scope, worker_id: int) -> OutreachWorker:
    """Let a worker stop; stopped twice it is stopped once.

    Raises Forbidden, NotInScope, or Refused while somebody is assigned to them.
    """
    check_assigns(scope)
    with transaction.atomic():
        row = _locked(worker_id)
        if row.ended_at is not None:
            return row
        if held := row.assignments.filter(ended_at=None).count():
            raise Refused(f"{held} students are in these hands. Give them to somebody else first.")
        row.ended_at, row.ended_by_id = scope.now, scope.person
        row.save(update_fields=["ended_at", "ended_by"])
    return row


def _locked(worker_id: int) -> OutreachWorker:
    row = OutreachWorker.objects.select_for_update().filter(pk=worker_id).first()
    if row is None:
        raise NotInScope
    return row


def _saved(scope: Scope, row: OutreachWorker, takes_on: TakesOn) -> OutreachWorker:
    schools = sorted(set(takes_on.school_ids))
    if visible_to(scope, School).filter(pk__in=schools).count() != len(schools):
        raise NotInScope
    row.most_students, row.school_ids = takes_on.most_students, schools
    row.languages, row.needs = sorted(set(takes_on.languages)), sorted(set(takes_on.needs))
    row.ended_at = row.ended_by = None
    try:
        row.full_clean(exclude=["user", "entered_by"])
    except ValidationError as error:
        raise Refused(" ".join(error.messages)) from error
    row.save()
    return row
