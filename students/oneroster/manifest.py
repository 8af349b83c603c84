"""manifest.csv: which version a set has, and which of its files are whole (bulk), partial (delta) or absent."""

from dataclasses import dataclass

from students.oneroster import rostering
from students.oneroster.fileset import FileSet, Meter, lines_of
from students.oneroster.findings import Findings
from students.oneroster.reading import Unreadable, rows_of

FILE = "manifest.csv"
_KINDS = ("absent", "bulk", "delta")


@dataclass(frozen=True)
class Manifest:
    """What the set says of itself: its version, where it comes from, and the files to read."""

    version: str
    source_system: str
    bulk: frozenset[str]


def read_manifest(files: FileSet, meter: Meter, findings: Findings) -> Manifest | None:
    """The manifest, or None where a set cannot be read further; the findings say why."""
    if FILE not in files.names:
        findings.refuse(FILE, "The set has no manifest.csv, so nobody can say which version and which files it holds.")
        return None
    said = _properties(files, meter, findings)
    if findings.fault_count:
        return None
    version, _ = said.get("oneroster.version", ("", 0))
    if version not in rostering.FILES:
        line = said.get("oneroster.version", ("", None))[1]
        findings.refuse(FILE, "oneroster.version must be 1.1 or 1.2.", line, "value", version)
        return None
    named = [spec.name for spec in rostering.FILES[version]]
    bulk = frozenset(name for name in named if _is_bulk(name, said, files, findings))
    return Manifest(version, said.get("source.systemName", ("", 0))[0][:200], bulk)


def _properties(files: FileSet, meter: Meter, findings: Findings) -> dict[str, tuple[str, int]]:
    said: dict[str, tuple[str, int]] = {}
    with lines_of(files, FILE, meter) as lines:
        try:
            for line, cells in rows_of(lines, FILE, findings):
                if len(cells) < 2:
                    findings.refuse(FILE, "A line holds a property and its value.", line)
                elif line == 1 and cells[:2] != ["propertyName", "value"]:
                    findings.refuse(FILE, "The header must be propertyName,value.", 1)
                elif cells[0] in said:
                    findings.refuse(
                        FILE, f"Line {said[cells[0]][1]} names the property too.", line, "propertyName", cells[0]
                    )
                else:
                    said[cells[0]] = (cells[1].strip(), line)
        except Unreadable:
            return {}
    return said


def _is_bulk(name: str, said: dict[str, tuple[str, int]], files: FileSet, findings: Findings) -> bool:
    """Whether a file is to be read; a fault where the manifest and the set do not agree."""
    kind, line = said.get(f"file.{name}", ("absent", None))
    there = f"{name}.csv" in files.names
    folded = kind.casefold()
    if folded not in _KINDS:
        findings.refuse(FILE, "A file is absent, bulk or delta.", line, "value", kind)
    elif folded == "delta":
        findings.refuse(FILE, f"{name}.csv is a delta file. Only bulk files are read so far.", line, "value", kind)
    elif folded == "bulk" and not there:
        findings.refuse(f"{name}.csv", "The file is missing, though the manifest lists it as bulk.")
    elif folded == "absent" and there:
        findings.refuse(f"{name}.csv", "The file is in the set, but the manifest does not list it as bulk.")
    else:
        if kind != folded:
            findings.warn("A value is written in another case than the format's; it is taken as the same.", FILE, line)
        return folded == "bulk"
    return False
