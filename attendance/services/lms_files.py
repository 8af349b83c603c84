"""Takes in an LMS activity file and reads it as a piece of work: all of it is checked, then stored chunk by chunk.

Nothing is stored of a file with a fault. A worker that is killed in between leaves whole chunks, and the next one, for
which those are known, goes on.
"""

import csv
import hashlib
import logging
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from itertools import islice
from tempfile import TemporaryFile
from typing import BinaryIO, TextIO
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import IntegrityError, transaction

from attendance.models import EngagementSource, LmsPart, LmsRun, LmsState
from attendance.rules.lms import REQUIRED, BadEvent, FileMapping, LmsEvent, event_of
from attendance.services.lms_events import BadEvents, ready_events, refuse_strangers, store_events
from students.access import Scope, visible_to
from students.refusals import Refused
from students.rules.file_names import plain_name
from students.services import leases
from students.services.leases import Instants, Lease, Work

log = logging.getLogger(__name__)

READ_TASK = "attendance.read_lms_file"
LMS_FILES = Work(
    model=LmsRun,
    state_field="state",
    waiting=LmsState.WAITING,
    running=LmsState.RUNNING,
    failed=LmsState.FAILED,
    asked_first=("received_at", "id"),
    named="LMS file",
    again="upload the file again",
    afresh={"step": "", "rows_done": 0},
)
MOST_BYTES = 50_000_000
PART_BYTES = 1 << 20
# Lines in memory at once.
CHUNK = 5_000
KEPT_FAULTS = 500


def receive_lms_file(
    scope: Scope, source: BinaryIO, *, file_name: str, mapping: FileMapping, submission_id: UUID
) -> LmsRun:
    """Keep a file as a run that waits to be read; the same submission is the same run. Raises Forbidden, or Refused."""
    refuse_strangers(scope)
    size = source.seek(0, os.SEEK_END)
    source.seek(0)
    if not size:
        raise Refused("The file is empty.")
    if size > MOST_BYTES:
        raise Refused(f"The file is larger than {MOST_BYTES // 1_000_000} MB, which is the most that is taken in.")
    known = visible_to(scope, LmsRun).filter(submission_id=submission_id)
    if before := known.first():
        return before
    run = LmsRun(
        submission_id=submission_id,
        received_at=scope.now,
        received_by_id=scope.person,
        file_name=plain_name(file_name),
        size=size,
        columns=dict(mapping.columns),
        kinds=dict(mapping.kinds) | dict.fromkeys(mapping.skipped, ""),
        zone=str(mapping.zone or ""),
    )
    try:
        with transaction.atomic():
            _keep(run, source)
    except IntegrityError:
        # The other half of a double click was first.
        return known.get()
    return run


def _keep(run: LmsRun, source: BinaryIO) -> None:
    found = hashlib.sha256()
    run.save(force_insert=True)
    for number, content in enumerate(iter(lambda: source.read(PART_BYTES), b"")):
        found.update(content)
        LmsPart.objects.create(run=run, number=number, content=content)
    run.sha256 = found.hexdigest()
    run.save(update_fields=["sha256"])


def mapping_of(scope: Scope, run: LmsRun) -> FileMapping:
    """How a run's file is read; the caller took the run from the scope."""
    kinds = {word: measure for word, measure in run.kinds.items() if measure}
    return FileMapping(
        run.columns, kinds, frozenset(run.kinds.keys() - kinds.keys()), ZoneInfo(run.zone) if run.zone else None
    )


def read_lms_file(scope: Scope, run_id: int, *, instants: Instants) -> None:
    """Read a file that waits; nothing where another worker has it. `instants` reads the machine's clock."""
    lease = leases.take_up(scope, LMS_FILES, run_id, at=instants())
    if lease is not None:
        _Reading(scope, lease, instants).run()


