"""What an installation needs so that its days can be judged."""

from collections.abc import Iterator

from attendance.models import CalendarDay
from attendance.rules.policy import NoPolicy, policy_on
from attendance.selectors.policies import policies
from attendance.services.days import schools_to_open
from students.access import Scope
from students.findings import Finding, register, well, wrong


def check_days(scope: Scope) -> Iterator[Finding]:
    """A policy to judge by, and days that are opened."""
    yield _policy(scope)
    yield _opened(scope)


def _policy(scope: Scope) -> Finding:
    try:
        policy = policy_on(scope.today, policies(scope))
    except NoPolicy:
        return wrong("No attendance policy is in force today: no day can be judged.", "Add one that has begun.")
    return well(f"The policy in force is {policy.name}.")


def _opened(scope: Scope) -> Finding:
    """Beat asks every five minutes, so a school day that stands unopened is one that nobody asked for."""
    waiting = schools_to_open(scope, scope.today)
    in_session = CalendarDay.objects.in_session().filter(school__in=waiting, date=scope.today)
    names = list(in_session.order_by("school__name").values_list("school__name", flat=True))
    if not names:
        return well("Today is opened wherever there is school.")
    return wrong(
        f"Today is not opened in {', '.join(names)}: no class can be marked there.",
        "Start celery -A attendance_site beat, and a worker; it is made good within five minutes.",
    )


register(check_days)
