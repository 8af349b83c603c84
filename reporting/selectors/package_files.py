"""One file of a package: on its way to the state, and its rows to be read."""

import csv
import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from typing import IO

from reporting.models import ExportFile, MonthRun
from reporting.rules.filing import UNCERTIFIED, title_of
from reporting.rules.layout_text import LAYOUT_FILE, BadLayout, layout_of
from reporting.rules.layouts import RecordSet
from reporting.selectors.filings import FileStanding, file_standings
from reporting.selectors.stored_package import stored_package
from students.access import Scope, visible_to
from students.refusals import NotInScope, Refused

MOST_SHOWN = 50


@dataclass(frozen=True)
class OpenedFile:
    """A file to be read from the start and closed; `size` is in bytes."""

    name: str
    size: int
    stream: IO[bytes]


@dataclass(frozen=True)
class Readable:
    """A file of a run's package with its columns, and its rows, the header left out, to be read once and in order."""

    run: MonthRun
    package: ExportFile
    standing: FileStanding
    record_set: RecordSet
    rows: Iterator[list[str]]


@dataclass(frozen=True)
class Preview:
    """The first rows of a file of a run's package, and its columns."""

    run: MonthRun
    standing: FileStanding
    record_set: RecordSet
    rows: list[list[str]]

    @property
    def more(self) -> int:
        """How many rows are not shown."""
        return self.standing.rows - len(self.rows)


def file_to_file(scope: Scope, run_id: int, record_set: str) -> OpenedFile:
    """One file of a package, by itself, as the state takes it, to the byte.

    Raises NotInScope where there is none for this person, and Refused while the state must accept another first.
    """
    package, standing = _asked(scope, run_id, record_set)
    if not standing.is_certified:
        raise Refused(UNCERTIFIED)
    if standing.waits_for:
        first = title_of(standing.waits_for[0])
        raise Refused(f"The state takes {standing.title} only after it has accepted {first}. Record that first.")
    archive = stored_package(scope, package.pk)
    return OpenedFile(standing.name, archive.getinfo(standing.name).file_size, archive.open(standing.name))


@contextmanager
def readable(scope: Scope, run_id: int, record_set: str) -> Iterator[Readable]:
    """One file of a package to be read by people, whatever it still waits for.

    Raises NotInScope where there is none for this person, and Refused for a package without its layout.
    """
    package, standing = _asked(scope, run_id, record_set)
    with stored_package(scope, package.pk) as archive:
        members = {name: archive.read(name) for name in archive.namelist() if name == LAYOUT_FILE}
        try:
            laid_out = layout_of(members).record_set(record_set)
        except BadLayout as fault:
            raise Refused("This package is of an older form. Build the month again to read its rows here.") from fault
        with archive.open(standing.name) as packed:
            rows = csv.reader(io.TextIOWrapper(packed, "utf-8", newline=""), strict=True)
            next(rows)
            yield Readable(package.run, package, standing, laid_out, rows)


def preview(scope: Scope, run_id: int, record_set: str) -> Preview:
    """The first 50 rows of a file of a package; raises what `readable` raises."""
    with readable(scope, run_id, record_set) as file:
        return Preview(file.run, file.standing, file.record_set, list(islice(file.rows, MOST_SHOWN)))


def _asked(scope: Scope, run_id: int, record_set: str) -> tuple[ExportFile, FileStanding]:
    runs = visible_to(scope, MonthRun).filter(pk=run_id)
    package = ExportFile.objects.filter(run__in=runs).defer("content").select_related("run__school__district").first()
    if package is None:
        raise NotInScope
    standings = {each.record_set.name: each for each in file_standings(scope, package.run, package)}
    if record_set not in standings:
        raise NotInScope
    return package, standings[record_set]
