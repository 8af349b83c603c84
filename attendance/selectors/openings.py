"""The proof that somebody opened the roster of a class before saving it.

A page, or an answer to a program, that shows a roster carries it; a save sends it back. It is signed for the person and
the class, so it cannot be made up, and holds for as long as the class does.
"""

from datetime import date

from django.core.signing import Signer
from django.utils.crypto import constant_time_compare

from students.access import Scope


def opening_of_meeting(scope: Scope, meeting_id: int) -> str:
    """What a page that shows the roster of a meeting to this person carries; the caller took it from the scope."""
    return _signed(scope, f"meeting:{meeting_id}")


def opening_of_day(scope: Scope, section_id: int, day: date) -> str:
    """The same of a homeroom's day."""
    return _signed(scope, f"day:{section_id}:{day.isoformat()}")


def meeting_was_opened(scope: Scope, meeting_id: int, given: str | None) -> bool | None:
    """Whether a save of a meeting carries what its roster's page did; None where nobody asked for it."""
    return None if given is None else constant_time_compare(given, opening_of_meeting(scope, meeting_id))


def day_was_opened(scope: Scope, section_id: int, day: date, given: str | None) -> bool | None:
    """The same of a homeroom's day."""
    return None if given is None else constant_time_compare(given, opening_of_day(scope, section_id, day))


def _signed(scope: Scope, opened: str) -> str:
    return Signer(salt="attendance.openings").signature(f"{scope.user_id}:{opened}")
