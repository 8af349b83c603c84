"""What waits for those who keep the roster, the mail and the accounts, and for auditors."""

from collections.abc import Iterator
from datetime import timedelta

from attendance.selectors.local_times import local_time
from interventions.selectors.returned_mail import returning_addresses
from reporting.rules.home_needs import Need, What
from reporting.selectors.home_places import Places
from reporting.selectors.packet_list import packets_to_read
from students.access import Scope
from students.selectors.accounts import accounts_without_password, roles_ending
from students.selectors.roster_runs import imports_that_wait

# So long before their last day people are asked whether a role goes on.
TWO_WEEKS = timedelta(days=14)


def keepers_needs(scope: Scope, places: Places) -> Iterator[Need]:
    """At most four statements, and none for whoever keeps nothing of this."""
    if What.IMPORT in places.asked:
        yield _import(scope)
    if What.MAIL in places.asked:
        number, since = returning_addresses(scope)
        yield Need(What.MAIL, number, local_time(scope, since).date() if since else None)
    if What.PACKETS in places.asked:
        number, until, first = packets_to_read(scope)
        yield Need(What.PACKETS, number, None, until, leads=(first,) if number == 1 else ())
    if What.ROLES_END in places.asked:
        number, until = roles_ending(scope, scope.today + TWO_WEEKS)
        yield Need(What.ROLES_END, number, None, until)
    if What.NO_PASSWORD in places.asked:
        yield Need(What.NO_PASSWORD, accounts_without_password(scope))


def _import(scope: Scope) -> Need:
    waiting = imports_that_wait(scope)
    if not waiting:
        return Need(What.IMPORT, 0)
    first = waiting[0]
    since = local_time(scope, first.received_at).date()
    return Need(What.IMPORT, len(waiting), since, title=first.file_name, leads=(first.pk, first.stage))
