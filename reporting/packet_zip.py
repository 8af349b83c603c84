"""Writes an audit packet's zip on the disk: tables row by row, whatever their length, and files as they are."""

import csv
import zipfile
from collections.abc import Sequence
from contextlib import ExitStack
from hashlib import sha256
from tempfile import TemporaryFile
from typing import IO, Self

from reporting.rules.packet_manifest import Member
from students.rules.csv_text import harmless

_CHUNK = 1 << 20
_DATED = (1980, 1, 1, 0, 0, 0)
# So that a spreadsheet shows accents.
_MARK = b"\xef\xbb\xbf"


class Sheet:
    """A table that grows row by row in a file of its own. What a spreadsheet would run is made harmless."""

    def __init__(self, file: IO[bytes], name: str, title: str, header: Sequence[str]) -> None:
        """Begin with the header."""
        self.file, self.name, self.title, self.header, self.rows = file, name, title, header, 0
        file.write(_MARK)
        self._writer = csv.writer(self, lineterminator="\r\n")
        self._writer.writerow(header)

    def write(self, text: str) -> None:
        """Take what the writer of CSV makes of a row."""
        self.file.write(text.encode())

    def add(self, row: Sequence[str]) -> None:
        """One more row."""
        self._writer.writerow([harmless(each) for each in row])
        self.rows += 1


class PacketZip:
    """A zip in the making. Nothing of it lies in memory but the row that is being written.

    What it takes on the disk has no name there: it is gone with the process, however that ends.
    """

    def __init__(self, out: IO[bytes]) -> None:
        """Begin an empty one."""
        self._zip = zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED)
        self._open = ExitStack()
        self._sheets: dict[str, Sheet] = {}
        self.members: list[Member] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *raised: object) -> None:
        self._open.close()
        if raised[0] is None:
            self._zip.close()

    def sheet(self, name: str, title: str, header: Sequence[str]) -> Sheet:
        """The table of this name, begun when it is first asked for."""
        if name not in self._sheets:
            file: IO[bytes] = self._open.enter_context(TemporaryFile())  # noqa: SIM115 - closed with the zip
            self._sheets[name] = Sheet(file, f"{name}.csv", title, header)
        return self._sheets[name]

    def close_sheets(self) -> None:
        """Put every table in."""
        for sheet in self._sheets.values():
            sheet.file.seek(0)
            self.copy(sheet.name, sheet.title, sheet.file, rows=sheet.rows)

    def copy(self, name: str, title: str, source: IO[bytes], *, rows: int | None = None, pack: bool = True) -> Member:
        """Put a file in, a piece at a time; `pack` is for what is not packed already."""
        entry = zipfile.ZipInfo(name, _DATED)
        entry.create_system, entry.external_attr = 3, 0o644 << 16
        entry.compress_type = zipfile.ZIP_DEFLATED if pack else zipfile.ZIP_STORED
        digest, size = sha256(), 0
        with self._zip.open(entry, "w", force_zip64=True) as packed:
            while chunk := source.read(_CHUNK):
                packed.write(chunk)
                digest.update(chunk)
                size += len(chunk)
        member = Member(name, title, rows, size, digest.hexdigest())
        self.members.append(member)
        return member

    def put(self, name: str, content: bytes) -> None:
        """Put the manifest in, which lists the others and not itself."""
        entry = zipfile.ZipInfo(name, _DATED)
        entry.create_system, entry.external_attr = 3, 0o644 << 16
        entry.compress_type = zipfile.ZIP_DEFLATED
        self._zip.writestr(entry, content)
