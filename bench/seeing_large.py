"""Times the pages of a district of 50,000 students in 35 schools, in a database of its own: what the server needs for
each, in the process, and how many statements it sends.

    python -m bench.seeing_large [STUDENTS] [SCHOOLS] [SCHOOL DAYS]

A page is over the limit when it takes longer in the middle of ten times: the slowest of them tells of the machine.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from datetime import time as hour
from functools import partial
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from bench.figures import percentile
from bench.import_roster import prepared_database
from bench.large_care import insert_families, with_history, without_history, work_cases
from bench.large_classes import insert_classes, insert_marks, insert_own_time
from bench.large_district import LargeDistrict, fill, insert_days, insert_last_year, run, vacuum
from bench.large_weeks import insert_talks_and_reports
from bench.school_nights import (
    WORKERS,
    count_chronic,
    count_entries,
    find_own_time_classes,
    in_every_school,
    pass_over,
    set_up,
    warn,
)
from bench.trying import try_another_policy

if TYPE_CHECKING:
    from bench.large_pages import Visit

LIMIT = 0.3
WARNINGS = 60
ROUNDS = 10
_ENVIRONMENT = {
    "DJANGO_SETTINGS_MODULE": "attendance_site.settings",
    # No names of collected files, which this process has not collected.
    "STATIC_STORAGE": "django.contrib.staticfiles.storage.StaticFilesStorage",
}


@dataclass(frozen=True)
class Timed:
    """What a page took, in seconds, and how many statements each time."""

    what: str
    seconds: Sequence[float]
    statements: int

    @property
    def middle(self) -> float:
        """What it takes when nothing comes between."""
        return percentile(self.seconds, 50)

    @property
    def line(self) -> str:
        """As printed."""
        slow = "" if self.middle <= LIMIT else "  OVER"
        p95 = percentile(self.seconds, 95)
        return f"{self.what:<64}{self.middle * 1000:8.0f} ms{p95 * 1000:8.0f} ms{self.statements:6d}{slow}"


def main(district: LargeDistrict) -> None:
    """Fill, run a night, open every page, print; exit 1 beyond the limit."""
    with prepared_database() as owner_url:
        began = time.perf_counter()
        make(district, owner_url)
        filled = time.perf_counter()
        os.environ |= _ENVIRONMENT
        set_up()
        warned = night(district)
        run(owner_url, without_history, partial(work_cases, district), with_history)
        vacuum(owner_url)
        tried = try_another_policy(district.today)
        print(f"{district.students:,} students, {district.schools} schools, {district.school_days} school days")
        print(f"made in {filled - began:.0f} s, the night after in {time.perf_counter() - filled:.0f} s", flush=True)
        print(f"early warnings {warned:.1f} s (limit {WARNINGS}), {WORKERS} workers")
        print(f"another policy tried in {tried:.1f} s by one worker", flush=True)
        pages = list(timed_pages(district, ROUNDS))
    print(f"load {os.getloadavg()[0]:.1f} at the end; limit {LIMIT * 1000:.0f} ms for the middle of {ROUNDS}")
    sys.exit(warned > WARNINGS or any(each.middle > LIMIT for each in pages))


def make(district: LargeDistrict, url: str) -> None:
    """The district in the middle of today's morning, without what follows from its days."""
    fill(district, url)
    today = district.today
    run(url, insert_last_year, partial(insert_classes, district), partial(insert_families, district))
    run(url, partial(insert_days, first=today, last=today, open_from=today), partial(insert_own_time, district))
    run(url, partial(insert_marks, district), partial(insert_talks_and_reports, district))
    vacuum(url)


def night(district: LargeDistrict) -> float:
    """Tiers, cases, chronic absence, classes in own time, entries and early warnings; seconds of the last."""
    in_every_school(district.today, pass_over)
    in_every_school(district.today, count_chronic)
    in_every_school(district.today, find_own_time_classes)
    in_every_school(district.today, count_entries)
    return in_every_school(district.today, warn)


def timed_pages(district: LargeDistrict, rounds: int) -> Iterator[Timed]:
    """Every page, printed as it is known, on the morning of the district's day, in a process ready as gunicorn's."""
    import attendance_site.wsgi  # noqa: F401
    from bench.large_pages import visits
    from students import clock

    now = datetime.combine(district.today, hour(10, 30), ZoneInfo("America/Chicago"))
    with clock.stopped_at(now):
        for visit in visits(district.today, district.yesterday):
            timed = _timed(visit, rounds)
            print(timed.line, flush=True)
            yield timed


def _timed(visit: Visit, rounds: int) -> Timed:
    """Once before, so that nothing is measured that is done but once. Raises RuntimeError for what is no page."""
    client = _client(visit.who)
    _open(client, visit)
    seconds = []
    with _counted() as statements:
        for _ in range(rounds):
            began = time.perf_counter()
            _open(client, visit)
            seconds.append(time.perf_counter() - began)
    return Timed(visit.what, seconds, len(statements) // rounds)


def _client(username: str) -> Any:
    from django.test import Client

    from students.models import User

    client = Client(headers={"Host": "localhost"})
    client.force_login(User.objects.get(username=username), "allauth.account.auth_backends.AuthenticationBackend")
    return client


def _open(client: Any, visit: Visit) -> None:
    """The page, and where it leads on at once the page there."""
    answer = client.get(visit.path, follow=True)
    if answer.status_code != 200:
        raise RuntimeError(f"{visit.what}: {visit.path} answered {answer.status_code}")
    if answer.streaming:
        b"".join(answer)


@contextmanager
def _counted() -> Iterator[list[str]]:
    from django.db import connection

    statements: list[str] = []

    def note(execute: Any, sql: str, *given: Any) -> Any:
        statements.append(sql)
        return execute(sql, *given)

    with connection.execute_wrapper(note):
        yield statements


if __name__ == "__main__":
    given = [int(each) for each in sys.argv[1:]]
    main(LargeDistrict(*(given + [50_000, 35, 90][len(given) :])))
