"""Letters follow the days: where the ground of one falls away, it is withdrawn, visibly (MD-05 to MD-07, ST-02)."""

from collections.abc import Sequence

from django.db.models import Q

from interventions.models import Letter, WhyLetterWithdrawn
from interventions.selectors.standings import Difference
from students.access import Scope


def follow_letters(scope: Scope, found: Sequence[Difference]) -> None:
    """Withdraw the letters whose crossing or notice was just withdrawn; in the transaction of the caller, who holds
    the students' standings.

    A notice of other days than before is told again: its letters that were not printed yet are due anew. What was
    printed stays as it was told.
    """
    crossings = [crossing.pk for each in found for crossing in each.gone]
    notices = [notice.pk for each in found for notice in each.notices.withdrawn]
    if crossings or notices:
        gone = Letter.objects.filter(Q(crossing__in=crossings) | Q(notice__in=notices), withdrawn_at__isnull=True)
        gone.update(withdrawn_at=scope.now, withdrawn_why=WhyLetterWithdrawn.GROUND)
    moved = [notice.pk for each in found for notice in each.notices.moved]
    if moved:
        stale = Letter.objects.filter(notice__in=moved, withdrawn_at__isnull=True, printed_at__isnull=True)
        stale.update(withdrawn_at=scope.now, withdrawn_why=WhyLetterWithdrawn.CHANGED, is_due_again=True)
