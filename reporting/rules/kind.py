"""What a kind of finding is: whether it blocks a month, by which rule, and on which page it is mended (RD-71)."""

from dataclasses import dataclass
from enum import StrEnum, auto

ERROR, WARNING = "error", "warning"


class MendAt(StrEnum):
    """A page on which a finding is mended, or looked into."""

    CLASS = auto()
    STUDENT_DAY = auto()
    STUDENT = auto()
    SECTION = auto()
    WEEK = auto()
    INTERACTIONS = auto()
    WEEKLY_LISTS = auto()
    ENTRY_WINDOW = auto()
    BOARD = auto()
    CALENDAR_DAY = auto()
    CALENDAR = auto()
    WAIVERS = auto()
    PLANNING = auto()
    PLAN = auto()
    PAPER_EXCUSES = auto()
    DISAGREEMENTS = auto()
    TRUANCY = auto()
    IMPORTS = auto()


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of finding. `at` are the pages it leads to, the best first: the first that the reader may open is shown.

    `what` and `mended` are its line in the documentation.
    """

    code: str
    severity: str
    rule: str
    what: str
    mended: str
    at: tuple[MendAt, ...] = ()


ROSTER = (MendAt.IMPORTS, MendAt.STUDENT)
IN_THE_FILE = "`school_enrollments.csv` of the next roster import"
