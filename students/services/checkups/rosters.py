"""The watched folder, and whether rosters still arrive in it."""

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings

from students.access import Scope
from students.findings import Finding, warning, well, wrong
from students.selectors.roster_runs import imports_that_wait, newest_delivery


def check_roster_folder(scope: Scope) -> Iterator[Finding]:
    """Whether the folder of nightly rosters can be read here. Needs no database."""
    folder = settings.ROSTER_FOLDER
    if not folder:
        yield well("No folder is watched for rosters: they are uploaded, or brought in by command.")
    elif os.access(folder, os.R_OK | os.X_OK) and Path(folder).is_dir():
        yield well("The watched folder can be read.")
    else:
        yield wrong(
            f"The watched folder {folder} cannot be read here: no nightly roster comes in.",
            "Mount it for the worker, and let its user read it (read only is enough).",
        )


def check_roster_arrivals(scope: Scope) -> Iterator[Finding]:
    """Whether a roster came in lately, and whether one waits for a person."""
    if settings.ROSTER_FOLDER:
        yield _lately(scope)
    waiting = len(imports_that_wait(scope))
    if waiting:
        yield warning(
            f"{waiting} roster import{'s wait' if waiting > 1 else ' waits'} for a district administrator.",
            "Sign in as one and open Imports.",
        )


def _lately(scope: Scope) -> Finding:
    newest = newest_delivery(scope)
    if newest is None:
        return warning("No roster has come in by the watched folder yet.", "See that the system writes into it.")
    days = (_real_now() - newest).days
    if days < settings.ROSTER_FOLDER_QUIET_DAYS:
        return well("Rosters arrive in the watched folder.")
    return warning(
        f"The newest roster in the watched folder is {days} days old.",
        "See that the student information system still exports, and that the worker and beat run.",
    )


def _real_now() -> datetime:
    """The machine's own instant, by which files are dated."""
    return datetime.now(UTC)
