"""A set of files, in a folder or a zip, opened without trusting it: sizes are counted while reading, not believed."""

import hashlib
import io
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Protocol

from students.refusals import Refused

LARGEST_ARCHIVE = 200 * 1024 * 1024
LARGEST_SET = 1024 * 1024 * 1024
# What a Mac adds to an archive of its own accord.
_LITTER = ("__MACOSX/", ".DS_Store")


class FileSet(Protocol):
    """The files of an import by name."""

    names: list[str]

    def open(self, name: str) -> BinaryIO:
        """The bytes of one file."""


class _Folder:
    def __init__(self, path: Path) -> None:
        self._files = {found.name: found for found in path.iterdir() if found.is_file() and found.name[0] != "."}
        self.names = sorted(self._files)
        if sum(found.stat().st_size for found in self._files.values()) > LARGEST_SET:
            raise Refused(f"The files of {path.name} hold more than 1 GB. Nothing was read.")

    def open(self, name: str) -> BinaryIO:
        return self._files[name].open("rb")


class _Zip:
    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        members = [member for member in archive.infolist() if not member.filename.startswith(_LITTER)]
        self.names = sorted(member.filename for member in members)
        _refuse_unfit(members)

    def open(self, name: str) -> BinaryIO:
        return self._archive.open(name)  # type: ignore[return-value]


def _refuse_unfit(members: list[zipfile.ZipInfo]) -> None:
    """Raise Refused for an archive that should not be read, by its directory alone."""
    if sum(member.file_size for member in members) > LARGEST_SET:
        raise Refused("The archive unpacks to more than 1 GB. Nothing was read.")
    names = [member.filename for member in members]
    for member in members:
        if "/" in member.filename or "\\" in member.filename or member.filename in {"", ".", ".."}:
            raise Refused(f"“{member.filename}” lies in a folder of the archive. Put the files at its root.")
        if member.flag_bits & 0x1:
            raise Refused(f"“{member.filename}” is encrypted. Send the archive without a password.")
        if names.count(member.filename) > 1:
            raise Refused(f"The archive holds “{member.filename}” twice. Which one is meant?")


@contextmanager
def opened(path: Path) -> Iterator[FileSet]:
    """The files of a folder or a zip. Raises Refused, before reading any, for one that is too large or unfit."""
    if path.is_dir():
        yield _Folder(path)
        return
    if not path.is_file():
        raise Refused(f"There is no file or folder {path}.")
    if path.stat().st_size > LARGEST_ARCHIVE:
        raise Refused(f"{path.name} is larger than 200 MB. Nothing was read.")
    try:
        with zipfile.ZipFile(path) as archive:
            yield _Zip(archive)
    except zipfile.BadZipFile as error:
        raise Refused(f"{path.name} is not a zip that can be read ({error}).") from error


class Meter:
    """What a whole set may hold, and the hash of what was read of it."""

    def __init__(self, limit: int = LARGEST_SET) -> None:
        """Begin with nothing read; `limit` is in bytes."""
        self._left = limit
        self._hash = hashlib.sha256()
        self._of_file = hashlib.sha256()

    def begin(self, name: str) -> None:
        """Name the file whose bytes come next, so that the same bytes under another name hash otherwise."""
        self._of_file = hashlib.sha256()
        self._hash.update(f"\0{name}\0".encode())

    def take(self, chunk: bytes | memoryview) -> None:
        """Count bytes as they are read. Raises Refused beyond the limit, whatever an archive's header promised."""
        self._left -= len(chunk)
        if self._left < 0:
            raise Refused("The set unpacks to more than 1 GB, more than its archive says. Nothing was written.")
        self._hash.update(chunk)
        self._of_file.update(chunk)

    @property
    def sha256(self) -> str:
        """The hash of all files read so far."""
        return self._hash.hexdigest()

    @property
    def file_sha256(self) -> str:
        """The hash of the file last begun."""
        return self._of_file.hexdigest()


class _Metered(io.RawIOBase):
    def __init__(self, source: BinaryIO, meter: Meter) -> None:
        self._source = source
        self._meter = meter

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        chunk = self._source.read(len(buffer))
        self._meter.take(chunk)
        buffer[: len(chunk)] = chunk
        return len(chunk)


@contextmanager
def lines_of(files: FileSet, name: str, meter: Meter) -> Iterator[io.TextIOWrapper]:
    """One file's lines with their endings; bytes that are not UTF-8 stand in them as lone surrogates."""
    meter.begin(name)
    with files.open(name) as source:
        buffered = io.BufferedReader(_Metered(source, meter), 1 << 16)
        yield io.TextIOWrapper(buffered, encoding="utf-8", errors="surrogateescape", newline="")
