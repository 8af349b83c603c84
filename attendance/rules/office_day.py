"""What the office's words make of one day: when a student was away, and what a class is likely to be marked.

Nothing here judges a day or changes a mark: it fills a form that a teacher saves, and tells where two people differ.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from attendance.rules.mark import ABSENT, LEFT_EARLY, TARDY
from attendance.rules.minutes import MIDNIGHT, WHOLE_DAY, Span, merged
from attendance.rules.office_entry import (
    ACTIVITY,
    COUNSELOR,
    DOOR,
    IN_SCHOOL_SUSPENSION,
    NURSE,
    REPORTED_ABSENCE,
    SIGN_IN,
    SUSPENSION,
    OfficeWord,
)

# Minutes in the school's hands are minutes attended, wherever they are spent (RD-07).
ELSEWHERE = (ACTIVITY, IN_SCHOOL_SUSPENSION, NURSE, COUNSELOR)


@dataclass(frozen=True, slots=True)
class Suggested:
    """A mark that the office's words suggest; minutes from midnight."""

    status: str
    arrived: int | None = None
    left: int | None = None


def on_day(words: Iterable[OfficeWord], day: date) -> list[OfficeWord]:
    """Those that speak of a day, in order of time."""
    held = (each for each in words if each.starts_on <= day <= each.ends_on)
    return sorted(held, key=lambda each: (each.starts_at or 0, each.kind))


def away(words: Sequence[OfficeWord], day: date) -> list[Span]:
    """When a student was out of school by the office's words of a day, in order, no two touching.

    Who is suspended is away all day. At the door: before a first sign-in, and from each sign-out to the next sign-in.
    A reported absence counts while the door says nothing: who then came in after all is in.
    """
    said = on_day(words, day)
    if any(each.kind == SUSPENSION for each in said):
        return [WHOLE_DAY]
    door = [each for each in said if each.kind in DOOR]
    if door:
        return _out_of_the_door(door)
    return merged(span_of(each) for each in said if each.kind == REPORTED_ABSENCE)


def _out_of_the_door(door: Sequence[OfficeWord]) -> list[Span]:
    out: list[Span] = []
    left: int | None = 0 if door[0].kind == SIGN_IN else None
    for each in door:
        at = each.starts_at or 0
        if each.kind == SIGN_IN:
            if left is not None and left < at:
                out.append(Span(left, at))
            left = None
        elif left is None:
            left = at
    return [*out, Span(left, MIDNIGHT)] if left is not None else out


def elsewhere(words: Sequence[OfficeWord], day: date) -> list[Span]:
    """When a student was in the school's hands outside the class, in order (RD-07)."""
    return merged(span_of(each) for each in on_day(words, day) if each.kind in ELSEWHERE)


def span_of(word: OfficeWord) -> Span:
    """The minutes of one of its days that a word with two times, or with none, speaks of."""
    if word.starts_at is None or word.ends_at is None:
        return WHOLE_DAY
    return Span(word.starts_at, word.ends_at)


def left_of(span: Span, gone: Iterable[Span]) -> list[Span]:
    """What is left of a span without others, in order."""
    left = [span]
    for each in gone:
        left = [
            part
            for held in left
            for part in (
                Span(held.starts, min(held.ends, each.starts)),
                Span(max(held.starts, each.ends), held.ends),
            )
            if part.minutes > 0
        ]
    return left


def suggested(words: Sequence[OfficeWord], day: date, span: Span) -> Suggested | None:
    """The mark that a class, or a homeroom's day, is likely to get; None where the office knows of no minute missed,
    or where a student came and went so that no single mark says it.
    """
    gone = away(words, day)
    there = left_of(span, gone)
    if there == [span]:
        return None
    if not there:
        return Suggested(ABSENT)
    if len(there) > 1:
        return None
    arrived = there[0].starts if there[0].starts > span.starts else None
    left = there[0].ends if there[0].ends < span.ends else None
    return Suggested(LEFT_EARLY if arrived is None else TARDY, arrived, left)
