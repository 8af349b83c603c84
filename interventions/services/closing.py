"""Closes a case with what became of it, and opens it again."""

from django.db import IntegrityError, transaction

from interventions.models import Case, Outcome, TimelineEntry, TimelineKind
from interventions.services.holding import hold_case
from students.access import Scope
from students.refusals import Refused, Stale

MOST_WORDS = 500
ANOTHER_IS_OPEN = "Another case of the student is open. Go on there."


def close_case(scope: Scope, case_id: int, *, outcome: str, words: str = "") -> Case:
    """Close a case with its outcome. The same said twice is said once.

    Raises NotInScope, Refused with what is wrong, or Stale where somebody closed it otherwise.
    """
    words = words.strip()[:MOST_WORDS]
    if outcome not in Outcome.values:
        raise Refused("Choose what became of the case.")
    if outcome == Outcome.OTHER and not words:
        raise Refused("Say what became of the case.")
    with transaction.atomic():
        case = hold_case(scope, case_id)
        if not case.is_open:
            return _closed_before(scope, case, outcome)
        case.closed_at, case.closed_by_id, case.outcome = scope.now, scope.person, outcome
        case.save(update_fields=["closed_at", "closed_by", "outcome"])
        _tell(scope, case, TimelineKind.CLOSED, words)
        return case


def reopen_case(scope: Scope, case_id: int, *, words: str) -> Case:
    """Open a closed case again, with the reason. Open already, it stays as it is.

    Raises NotInScope, or Refused: no reason, a year that is over, another open case of the student.
    """
    words = words.strip()[:MOST_WORDS]
    if not words:
        raise Refused("Say why the case is opened again.")
    with transaction.atomic():
        case = hold_case(scope, case_id)
        if case.is_open:
            return case
        if case.year.ends_on and case.year.ends_on < scope.today:
            raise Refused("The case is of a school year that is over. Absences of this year open a case of their own.")
        case.closed_at, case.closed_by, case.outcome = None, None, ""
        _save_as_the_open_one(case)
        _tell(scope, case, TimelineKind.REOPENED, words)
        return case


def _closed_before(scope: Scope, case: Case, outcome: str) -> Case:
    if (case.outcome, case.closed_by_id) != (outcome, scope.person):
        raise Stale("Somebody closed the case already. Look at the page again.")
    return case


def _save_as_the_open_one(case: Case) -> None:
    """Crossing a tier may open another case at this instant: the database has the last word."""
    try:
        with transaction.atomic():
            case.save(update_fields=["closed_at", "closed_by", "outcome"])
    except IntegrityError as another:
        raise Refused(ANOTHER_IS_OPEN) from another


def _tell(scope: Scope, case: Case, kind: TimelineKind, words: str) -> None:
    TimelineEntry.objects.create(case=case, kind=kind, at=scope.now, by_id=scope.person, words=words)
