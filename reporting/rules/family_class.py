"""How one class of a child's day stands, as a family reads it: what is not taken yet is never an absence (RD-03)."""

from dataclasses import dataclass

TO_COME, NOT_TAKEN, CANCELED, NO_COLLEGE = "to_come", "not_taken", "canceled", "no_college"
PRESENT, IN_PART, LATE, LEFT_EARLY, ABSENT, EXCUSED = "present", "in_part", "late", "left_early", "absent", "excused"
WORK_OPEN, WORK_DONE, WORK_IN_PART, WORK_MISSING = "work_open", "work_done", "work_in_part", "work_missing"

# The shape that stands for each, of those that every page draws.
SHAPES = {
    TO_COME: "undetermined",
    NOT_TAKEN: "undetermined",
    WORK_OPEN: "undetermined",
    CANCELED: "void",
    NO_COLLEGE: "present",
    PRESENT: "present",
    WORK_DONE: "present",
    IN_PART: "left_early",
    WORK_IN_PART: "left_early",
    LATE: "tardy",
    LEFT_EARLY: "left_early",
    ABSENT: "absent",
    WORK_MISSING: "absent",
    EXCUSED: "excused",
}


@dataclass(frozen=True, slots=True)
class SeenClass:
    """A class, or work in own time; minutes. `attended` is None while nobody has entered it for this child.

    `excused` are the missed minutes that accepted excuses cover; `mark` is the teacher's word, empty where the class
    was not taken; `has_begun` is always true of days that are over.
    """

    attended: int | None
    offered: int
    excused: int = 0
    mark: str = ""
    has_begun: bool = True
    is_void: bool = False
    is_credited: bool = False


def class_state(seen: SeenClass) -> str:
    """How a class that meets stands."""
    if seen.is_void:
        return CANCELED
    if seen.is_credited:
        return NO_COLLEGE
    if seen.attended is None:
        return NOT_TAKEN if seen.has_begun else TO_COME
    if seen.mark in ("tardy", "left_early"):
        return LATE if seen.mark == "tardy" else LEFT_EARLY
    if seen.attended == 0 or seen.mark == "absent":
        return _missed(seen)
    return PRESENT if seen.attended == seen.offered else IN_PART


def _missed(seen: SeenClass) -> str:
    """An absence to which minutes elsewhere under the school's eyes were added is one in part (RD-07)."""
    if seen.attended:
        return PRESENT if seen.attended == seen.offered else IN_PART
    return EXCUSED if seen.excused and seen.excused == seen.offered else ABSENT


def work_state(seen: SeenClass) -> str:
    """How work in own time stands."""
    if seen.is_credited:
        return NO_COLLEGE
    if seen.attended is None:
        return WORK_OPEN
    if seen.attended == seen.offered:
        return WORK_DONE
    if seen.attended:
        return WORK_IN_PART
    return EXCUSED if seen.excused and seen.excused == seen.offered else WORK_MISSING
