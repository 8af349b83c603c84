"""Events of an LMS as they come in, by file or by program, and what is wrong with them (MS-15, MS-24)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, tzinfo
from hashlib import sha256

MINUTES_OF_A_DAY = 1440
# The columns of a file, each with the name that it has where nothing else was said; the first four must be there.
COLUMNS = {
    "student": "student",
    "section": "section",
    "instant": "instant",
    "kind": "kind",
    "minutes": "minutes",
    "event_id": "event_id",
    "work_of": "work_of",
}
REQUIRED = ("student", "section", "instant", "kind")
LONGEST_ID = 200
# No LMS is older; and arithmetic with years at the ends of the calendar breaks.
FIRST_YEAR = 2000


class BadEvent(ValueError):
    """An event that cannot be; the message says why, in words for people, and `column` where."""

    def __init__(self, column: str, words: str) -> None:
        """`column` is one of COLUMNS."""
        super().__init__(words)
        self.column = column


@dataclass(frozen=True, slots=True)
class FileMapping:
    """How an LMS writes its file: the header of each column, the LMS's words for each measure, words to be left out.

    `zone` is that of instants which name none; without one those are refused.
    """

    columns: Mapping[str, str] = field(default_factory=lambda: dict(COLUMNS))
    kinds: Mapping[str, str] = field(default_factory=dict)
    skipped: frozenset[str] = frozenset()
    zone: tzinfo | None = None


@dataclass(frozen=True, slots=True)
class LmsEvent:
    """Something a student did, as the LMS told it; student and section by the ids that the district's systems share."""

    event_id: str
    student: str
    section: str
    measure: str
    happened_at: datetime
    minutes: int | None = None
    work_of: date | None = None


def event_of(row: Mapping[str, str], mapping: FileMapping) -> LmsEvent | None:
    """A line of a file, by the names of COLUMNS; None for a kind that is left out. Raises BadEvent."""
    if unreadable := next((name for name, said in row.items() if "\0" in said), None):
        raise BadEvent(unreadable, "the cell holds a character that is no text")
    kind = row["kind"].casefold()
    if kind in mapping.skipped:
        return None
    if kind not in mapping.kinds:
        raise BadEvent("kind", "this word is not known; say in the mapping what it stands for")
    if not row["student"]:
        raise BadEvent("student", "no student is named")
    if len(row.get("event_id", "")) > LONGEST_ID:
        raise BadEvent("event_id", f"an event’s id has {LONGEST_ID} characters at most")
    return LmsEvent(
        event_id=row.get("event_id") or digest(row),
        student=row["student"],
        section=row["section"],
        measure=mapping.kinds[kind],
        happened_at=read_instant(row["instant"], mapping.zone),
        minutes=read_minutes(row.get("minutes", "")),
        work_of=read_day(row.get("work_of", "")),
    )


def digest(row: Mapping[str, str]) -> str:
    """The id of a line that has none: the same line again is the same event."""
    said = "\x1f".join(row.get(name, "") for name in COLUMNS if name != "event_id")
    return "row:" + sha256(said.encode()).hexdigest()


def read_instant(text: str, zone: tzinfo | None) -> datetime:
    """An instant of ISO 8601; one without a zone is read in `zone`. Raises BadEvent, without a zone too."""
    try:
        instant = datetime.fromisoformat(text)
    except ValueError:
        raise BadEvent("instant", "this is no instant: write 2020-10-26T09:14:00-05:00") from None
    if instant.year < FIRST_YEAR:
        raise BadEvent("instant", f"an instant before {FIRST_YEAR} is a slip")
    if instant.tzinfo is not None:
        return instant
    if zone is None:
        raise BadEvent("instant", "the instant names no time zone, and nobody said which it is in")
    return instant.replace(tzinfo=zone)


def read_minutes(text: str) -> int | None:
    """Whole minutes of a day, or none. Raises BadEvent."""
    if not text:
        return None
    if not re.fullmatch(r"[0-9]{1,4}", text) or int(text) > MINUTES_OF_A_DAY:
        raise BadEvent("minutes", f"minutes are a whole number from 0 to {MINUTES_OF_A_DAY}")
    return int(text)


def read_day(text: str) -> date | None:
    """The day whose work it was, or none. Raises BadEvent."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise BadEvent("work_of", "this is no date: write 2020-10-26") from None
