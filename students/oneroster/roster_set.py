"""A whole set of files, parsed: no database is asked here."""

import zlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from zipfile import BadZipFile

from students.oneroster import district, rostering
from students.oneroster.fileset import FileSet, Meter, opened
from students.oneroster.findings import Findings
from students.oneroster.manifest import FILE, read_manifest
from students.oneroster.reading import read_table
from students.oneroster.tables import FileSpec, Table
from students.refusals import Refused


@dataclass
class RosterSet:
    """What a folder or zip holds: its tables by the file's name without `.csv`, and what was found wrong."""

    name: str
    findings: Findings
    version: str = ""
    source_system: str = ""
    sha256: str = ""
    tables: dict[str, Table] = field(default_factory=dict)
    # Every file that such a set may hold, and of those in it the ones that only say what changed.
    specs: tuple[FileSpec, ...] = ()
    deltas: frozenset[str] = frozenset()
    # Whether every file that the manifest lists is there; without one of them, every reference to it would be a fault.
    complete: bool = False


def read_set(path: Path, further: Iterable[FileSpec] = ()) -> RosterSet:
    """Read a set with its district files, and the `further` ones that other apps registered.

    Raises Refused for one that cannot be opened, is too large, or is damaged.
    """
    roster = RosterSet(path.name, Findings())
    try:
        with opened(path) as files:
            _read(files, roster, (*district.FILES, *further))
    except (BadZipFile, zlib.error, EOFError, NotImplementedError) as error:
        raise Refused(f"{path.name} is damaged and cannot be read ({error}). Nothing was written.") from error
    return roster


def _read(files: FileSet, roster: RosterSet, beside: tuple[FileSpec, ...]) -> None:
    meter = Meter()
    manifest = read_manifest(files, meter, roster.findings)
    if manifest is None:
        return
    roster.complete = not roster.findings.fault_count
    roster.version, roster.source_system = manifest.version, manifest.source_system
    roster.specs, roster.deltas = (*rostering.FILES[manifest.version], *beside), manifest.delta
    specs = [spec for spec in rostering.FILES[manifest.version] if spec.name in manifest.bulk | manifest.delta]
    specs += [spec for spec in beside if spec.file in files.names]
    for spec in specs:
        delta = spec.name in manifest.delta
        roster.tables[spec.name] = read_table(files, spec, meter, roster.findings, delta=delta)
    roster.sha256 = meter.sha256
    _name_unread(files, {spec.file for spec in specs}, roster)


def _name_unread(files: FileSet, read: set[str], roster: RosterSet) -> None:
    listed = {spec.file for spec in rostering.FILES[roster.version]}
    for name in files.names:
        if name in read or name in listed or name == FILE or name.removesuffix(".csv") in rostering.NOT_READ:
            continue
        roster.findings.warn(f"{name} is not a file that this version knows; it was not read.", name)
