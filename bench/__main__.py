"""`make bench`: prints one table. Needs nothing running, and leaves nothing behind."""

from __future__ import annotations

import os
import platform
import time

from bench.demo_site import demo_site
from bench.figures import Line, table
from bench.importing import first_import
from bench.nights import nightly_passes, pages_of_a_large_district


def main() -> None:
    """Measure and print."""
    began = time.monotonic()
    _say(f"{_machine()}.")
    # Before the demo's site, whose clock and addresses stay in our environment.
    _say("Importing ...")
    imported = first_import()
    _say("Passing over the tiers of a large district ...")
    nights = nightly_passes()
    _say("Opening the pages of a large district ...")
    pages = pages_of_a_large_district()
    _say("Loading the demo district ...")
    with demo_site() as port:
        lines = [*_measured(port), imported, *nights, *pages]
    _say(f"\n{table(lines)}\n")
    _say("A ratio says how many times the floor's time it takes.")
    _say(f"Measured in {time.monotonic() - began:.0f} s; load {os.getloadavg()[0]:.1f} at the end.")


def _measured(port: int) -> list[Line]:
    """Imported late: the models need the settings, and those the services that have just been started."""
    from bench import alerting, caring, rebuilding, saving, seeing

    _say("Saving classes ...")
    lines = saving.one_at_a_time(port) + saving.eight_at_once(port)
    _say("Telling families of a morning's absences ...")
    lines += alerting.morning_of_alerts()
    _say("Rebuilding ...")
    lines += rebuilding.demo_month()
    _say("Opening a student's page ...")
    lines += seeing.student_page(port)
    _say("Opening the queue ...")
    return lines + caring.queue_of_thousands(port)


def _machine() -> str:
    load = os.getloadavg()[0]
    return f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}, load {load:.1f} before"


def _say(text: str) -> None:
    print(text, flush=True)


if __name__ == "__main__":
    main()
