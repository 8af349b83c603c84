"""What the excused days of a month rest on: a document on file, one seen on paper, an allowed note, or nothing."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from django.db.models import Exists, OuterRef

from attendance.models import Document, DocumentKind, Excuse
from attendance.rules.excuse import is_allowed_note, suffices
from attendance.rules.policy import Policy, policy_on
from attendance.selectors.excuse_facts import fact_of, numbered
from attendance.selectors.policies import policies
from reporting.rules.facts import ExcusedDays
from students.access import Scope

# The better first: a day that two excuses cover rests on the better of them.
_ORDER = ("file", "note", "paper", "nothing")


def excused_days(scope: Scope, excused: Iterable[tuple[int, date]], first: date, last: date) -> list[ExcusedDays]:
    """By excuse, the days of those given that rest on it and on no better one; the students are from the scope.

    `excused` are students and days of a month, whose first and last day, both inclusive, are given.
    """
    days = defaultdict(list)
    for student_id, day in sorted(excused):
        days[student_id].append(day)
    known = policies(scope)
    held = defaultdict(list)
    for excuse in _excuses(days, first, last):
        held[excuse.student_id].append(excuse)
    resting: dict[tuple[int, int, str], list[date]] = defaultdict(list)
    for student_id, given in days.items():
        for day in given:
            if found := _basis(held[student_id], day, policy_on(day, known)):
                resting[student_id, *found].append(day)
    return [ExcusedDays(student_id, on, tuple(some)) for (student_id, _, on), some in sorted(resting.items())]


def _excuses(student_ids: Iterable[int], first: date, last: date) -> Iterable[Excuse]:
    found = Excuse.objects.filter(student__in=list(student_ids), starts_on__lte=last, ends_on__gte=first)
    on_file = Exists(Document.objects.unsealed().filter(excuse=OuterRef("pk")))
    return numbered(found.filter(withdrawn_at=None)).annotate(on_file=on_file).order_by("pk")


def _basis(excuses: Iterable[Excuse], day: date, policy: Policy) -> tuple[int, str] | None:
    """The excuse that a day rests on, and what that rests on; None where none of them excuses."""
    covering = [each for each in excuses if each.starts_on <= day <= each.ends_on and suffices(fact_of(each), policy)]
    if not covering:
        return None
    best = min(covering, key=lambda each: _ORDER.index(_rests_on(each, policy)))
    return best.pk, _rests_on(best, policy)


def _rests_on(excuse: Excuse, policy: Policy) -> str:
    if excuse.on_file:  # type: ignore[attr-defined]
        return "file"
    if is_allowed_note(fact_of(excuse), policy):
        return "note"
    if excuse.document_kind != DocumentKind.NONE:
        return "paper"
    # Where the policy itself asks for no document, none is missing.
    return "note" if DocumentKind.NONE in policy.accepted_documents.get(excuse.reason, []) else "nothing"
