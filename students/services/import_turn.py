"""One import at a time, and none while somebody changes on a page what imports write."""

from django.db import connection

from students.access import Scope
from students.refusals import Refused

# Any number that no other part of the product takes.
_LOCK = 5_326_001


def wait_for_turn(scope: Scope) -> None:
    """Hold the turn of imports until the transaction ends; whoever held it has committed when we go on."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


def keep_imports_out(scope: Scope) -> None:
    """Let no import be written until the transaction ends. Raises Refused while one is: it may have planned otherwise.

    People who change other things meanwhile share this.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock_shared(%s)", [_LOCK])
        [(is_ours,)] = cursor.fetchall()
    if not is_ours:
        raise Refused("A roster import is being written just now. Try again in a minute.")
