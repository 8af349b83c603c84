"""How verdicts change, as a preview says it."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from attendance.selectors.calendar_effects import NO_DAY, VerdictChange


def in_words(changes: Iterable[VerdictChange]) -> list[tuple[str, str, int]]:
    """What days of students were, what they become, and how many."""
    return [(_words(each.before), _words(each.after), each.days) for each in changes]


def _words(standing: str) -> str:
    words = {
        NO_DAY: _("no day"),
        "present": _("present"),
        "undetermined": _("undetermined"),
        "absent excused": _("absent, excused"),
        "absent unexcused": _("absent, unexcused"),
    }
    return words.get(standing, standing)
