"""What every page of one child has: the child, and as of when the page speaks."""

from typing import Any

from attendance.selectors.local_times import local_time
from students.access import Scope
from students.languages.days_in_words import time_in_words
from students.models import Student


def child_page(scope: Scope, child: Student, **more: Any) -> dict[str, Any]:
    """The context of a page of a child, whom a selector let through."""
    return {"child": child, "as_of": as_of(scope), **more}


def as_of(scope: Scope) -> str:
    """The local time of which a page speaks."""
    return time_in_words(local_time(scope, scope.now))
