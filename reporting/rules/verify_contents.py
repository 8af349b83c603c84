"""Whether the files of a package say the same as each other and as the manifest, cell by cell and sum by sum."""

from collections.abc import Iterator, Mapping

from reporting.rules.layouts import Layout, RecordSet
from reporting.rules.manifests import ListedFile, Manifest
from reporting.rules.verified import Difference, File, Files, first
from reporting.rules.verify_beside import beside_differences
from reporting.rules.verify_days import day_differences
from reporting.rules.verify_grades import grade_differences
from reporting.rules.verify_members import member_differences
from reporting.rules.verify_summary import summary_differences
from students.rules.csv_text import read_csv


def content_differences(manifest: Manifest, layout: Layout, members: Mapping[str, bytes]) -> Iterator[Difference]:
    """Every difference in the files that a manifest lists, read by the layout they were written by."""
    files: Files = {}
    for listed in manifest.files:
        record_set = layout.record_set(listed.record_set)
        lines, faults = _parsed(listed, record_set, members[listed.name])
        if faults:
            yield from faults
            return
        files[listed.record_set] = File(listed.name, record_set, [record_set.facts(line) for line in lines])
    yield from _organizations(manifest, files)
    yield from day_differences(manifest, files)
    yield from summary_differences(manifest, files)
    yield from grade_differences(manifest, files)
    yield from member_differences(manifest, files)
    yield from beside_differences(manifest, files)


def _parsed(listed: ListedFile, record_set: RecordSet, content: bytes) -> tuple[list[list[str]], list[Difference]]:
    try:
        lines = read_csv(content)
    except ValueError as fault:
        return [], [Difference(listed.name, f"is not CSV in UTF-8 ({str(fault)[:80]}).")]
    if not lines or lines[0] != record_set.header:
        return [], [Difference(listed.name, "has not the columns of its record set.")]
    if len(lines) - 1 != listed.rows:
        return [], [Difference(listed.name, f"has {len(lines) - 1} rows, not {listed.rows}.")]
    return lines[1:], first(listed.name, list(_cells(record_set, lines[1:])))


def _cells(record_set: RecordSet, lines: list[list[str]]) -> Iterator[str]:
    for number, line in enumerate(lines, start=2):
        if len(line) != len(record_set.columns):
            yield f"row {number} has {len(line)} values, not {len(record_set.columns)}."
            continue
        for column, cell in zip(record_set.columns, line, strict=True):
            if fault := column.fault(cell):
                yield f"row {number}, {column.name}: {fault}"


def _organizations(manifest: Manifest, files: Files) -> Iterator[Difference]:
    for file in files.values():
        if strangers := {row["organization"] for row in file.rows} - {manifest.organization}:
            others = ", ".join(sorted(strangers)[:3])
            yield Difference(file.name, f"holds rows of {others}, not of {manifest.organization}.")
