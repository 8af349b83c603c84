"""The one clock. Faces read it once a request, task or command, and pass `now` down.

Everything else takes `now` or a date as an argument, so the demo and the tests live in the school year 2020-21.
"""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from django.conf import settings

Source = Callable[[], datetime]


def real_now() -> datetime:
    """The machine's own instant: leases are about processes, files about disks, whatever the district's clock reads."""
    return datetime.now(UTC)


_source: Source = real_now


def now() -> datetime:
    """This instant, in UTC."""
    return _source()


def local_date(instant: datetime, zone: str) -> date:
    """The school day an instant falls on in the district's time zone (D6 of the decisions)."""
    return instant.astimezone(ZoneInfo(zone)).date()


def start() -> None:
    """Follow the clock kept in CLOCK_FILE, running at true rate; the machine's own where none is named."""
    global _source
    if settings.CLOCK_FILE:
        _source = _anchored(Path(settings.CLOCK_FILE))


def is_shifted() -> bool:
    """Whether the clock is not the machine's own, so that pages can say so."""
    return _source is not real_now


def _anchored(path: Path) -> Source:
    anchor = json.loads(path.read_text())
    shift = datetime.fromisoformat(anchor["demo"]) - datetime.fromisoformat(anchor["real"])
    return lambda: (real_now() + shift).astimezone(UTC)


@contextmanager
def stopped_at(instant: datetime) -> Iterator[None]:
    """Hold the clock at one instant, for the tests."""
    global _source
    before, _source = _source, lambda: instant.astimezone(UTC)
    try:
        yield
    finally:
        _source = before
