"""Who owes what of a day in own time: what is still to be entered of it, and what can be (MS-26, RD-25)."""

from collections.abc import Collection, Sequence

from attendance.rules.day import CLASS, HOMEBOUND, WORK, DayFacts, MeetingFact
from attendance.rules.evidence import Review
from attendance.rules.modes import ASYNC_ONLINE, OFFLINE
from attendance.rules.plan import CONTACT, LMS_ACTIVITY, LMS_LOGIN
from attendance.rules.plan import WORK as WORK_MEASURE

# What stands of a student's day in a class: evidence has settled it, somebody entered it, or it is open.
SETTLED, ENTERED, OPEN = "settled", "entered", "open"
# What can be entered of it beside a measure: nothing was done, or the day's work was, wholly or partly.
NOTHING_DONE, DONE, ALL_DONE, PART_DONE = "none", "done", "all", "part"
MEASURES = (LMS_ACTIVITY, CONTACT, WORK_MEASURE, LMS_LOGIN)


def piece_of(facts: DayFacts, section_id: int) -> MeetingFact | None:
    """The piece of a day that a class asks to be entered; None where it asks for none.

    Work in own time, and in quarantine any class: its work must be confirmed (RD-26). Homebound minutes are of no
    class.
    """
    kinds = (WORK,) if facts.every_class is None else (WORK, CLASS)
    return next((each for each in facts.meetings if each.kind in kinds and each.section_id == section_id), None)


def entry_state(facts: DayFacts, section_id: int, entered: Collection[int | None]) -> str:
    """What stands of a day in a class; empty where nothing is asked. `entered` are the sections entered for the day.

    Evidence settles asynchronous online work alone: offline work is reviewed, and in quarantine it is confirmed. A
    day of suspension asks for nothing.
    """
    piece = piece_of(facts, section_id)
    if piece is None:
        return ""
    if section_id in entered:
        return ENTERED
    if facts.suspended or (piece.attended is not None and facts.every_class is None):
        return SETTLED
    return OPEN


def waiting(facts: DayFacts, own_time_sections: Sequence[int], reviews: Sequence[Review]) -> tuple[int, ...]:
    """The classes that wait for their entry of a day (MS-26), in order.

    Homebound minutes are entered once, for all of the day's classes.
    """
    if any(each.kind == HOMEBOUND and each.attended is None for each in facts.meetings):
        return tuple(own_time_sections)
    if not own_time_sections and facts.every_class is None:
        return ()
    entered = {each.section_id for each in reviews}
    asking = {each.section_id for each in facts.meetings if each.section_id}
    return tuple(each for each in sorted(asking) if entry_state(facts, each, entered) == OPEN)


def choices(mode: str, measures: Collection[str], *, confirms_work: bool) -> tuple[str, ...]:
    """What can be entered of a day in a class of a mode, `measures` being those that count for the student.

    Asynchronous online a measure (MS-19), offline how much of the work was completed (MS-21); where the day's work
    must be confirmed (RD-26), that it was done. Or that nothing was.
    """
    if mode in OFFLINE:
        return (ALL_DONE, PART_DONE, NOTHING_DONE)
    if mode != ASYNC_ONLINE:
        return (DONE, NOTHING_DONE)
    counting = tuple(each for each in MEASURES if each in measures)
    done = (DONE,) if confirms_work and WORK_MEASURE not in measures else ()
    return (*counting, *done, NOTHING_DONE)


def choice_of(review: Review, mode: str, offered: int) -> str:
    """What was entered of a day, as one of the choices."""
    if mode in OFFLINE:
        minutes = review.minutes or 0
        return NOTHING_DONE if not minutes else ALL_DONE if minutes >= offered else PART_DONE
    if mode == ASYNC_ONLINE and review.measure:
        return review.measure
    return DONE if review.work_done else NOTHING_DONE
