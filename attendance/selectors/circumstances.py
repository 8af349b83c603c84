"""A student's day beside its classes, from the JSON of the one statement that gathers it."""

from collections import defaultdict
from datetime import date
from typing import Any

from attendance.rules.contributions import Circumstances, Seat
from attendance.rules.evidence import Evidence, Review
from attendance.rules.minutes import MeetingTimes, Span
from attendance.rules.modes import ModeFact
from attendance.rules.office import OfficeFact

PLAIN = Circumstances()
Rows = list[list[Any]] | None


def circumstances(day: date, modes: Rows, said: Rows, spans: Rows) -> Circumstances:
    """What is known of a day; `said` are its own facts by kind, `spans` those that hold from one date to another."""
    of_kind: dict[str, list[list[Any]]] = defaultdict(list)
    for kind, values in said or ():
        of_kind[kind].append(values)
    holding = [(kind, values) for kind, starts, ends, values in spans or () if _holds(day, starts, ends)]
    return Circumstances(
        modes=tuple(_mode(*row) for row in modes or ()),
        assigned=tuple((section_id, minutes) for section_id, minutes in of_kind["assigned"]),
        evidence=tuple(Evidence(measure, section, _date(work_of)) for measure, section, work_of in of_kind["evidence"]),
        reviews=tuple(_review(*row) for row in of_kind["review"]),
        office=tuple(OfficeFact(*row) for row in of_kind["office"]),
        seats=tuple(_seat(*row) for row in of_kind["seat"]),
        accommodations=frozenset(each for kind, values in holding if kind == "accommodation" for each in values),
        own_schedule=next((values[0] for kind, values in holding if kind == "own_schedule"), ""),
        colleges_out=tuple(section_id for (section_id,) in of_kind["college"]),
    )


def _holds(day: date, starts: str, ends: str | None) -> bool:
    return date.fromisoformat(starts) <= day and (ends is None or day <= date.fromisoformat(ends))


def _date(said: str | None) -> date | None:
    return date.fromisoformat(said) if said else None


def _mode(
    mode: str,
    starts: str,
    ends: str | None,
    weekdays: list[int],
    rotation_days: list[str],
    reason: str,
    section_id: int | None,
) -> ModeFact:
    return ModeFact(
        mode, date.fromisoformat(starts), _date(ends), tuple(weekdays), tuple(rotation_days), reason, section_id
    )


def _review(
    section_id: int | None,
    measure: str,
    minutes: int | None,
    handed_in_on: str | None,
    work_done: bool,
    after: list[str] | None,
) -> Review:
    days = tuple(date.fromisoformat(each) for each in after or ())
    return Review(section_id, measure, minutes, _date(handed_in_on), work_done, days)


def _seat(assessment_id: int, starts: int, ends: int, attended: int | None, may_be_remote: bool) -> Seat:
    return Seat(assessment_id, MeetingTimes(Span(starts, ends)), attended, may_be_remote)
