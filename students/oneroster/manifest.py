"""manifest.csv: which version a set has, and which of its files are whole (bulk), changes (delta) or absent."""

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
    delta: frozenset[str]


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
    kinds = {name: _kind(name, said, files, findings) for name in named}
    bulk = frozenset(name for name in named if kinds[name] == "bulk")
    delta = frozenset(name for name in named if kinds[name] == "delta")
    return Manifest(version, said.get("source.systemName", ("", 0))[0][:200], bulk, delta)


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


def _kind(name: str, said: dict[str, tuple[str, int]], files: FileSet, findings: Findings) -> str:
    """Whether a file is whole, changes or absent; a fault where the manifest and the set do not agree."""
    kind, line = said.get(f"file.{name}", ("absent", None))
    there = f"{name}.csv" in files.names
    folded = kind.casefold()
    if folded not in _KINDS:
        findings.refuse(FILE, "A file is absent, bulk or delta.", line, "value", kind)
    elif folded != "absent" and not there:
        findings.refuse(f"{name}.csv", f"The file is missing, though the manifest lists it as {folded}.")
    elif folded == "absent" and there:
        findings.refuse(
            f"{name}.csv", "The file is in the set, but the manifest lists it neither as bulk nor as delta."
        )
    else:
        if kind != folded:
            findings.warn("A value is written in another case than the format's; it is taken as the same.", FILE, line)
        return folded
    return "absent"