class _Reading:
    """One worker's attempt at one file."""

    def __init__(self, scope: Scope, lease: Lease, instants: Instants) -> None:
        row = visible_to(scope, LmsRun).get(pk=lease.run_id)
        self.scope = replace(scope, user_id=row.received_by_id).amending(f"LMS activity file, {row.file_name}")
        self.lease, self.instants = lease, instants
        self.mapping = mapping_of(scope, row)
        self.faults: list[dict[str, str | int]] = []
        self.fault_count = self.rows = self.skipped = self.stored = self.known = 0

    def run(self) -> None:
        try:
            with _opened(self.lease.run_id) as text:
                self._check(text)
                if not self.fault_count:
                    text.seek(0)
                    self._store(text)
            self._end()
        except leases.LeaseLost:
            log.warning("LMS file %s was taken up by another worker; this one writes nothing more.", self.lease.run_id)
        except Refused as refusal:
            self._end(problem=str(refusal))
        except Exception as fault:
            leases.give_back(
                self.lease, at=self.instants(), problem=f"The last attempt failed ({type(fault).__name__})."
            )
            raise

    def _check(self, text: TextIO) -> None:
        for lines in self._chunks(text, say_faults=True):
            _, problems = ready_events(self.scope, [event for _, event in lines])
            for place, bad in problems.items():
                self._fault(lines[place][0], bad)
            self.rows += len(lines)
            self._tell("checking", self.rows)
        if not self.rows and not self.fault_count and not self.skipped:
            raise Refused("The file has a header and no lines.")

    def _store(self, text: TextIO) -> None:
        for lines in self._chunks(text):
            try:
                done = store_events(self.scope, [event for _, event in lines], source=EngagementSource.LMS_FILE)
            except BadEvents as bad:
                # The district's records changed after the file was checked.
                for place, why in bad.problems.items():
                    self._fault(lines[place][0], why)
                return
            self.stored, self.known = self.stored + done.stored, self.known + done.known
            self._tell("storing", self.stored + self.known)

    def _chunks(self, text: TextIO, *, say_faults: bool = False) -> Iterator[list[tuple[int, LmsEvent]]]:
        lines = self._events(text, say_faults)
        while chunk := list(islice(lines, CHUNK)):
            yield chunk

    def _events(self, text: TextIO, say_faults: bool) -> Iterator[tuple[int, LmsEvent]]:
        for line, row in _rows(text, self.mapping):
            try:
                event = event_of(row, self.mapping)
            except BadEvent as bad:
                self._fault(line, bad)
                continue
            if event is None:
                self.skipped += say_faults
            else:
                yield line, event

    def _fault(self, line: int, bad: BadEvent) -> None:
        self.fault_count += 1
        if len(self.faults) < KEPT_FAULTS:
            column = self.mapping.columns.get(bad.column) or bad.column
            self.faults.append({"line": line, "column": column, "message": str(bad)})

    def _tell(self, step: str, done: int) -> None:
        leases.renew(self.lease, at=self.instants(), step=step, rows=self.rows, rows_done=done)

    def _end(self, problem: str = "") -> None:
        with transaction.atomic():
            run: LmsRun = leases.locked(self.lease)
            run.state = self._state(problem)
            run.problem, run.finished_at = problem[:500], self.scope.now
            run.rows, run.skipped, run.stored, run.known = self.rows, self.skipped, self.stored, self.known
            run.faults, run.fault_count = sorted(self.faults, key=lambda each: each["line"]), self.fault_count
            run.lease_token = run.leased_until = None
            run.save()
            LmsPart.objects.filter(run=run).delete()

    def _state(self, problem: str) -> str:
        if problem or self.fault_count:
            return LmsState.REFUSED
        return LmsState.DONE if self.stored else LmsState.UNCHANGED


@contextmanager
def _opened(run_id: int) -> Iterator[TextIO]:
    """A run's file as text, on disk. Raises Refused for what is no UTF-8, or where its bytes are gone."""
    numbers = list(LmsPart.objects.filter(run=run_id).values_list("number", flat=True))
    if not numbers:
        raise Refused("It was stopped before it ended, and its lines are not kept here. Upload the file again.")
    with TemporaryFile("w+", encoding="utf-8-sig", newline="") as text:
        for number in numbers:
            text.buffer.write(bytes(LmsPart.objects.values_list("content", flat=True).get(run=run_id, number=number)))
        text.seek(0)
        try:
            yield text
        except UnicodeDecodeError:
            raise Refused("The file is not text in UTF-8. Export it as CSV in UTF-8.") from None
        except csv.Error as broken:
            raise Refused(f"The file is not a CSV that can be read: {broken}.") from None


def _rows(text: TextIO, mapping: FileMapping) -> Iterator[tuple[int, dict[str, str]]]:
    """The lines with their number in the file, cells by our names. Raises Refused for a header that lacks some."""
    reader = csv.reader(text, strict=True)
    header = [each.strip() for each in next(reader, [])]
    places = {name: header.index(column) for name, column in mapping.columns.items() if column in header}
    if missing := [mapping.columns.get(name) or name for name in REQUIRED if name not in places]:
        raise Refused(f"The file lacks the column {_listed(missing)}. Its header says: {_listed(header[:20])}.")
    last = max(places.values())
    for cells in reader:
        if any(cells):
            cells += [""] * (last + 1 - len(cells))
            yield reader.line_num, {name: cells[place].strip() for name, place in places.items()}


def _listed(names: Sequence[str]) -> str:
    return ", ".join(f"“{each}”" for each in names) or "nothing"


def waiting_lms_files(scope: Scope, *, at: datetime) -> list[int]:
    """Files that nobody reads: those that wait, and those whose worker let the lease run out."""
    return leases.waiting_work(scope, LMS_FILES, at=at)
