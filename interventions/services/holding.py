"""Holds a case while something is done in it, so that two people never act on one state."""

from interventions.models import Case
from students.access import Scope, visible_to
from students.refusals import NotInScope, Refused

CLOSED = "The case is closed. Reopen it first."


def hold_case(scope: Scope, case_id: int) -> Case:
    """A case that this person works, locked; in a transaction. Raises NotInScope."""
    case = visible_to(scope, Case).select_for_update(of=("self",), no_key=True).filter(pk=case_id).first()
    if case is None:
        raise NotInScope
    return case


def hold_open_case(scope: Scope, case_id: int) -> Case:
    """The same, of a case that is open. Raises NotInScope, or Refused where it is closed."""
    case = hold_case(scope, case_id)
    if not case.is_open:
        raise Refused(CLOSED)
    return case
