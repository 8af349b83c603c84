"""How often somebody may try a code: only tries that fail are counted."""

import hashlib
from collections.abc import Callable
from typing import TypeVar

from allauth.core.internal.ratelimit import consume
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from students.refusals import Refused
from students.rules.invitation_codes import read

Result = TypeVar("Result")

TOO_MANY = _("Too many tries. Wait an hour, or ask the school for help.")
# A whole school joins from one library of an evening, and a few of them mistype.
RATES = {"join": "30/h/ip,10/h/key"}


class TooManyTries(Refused):
    """Whatever the code is, it is not looked at (429)."""


def within_limits(request: HttpRequest, typed: str, act: Callable[[], Result]) -> Result:
    """Try a code. Raises TooManyTries before it is looked at, else what the act raises."""
    tried = consume(request, app="students", action="join", config=RATES, key=_key(typed))
    if tried is None:
        raise TooManyTries(TOO_MANY)
    result = act()
    tried.rollback()
    return result


def _key(typed: str) -> str:
    """The code, however it is typed; the cache keeps no more of it than its hash."""
    return hashlib.sha256((read(typed) or typed).encode()).hexdigest()
