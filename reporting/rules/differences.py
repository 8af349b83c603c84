"""The difference file of an amended package: what its files say otherwise than the certified ones, row by row."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from reporting.rules.archives import members_of
from reporting.rules.layout_text import layout_of
from reporting.rules.layouts import Layout, RecordSet
from reporting.rules.manifests import read_manifest
from reporting.rules.package import MANIFEST
from reporting.rules.record_sources import (
    ATTENDANCE,
    CALENDAR,
    DAYS_TAUGHT,
    ENROLLMENT,
    LMS_METADATA,
    MONTHLY_ABSENCES,
    SUMMARY,
    TEACHER_SCHEDULES,
    TRUANCY_NOTICES,
)
from students.rules.csv_text import exact_csv, read_csv

HEADER = ("RecordSet", "Change", "Row", "Column", "Before", "After", "Reason")
ADDED, REMOVED, CHANGED, NOTED = "Added", "Removed", "Changed", "NotedOnly"

# By which of our facts a row of one package is found again in the other.
_IDENTITIES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        DAYS_TAUGHT: ("grade",),
        CALENDAR: ("date",),
        ENROLLMENT: ("state_id", "entered_on"),
        ATTENDANCE: ("state_id", "date"),
        MONTHLY_ABSENCES: ("grade", "counted"),
        SUMMARY: ("level", "grade", "mode", "counted"),
        LMS_METADATA: ("state_id", "date", "section", "recorded_by"),
        TEACHER_SCHEDULES: ("staff_id", "section", "period"),
        TRUANCY_NOTICES: ("state_id", "threshold", "crossed_on"),
    }
)

# Why a day was amended, by state id and ISO date; without a state id it is the school's day.
Reasons = Mapping[tuple[str, str], str]
Rows = list[list[str]]
Key = tuple[tuple[str, ...], int]
_SEPARATOR = "; "


def difference_file(certified: bytes, now: bytes, reasons: Reasons) -> bytes:
    """The file itself, from both packages' bytes.

    An amended day that the state's files do not show (its minutes, say) stands in it too, as noted only.
    """
    before, stood = _rows_of(certified)
    after, stands = _rows_of(now)
    names = dict.fromkeys(each.name for each in (*stood.record_sets, *stands.record_sets))
    lines = [
        line
        for name in names
        for line in _differences(_Side.of(stood, before, name), _Side.of(stands, after, name), reasons)
    ]
    told = {line[2] for line in lines if line[0] in (ATTENDANCE, CALENDAR)}
    noted = [_noted(state_id, day, why) for (state_id, day), why in sorted(reasons.items())]
    return exact_csv(HEADER, [*lines, *(line for line in noted if line[2] not in told)])


@dataclass(frozen=True)
class _Side:
    """One record set of one of the packages; none of a layout that has not got it."""

    record_set: RecordSet
    rows: Rows

    @classmethod
    def of(cls, layout: Layout, files: Mapping[str, Rows], name: str) -> "_Side":
        known = {each.name: each for each in layout.record_sets}
        return cls(known.get(name) or RecordSet(name, ()), files.get(name, []))


def _rows_of(package: bytes) -> tuple[dict[str, Rows], Layout]:
    members = members_of(package)
    files = {each.record_set: read_csv(members[each.name])[1:] for each in read_manifest(members[MANIFEST]).files}
    return files, layout_of(members)


def _noted(state_id: str, day: str, why: str) -> list[str]:
    return [
        ATTENDANCE if state_id else CALENDAR,
        NOTED,
        _SEPARATOR.join(filter(None, (state_id, day))),
        "",
        "",
        "",
        why,
    ]


def _differences(before: _Side, after: _Side, reasons: Reasons) -> Iterator[list[str]]:
    name = before.record_set.name
    was, became = _by_identity(before), _by_identity(after)
    for key in sorted(was.keys() | became.keys()):
        row, why = _SEPARATOR.join(key[0]), _why(name, key[0], reasons)
        if key not in became:
            yield [name, REMOVED, row, "", _told(before, was[key]), "", why]
        elif key not in was:
            yield [name, ADDED, row, "", "", _told(after, became[key]), why]
        else:
            for cells in _cells(before, after, was[key], became[key]):
                yield [name, CHANGED, row, *cells, why]


def _by_identity(side: _Side) -> dict[Key, list[str]]:
    """Rows by what they are about; those that are about the same thing are told apart by their order."""
    found: dict[Key, list[str]] = {}
    times: Counter[tuple[str, ...]] = Counter()
    for row in side.rows:
        facts = side.record_set.facts(row)
        about = tuple(facts.get(source, "") for source in _IDENTITIES.get(side.record_set.name, facts))
        times[about] += 1
        found[about, times[about]] = row
    return found


def _why(name: str, about: Sequence[str], reasons: Reasons) -> str:
    facts = dict(zip(_IDENTITIES.get(name, ()), about, strict=False))
    return reasons.get((facts.get("state_id", ""), facts.get("date", "")), "")


def _cells(before: _Side, after: _Side, was: list[str], became: list[str]) -> Iterator[tuple[str, str, str]]:
    old = dict(zip(before.record_set.header, was, strict=True))
    new = dict(zip(after.record_set.header, became, strict=True))
    for column in dict.fromkeys((*old, *new)):
        if old.get(column, "") != new.get(column, ""):
            yield column, old.get(column, ""), new.get(column, "")


def _told(side: _Side, row: list[str]) -> str:
    named = zip(side.record_set.header, row, strict=True)
    return _SEPARATOR.join(f"{name}={value}" for name, value in named if value)
