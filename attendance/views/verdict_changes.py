"""How verdicts change, as every preview says it."""

from collections.abc import Iterable

from attendance.selectors.calendar_effects import VerdictChange
from attendance.views.calendar_preview import VERDICTS


def in_words(changes: Iterable[VerdictChange]) -> list[tuple[str, str, int]]:
    """What days of students were, what they become, and how many."""
    return [(str(VERDICTS[each.before]), str(VERDICTS[each.after]), each.days) for each in changes]
