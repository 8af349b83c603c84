"""Takes a set in: its bytes are kept with a row of work, and whoever is free goes on from there."""

import os
import zipfile
from datetime import datetime
from typing import BinaryIO
from uuid import UUID

from django.db import IntegrityError, transaction

from students.access import Scope, visible_to
from students.models import RosterRun, RunOrigin, RunStage
from students.models.roster_runs import OPEN
from students.refusals import Forbidden, Refused
from students.rules.file_names import plain_name
from students.services.imports import archive


def receive(
    scope: Scope,
    source: BinaryIO,
    *,
    file_name: str,
    origin: RunOrigin,
    submission_id: UUID,
    most_bytes: int,
    delivered_at: datetime | None = None,
) -> RosterRun:
    """Keep an archive as a run that waits to be planned. A set of the watched folder is applied unasked unless held.

    The same submission, or the same bytes while they are still worked on or waiting, are the same run. Raises Forbidden
    for anybody but the district, Refused for what is no zip or larger than `most_bytes`.
    """
    if not scope.district_wide:
        raise Forbidden("Only the district imports rosters.")
    size = _size_of_fit(source, most_bytes)
    sha256 = archive.sha256_of(source)
    if known := _same(scope, submission_id, sha256):
        return known
    run = RosterRun(
        submission_id=submission_id,
        origin=origin,
        received_at=scope.now,
        received_by_id=scope.user_id,
        file_name=plain_name(file_name),
        sha256=sha256,
        size=size,
        delivered_at=delivered_at,
        applies_itself=origin == RunOrigin.FOLDER,
        stage=RunStage.RECEIVED,
    )
    return _kept(scope, run, source)


def _size_of_fit(source: BinaryIO, most_bytes: int) -> int:
    """The size in bytes of a zip that can be taken in. Raises Refused for what cannot."""
    size = source.seek(0, os.SEEK_END)
    source.seek(0)
    if size == 0:
        raise Refused("The file is empty.")
    if size > most_bytes:
        raise Refused(f"The file is larger than {most_bytes // 1_000_000:,} MB, which is the most that is taken in.")
    if not zipfile.is_zipfile(source):
        raise Refused("The file is not a zip. Pack the roster's CSV files into one, at its root.")
    return size


def _same(scope: Scope, submission_id: UUID, sha256: str) -> RosterRun | None:
    runs = visible_to(scope, RosterRun)
    return runs.filter(submission_id=submission_id).first() or runs.filter(sha256=sha256, stage__in=OPEN).first()


def _kept(scope: Scope, run: RosterRun, source: BinaryIO) -> RosterRun:
    try:
        with transaction.atomic():
            run.save(force_insert=True)
            archive.keep(run, source)
    except IntegrityError:
        # The other half of a double click, or another look at the folder, was first.
        first = visible_to(scope, RosterRun).filter(submission_id=run.submission_id).first() or (
            visible_to(scope, RosterRun).filter(sha256=run.sha256).first()
        )
        if first is None:
            raise
        return first
    return run
