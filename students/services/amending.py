"""Changing what was certified: only with a reason, which the database asks for (D13)."""

import json

from django.db import connection

from students.access import Scope


def lift_freeze(scope: Scope) -> None:
    """Let the caller's transaction change certified days, where the scope says why; every change is noted with it.

    Without a reason nothing is lifted, and a change of a certified day raises FrozenDays.
    """
    if not scope.amendment_reason:
        return
    said = {"reason": scope.amendment_reason, "by": scope.user_id, "at": scope.now.isoformat()}
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('first_bell.amendment', %s, true)", [json.dumps(said)])
