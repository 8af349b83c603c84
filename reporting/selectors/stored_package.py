"""A package as it lies in the database, read piece by piece: a file of a big school is never in memory as a whole."""

import io
import zipfile

from django.db.models import F, Func, IntegerField
from django.db.models.fields import BinaryField
from django.db.models.functions import Length

from reporting.models import ExportFile
from students.access import Scope

# Bytes asked for at a time.
PIECE = 512 * 1024


def stored_package(scope: Scope, package_id: int) -> zipfile.ZipFile:
    """The zip of a package that the caller took from the scope; a few statements to open it, one a piece after that."""
    return zipfile.ZipFile(io.BufferedReader(_StoredBytes(package_id), PIECE))


class _StoredBytes(io.RawIOBase):
    """The bytes of a package as a file to read and seek in. They never change."""

    def __init__(self, package_id: int) -> None:
        self._row = ExportFile.objects.filter(pk=package_id)
        self._size = self._row.values_list(Length("content", output_field=IntegerField()), flat=True).get()
        self._at = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        start = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._size}[whence]
        self._at = max(0, start + offset)
        return self._at

    def tell(self) -> int:
        return self._at

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        wanted = min(len(buffer), max(0, self._size - self._at))
        piece = self._piece(self._at, wanted) if wanted else b""
        buffer[: len(piece)] = piece
        self._at += len(piece)
        return len(piece)

    def _piece(self, at: int, size: int) -> bytes:
        # SQL counts from 1.
        part = Func(F("content"), at + 1, size, function="SUBSTRING", output_field=BinaryField())
        return bytes(self._row.values_list(part, flat=True).get())
