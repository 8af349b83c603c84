"""The bytes of a set: a folder packed, an archive kept in parts, the parts made a file again."""

import hashlib
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO

from students.access import Scope, visible_to
from students.models import RosterPart, RosterRun

PART_BYTES = 1 << 20
# Of packed members: so that the same files always make the same archive.
_NO_DATE = (1980, 1, 1, 0, 0, 0)


class SetIsGone(Exception):
    """The bytes of a set are not kept, so nothing can be done with it any more."""


def sha256_of(source: BinaryIO) -> str:
    """The hash of an archive, which is left at its beginning."""
    source.seek(0)
    found = hashlib.sha256()
    while block := source.read(PART_BYTES):
        found.update(block)
    source.seek(0)
    return found.hexdigest()


def keep(run: RosterRun, source: BinaryIO) -> None:
    """Store an archive's bytes with its run, a part at a time, so that a large one never fills the memory."""
    source.seek(0)
    for number, content in enumerate(iter(lambda: source.read(PART_BYTES), b"")):
        RosterPart.objects.create(run=run, number=number, content=content)


def drop(run: RosterRun) -> None:
    """Forget the bytes of a run that has ended."""
    RosterPart.objects.filter(run=run).delete()


@contextmanager
def unpacked(scope: Scope, run_id: int) -> Iterator[Path]:
    """The archive of a run as a file under its own name, for the length of the block. Raises SetIsGone."""
    name = visible_to(scope, RosterRun).values_list("file_name", flat=True).get(pk=run_id)
    with TemporaryDirectory(prefix="first-bell-roster-") as folder:
        path = Path(folder) / name
        with path.open("wb") as target:
            for content in _parts(run_id):
                target.write(content)
        if not path.stat().st_size:
            raise SetIsGone
        yield path


def _parts(run_id: int) -> Iterator[bytes]:
    numbers = list(RosterPart.objects.filter(run=run_id).values_list("number", flat=True))
    for number in numbers:
        yield bytes(RosterPart.objects.values_list("content", flat=True).get(run=run_id, number=number))


def pack(folder: Path, target: BinaryIO) -> None:
    """Write the files of a folder as an archive, the same bytes whenever the files are the same."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(folder.iterdir()):
            if path.is_file() and not path.name.startswith("."):
                with path.open("rb") as source, archive.open(zipfile.ZipInfo(path.name, _NO_DATE), "w") as member:
                    while block := source.read(PART_BYTES):
                        member.write(block)
