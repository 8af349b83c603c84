"""What the office's statements make of one day: when a student was away, and what a class is likely to be marked.

Nothing here judges a day or changes a mark: it fills a form that a teacher saves, and tells where two people differ.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from attendance.rules.mark import ABSENT, LEFT_EARLY, TARDY
from attendance.rules.minutes import Span, merged, without
from attendance.rules.office import DOOR, REPORTED, OfficeFact, OfficeWord, office_word
from attendance.rules.office_entry import Statement


@dataclass(frozen=True, slots=True)
class Suggested:
    """A mark that the office's statements suggest; minutes from midnight."""

    status: str
    arrived: int | None = None
    left: int | None = None


def on_day(said: Iterable[Statement], day: date) -> list[Statement]:
    """Those that speak of a day, in order of time."""
    held = (each for each in said if each.starts_on <= day <= each.ends_on)
    return sorted(held, key=lambda each: (each.starts_at or 0, each.kind))


def word_of(said: Iterable[Statement], day: date, school_id: int | None = None) -> OfficeWord:
    """A day as the judge has it, of the classes of a school where one is given (RD-06, RD-07)."""
    return office_word([_fact(each) for each in on_day(said, day)], school_id)


def away(said: Sequence[Statement], day: date, school_id: int | None = None) -> list[Span]:
    """When a student was out of a school by the office's statements of a day, in order, no two touching.

    As the day is judged; and a reported absence, which caps nothing, counts while no door says anything: who then came
    in after all is in.
    """
    held = on_day(said, day)
    word = word_of(held, day, school_id)
    if word.suspended or any(each.kind in DOOR for each in held):
        return list(word.away)
    reported = merged(_fact(each).span for each in held if each.kind == REPORTED)
    return [left for span in reported for left in without(span, word.supervised)]


def elsewhere(said: Sequence[Statement], day: date) -> list[Span]:
    """When a student was in the school's hands outside the class, in order (RD-07)."""
    return list(word_of(said, day).supervised)


def _fact(statement: Statement) -> OfficeFact:
    return OfficeFact(statement.kind, statement.starts_at, statement.ends_at, statement.school_id)


def suggested(said: Sequence[Statement], day: date, span: Span, school_id: int | None = None) -> Suggested | None:
    """The mark that a class of a school, or a homeroom's day, is likely to get; None where the office knows of no
    minute missed, or where a student came and went so that no single mark says it.
    """
    gone = away(said, day, school_id)
    there = without(span, gone)
    if there == [span]:
        return None
    if not there:
        return Suggested(ABSENT)
    if len(there) > 1:
        return None
    arrived = there[0].starts if there[0].starts > span.starts else None
    left = there[0].ends if there[0].ends < span.ends else None
    return Suggested(LEFT_EARLY if arrived is None else TARDY, arrived, left)
