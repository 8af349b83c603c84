"""Looks into the watched folder and takes in, oldest first, each set that has stopped changing; it moves nothing."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryFile
from typing import BinaryIO
from uuid import uuid4

from django.core.cache import cache
from django.db.models import QuerySet

from students.access import Scope, visible_to
from students.models import RosterRun, RunOrigin, RunStage
from students.refusals import Refused
from students.rules.file_names import plain_name
from students.services.imports import archive
from students.services.imports.receiving import receive

log = logging.getLogger(__name__)

# A file that a system still writes to is another one at the next look.
SETTLED = timedelta(minutes=1)
_REMEMBERED_SECONDS = 30 * 24 * 60 * 60
MANIFEST = "manifest.csv"


@dataclass(frozen=True)
class Delivery:
    """A zip or folder as it was found: `signature` changes when any of its files does."""

    path: Path
    changed_at: datetime
    signature: str


def take_in(scope: Scope, folder: Path, *, at: datetime, most_bytes: int) -> list[int]:
    """Receive what is new in the folder, and give its runs' ids. `at` is the machine's instant, as the files' are.

    What is unfit becomes a refused run, so that somebody sees it. Raises Refused where the folder cannot be read.
    """
    try:
        found = sorted(deliveries(scope, folder), key=lambda each: (each.changed_at, each.path.name))
    except OSError as fault:
        raise Refused(f"The watched folder cannot be read ({fault.strerror}).") from fault
    received = [_received(scope, each, most_bytes) for each in found if _is_settled(each, at)]
    return [run.pk for run in received if run is not None]


def deliveries(scope: Scope, folder: Path) -> Iterator[Delivery]:
    """The zips in a folder and the folders with a manifest; or the folder itself, where it has one."""
    if (folder / MANIFEST).is_file():
        yield _delivery(folder, _files_of(folder))
        return
    for path in folder.iterdir():
        if path.name.startswith(".") or path.is_symlink():
            continue
        if path.is_dir() and (path / MANIFEST).is_file():
            yield _delivery(path, _files_of(path))
        elif path.is_file() and path.suffix.lower() == ".zip":
            yield _delivery(path, [path])


def _files_of(folder: Path) -> list[Path]:
    return sorted(path for path in folder.iterdir() if path.is_file() and not path.name.startswith("."))


def _delivery(path: Path, files: list[Path]) -> Delivery:
    stats = [(each.name, each.stat()) for each in files]
    newest = max(stat.st_mtime_ns for _, stat in stats)
    signature = ";".join(f"{name} {stat.st_size} {stat.st_mtime_ns}" for name, stat in stats)
    changed_at = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=newest // 1000)
    return Delivery(path, changed_at, signature)


def _is_settled(delivery: Delivery, at: datetime) -> bool:
    """Whether size and time have stayed the same for a minute, from one look to another."""
    key = f"roster-folder:{sha256(str(delivery.path).encode()).hexdigest()}"
    signature, since = cache.get(key) or ("", at)
    if signature != delivery.signature:
        cache.set(key, (delivery.signature, at), _REMEMBERED_SECONDS)
        return False
    return at - since >= SETTLED


def _received(scope: Scope, delivery: Delivery, most_bytes: int) -> RosterRun | None:
    """The new run of a delivery; None where it was taken in before, or cannot be read yet."""
    name = plain_name(delivery.path.name)
    if _of_folder(scope).filter(file_name=name, delivered_at=delivery.changed_at).exists():
        return None
    try:
        with _opened(delivery.path) as source:
            content = archive.sha256_of(source)
            if _is_known(scope, content, delivery.changed_at):
                return None
            return _taken(scope, source, name, content, delivery.changed_at, most_bytes)
    except OSError as fault:
        log.warning("A set in the watched folder cannot be read (%s).", fault.strerror)
        return None


@contextmanager
def _opened(path: Path) -> Iterator[BinaryIO]:
    if path.is_file():
        with path.open("rb") as source:
            yield source
        return
    with TemporaryFile(prefix="first-bell-roster-") as packed:
        archive.pack(path, packed)
        yield packed


def _is_known(scope: Scope, content: str, changed_at: datetime) -> bool:
    """Whether these bytes are the newest that came, or came at this time or later: an old copy is never news."""
    newest = _of_folder(scope).order_by("-delivered_at", "-pk").first()
    if newest is not None and newest.sha256 == content:
        if newest.delivered_at and newest.delivered_at < changed_at:
            # The same once more: the delivery works, though there is nothing new.
            newest.delivered_at = changed_at
            newest.save(update_fields=["delivered_at"])
        return True
    return _of_folder(scope).filter(sha256=content, delivered_at__gte=changed_at).exists()


def _taken(
    scope: Scope, source: BinaryIO, name: str, content: str, changed_at: datetime, most_bytes: int
) -> RosterRun | None:
    try:
        return receive(
            scope,
            source,
            file_name=name,
            origin=RunOrigin.FOLDER,
            submission_id=uuid4(),
            most_bytes=most_bytes,
            delivered_at=changed_at,
        )
    except Refused as refusal:
        _note_unfit(scope, name, content, changed_at, str(refusal))
        return None


def _note_unfit(scope: Scope, name: str, content: str, changed_at: datetime, problem: str) -> None:
    unfit = RosterRun(
        submission_id=uuid4(),
        origin=RunOrigin.FOLDER,
        received_at=scope.now,
        file_name=name,
        sha256=content,
        delivered_at=changed_at,
        stage=RunStage.REFUSED,
        finished_at=scope.now,
        problem=problem[:500],
    )
    RosterRun.objects.bulk_create([unfit], ignore_conflicts=True)


def _of_folder(scope: Scope) -> QuerySet[RosterRun]:
    return visible_to(scope, RosterRun).filter(origin=RunOrigin.FOLDER)
