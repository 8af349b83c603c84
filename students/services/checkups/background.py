"""The broker and who listens to it."""

from collections.abc import Iterator

from celery import Celery
from django.conf import settings

from students import probes
from students.access import Scope
from students.findings import Finding, well, wrong


def check_background(scope: Scope) -> Iterator[Finding]:
    """Whether Redis answers and, if so, whether a worker does."""
    if not probes.redis_answers():
        yield wrong(
            "Redis does not answer: classes can be marked; months and nightly work wait.",
            "See that Redis runs and that REDIS_URL names it.",
        )
        return
    yield well("Redis answers.")
    yield _workers()


def _workers() -> Finding:
    with Celery("doctor", broker=settings.CELERY_BROKER_URL, set_as_current=False) as asking:
        answers = asking.control.inspect(timeout=probes.SECONDS).ping() or {}
    if answers:
        return well(f"{len(answers)} worker{'s answer' if len(answers) > 1 else ' answers'}.")
    return wrong("No worker answers: months are not built.", "Start celery -A attendance_site worker.")
