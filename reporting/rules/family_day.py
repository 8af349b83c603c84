"""What a child's day comes to, as a family reads it. Not known yet is a state of its own, and no absence (RD-03)."""

from collections.abc import Collection
from dataclasses import dataclass

PRESENT, PRESENT_ALREADY, EXEMPT, RESCUED = "present", "present_already", "exempt", "rescued"
NOTHING_YET, WORK_AHEAD, SO_FAR, NOT_KNOWN, EXCUSE_OPEN, NOTHING_ON_FILE = (
    "nothing_yet",
    "work_ahead",
    "so_far",
    "not_known",
    "excuse_open",
    "nothing_on_file",
)
ABSENT, ABSENT_EVERY_CLASS, EXCUSED, SUSPENDED = "absent", "absent_every_class", "excused", "suspended"
# Of a date without a day.
NOT_ENROLLED, NO_SCHOOL, TO_COME, NOT_BEGUN = "not_enrolled", "no_school", "to_come", "not_begun"

SHAPES = {
    PRESENT: "present",
    PRESENT_ALREADY: "present",
    EXEMPT: "present",
    RESCUED: "present",
    ABSENT: "absent",
    ABSENT_EVERY_CLASS: "absent",
    SUSPENDED: "absent",
    EXCUSED: "excused",
    NOT_ENROLLED: "void",
    NO_SCHOOL: "void",
}


@dataclass(frozen=True, slots=True)
class SeenDay:
    """A day as the ledger has it; `is_over`: whether it lies before today, `in_own_time`: whether all of it is work."""

    status: str
    absence_kind: str
    rules: Collection[str]
    expected: int
    untaken: int
    is_over: bool
    in_own_time: bool = False


def day_state(seen: SeenDay) -> str:
    """What the day is by now."""
    if seen.status == "present":
        return _present(seen)
    if seen.status == "absent":
        return _absent(seen)
    if "RD-02" in seen.rules or not seen.expected:
        return NOTHING_ON_FILE
    if "RD-08" in seen.rules:
        return EXCUSE_OPEN
    if seen.is_over:
        return NOT_KNOWN
    if seen.untaken < seen.expected:
        return SO_FAR
    return WORK_AHEAD if seen.in_own_time else NOTHING_YET


def _present(seen: SeenDay) -> str:
    if "RD-02" in seen.rules:
        return EXEMPT
    if "MS-20" in seen.rules:
        return RESCUED
    return PRESENT_ALREADY if seen.untaken and not seen.is_over else PRESENT


def _absent(seen: SeenDay) -> str:
    if seen.absence_kind in ("excused", "suspended"):
        return EXCUSED if seen.absence_kind == "excused" else SUSPENDED
    return ABSENT_EVERY_CLASS if "RD-26" in seen.rules else ABSENT


def shape_of(state: str) -> str:
    """The shape that stands for a day; what is open has the dashed ring."""
    return SHAPES.get(state, "undetermined")


def why_no_day(*, enrolled: bool, in_session: bool, is_to_come: bool) -> str:
    """Why a date has no day of a child: a school day of today or before is one as soon as the morning opens it."""
    if not enrolled:
        return NOT_ENROLLED
    if not in_session:
        return NO_SCHOOL
    return TO_COME if is_to_come else NOT_BEGUN
