"""Where the files of a month stand with the state."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from reporting.models import Certification, ExportFile, Filing, FilingEvent, MonthRun
from reporting.rules.filing import ACCEPTED, standing, title_of, waiting_for
from reporting.rules.layouts import RecordSet
from students.access import Scope


@dataclass(frozen=True)
class FileStanding:
    """A file of a package, what happened to its very bytes, and which record sets it still waits for."""

    record_set: RecordSet
    name: str
    rows: int
    sha256: str
    events: list[Filing]
    stands: str
    waits_for: list[str]
    is_certified: bool

    @property
    def may_leave(self) -> bool:
        """Whether its turn at the state has come: the district certified it, and the state took what goes before."""
        return self.is_certified and not self.waits_for

    @property
    def title(self) -> str:
        """What people call it."""
        return title_of(self.record_set.name)

    @property
    def last(self) -> Filing | None:
        """What happened to it last."""
        return self.events[-1] if self.events else None


def file_standings(scope: Scope, run: MonthRun, package: ExportFile) -> list[FileStanding]:
    """Each file of a run's package in the order of filing; two statements. The run is from the scope."""
    by_bytes: dict[tuple[str, str], list[Filing]] = defaultdict(list)
    month = {"run__school": run.school_id, "run__school_year": run.school_year_id, "run__month": run.month}
    for filing in Filing.objects.filter(**month).select_related("recorded_by").order_by("id"):
        by_bytes[filing.record_set, filing.sha256].append(filing)
    accepted = _accepted(package, by_bytes)
    is_certified = Certification.objects.filter(run=run).exists()
    return [_standing(listed, by_bytes, accepted, is_certified=is_certified) for listed in package.files]


def _accepted(package: ExportFile, by_bytes: dict[tuple[str, str], list[Filing]]) -> set[str]:
    """The record sets of a package whose very bytes the state has accepted, under this package or an earlier one."""
    return {
        listed["record_set"]
        for listed in package.files
        if standing(_events(by_bytes[listed["record_set"], listed["sha256"]])) == ACCEPTED
    }


def _events(filings: Iterable[Filing]) -> list[str]:
    return [FilingEvent(filing.event).value for filing in filings]


def _standing(
    listed: dict, by_bytes: dict[tuple[str, str], list[Filing]], accepted: set[str], *, is_certified: bool
) -> FileStanding:
    # As the layout of the package says; one from before packages said so waits for nothing.
    record_set = RecordSet(listed["record_set"], (), tuple(listed.get("after", ())))
    events = by_bytes[record_set.name, listed["sha256"]]
    waits = waiting_for(record_set, accepted)
    name, rows, sha256 = listed["name"], listed["rows"], listed["sha256"]
    return FileStanding(record_set, name, rows, sha256, events, standing(_events(events)), waits, is_certified)
