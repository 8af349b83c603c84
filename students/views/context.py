"""What every page's frame shows: the instant it speaks of, and whose page it is."""

from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpRequest

from students import clock
from students.selectors.families import children_of
from students.selectors.roster_runs import imports_that_wait
from students.selectors.teaching import teaches
from students.views.languages import OFFERS_LANGUAGES
from students.views.scoped import request_scope


def shell(request: HttpRequest) -> dict[str, Any]:
    """`scope`, `local_now` and `teaches` for signed-in people; `clock_is_shifted` for the demo's banner;
    `single_sign_on`, the name of the district's own sign-in."""
    frame: dict[str, Any] = {
        "clock_is_shifted": clock.is_shifted(),
        "offers_languages": OFFERS_LANGUAGES in request.META,
        "single_sign_on": settings.SINGLE_SIGN_ON_NAME,
    }
    if getattr(request, "user", None) is not None and request.user.is_authenticated:
        scope = request_scope(request)
        # These are asked of the database by the pages alone that want to know.
        frame |= {
            "scope": scope,
            "local_now": scope.now.astimezone(ZoneInfo(scope.zone)),
            "teaches": cache(lambda: teaches(scope)),
            "family_children": cache(lambda: list(children_of(scope).order_by("given_name", "pk"))),
            "imports_that_wait": cache(lambda: imports_that_wait(scope)),
        }
    return frame
