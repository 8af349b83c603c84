"""What somebody needs who is about to log a call: whom one may call, what can come of it, and which step it is of."""

from collections.abc import Sequence
from dataclasses import dataclass

from interventions.models import ContactResult
from interventions.rules.attempts import RESULTS
from interventions.selectors.queue_lines import CaseLine, case_line
from students.access import Scope
from students.selectors.guardians import Contact, contacts_of


@dataclass(frozen=True)
class CallPanel:
    """A case's line, whom the school may tell of the student today, and the results of a call."""

    line: CaseLine
    contacts: Sequence[Contact]
    results: Sequence[tuple[str, str]]


def call_panel(scope: Scope, case_id: int) -> CallPanel:
    """The panel of an open case. Raises NotInScope."""
    line = case_line(scope, case_id)
    results = [(result, str(ContactResult(result).label)) for result in RESULTS["call"]]
    return CallPanel(line, contacts_of(scope, [line.student_id]).get(line.student_id, []), results)
