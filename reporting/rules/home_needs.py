"""What a home page says needs doing now: at most three things, the most pressing first (docs/home.md).

The order: what a bell is waiting for; then what should have been done on an earlier day; then what falls due today;
then what has no day. Among things that press alike, the order in which `What` names them: a child whom nobody has seen
before marks, marks before what is made of them, and paper last. How long something has waited moves nothing within its
kind: the oldest is told beside the number, and everything of a kind is one line.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, time
from enum import IntEnum, StrEnum

MOST_TOLD = 3


class What(StrEnum):
    """Kinds of things to be done, the most pressing first among those that press alike."""

    CLASS = "class"
    """A class of one's own that can be marked."""
    CALLS = "calls"
    """Students missing from the first class, of whom nobody has said why and about whom nobody has called."""
    UNTAKEN = "untaken"
    """Classes of a school that began today and are not taken."""
    IMPORT = "import"
    """A roster import that a person has to look at."""
    OUTREACH = "outreach"
    """Students in an outreach worker's hands whom nobody has tried to reach for a week."""
    STEPS_LATE = "steps_late"
    """Cases with a step that was due on an earlier day."""
    MINE_BEFORE = "mine_before"
    """Classes of one's own, of earlier days, not taken or not of everybody."""
    BEFORE = "before"
    """A school's classes of the seven days before today that are not taken."""
    OWN_TIME = "own_time"
    """Entries, talks and reports of one's own classes in own time that are late."""
    ENTRIES = "entries"
    """Entries of a school that are overdue (RD-25): classes not taken, and days in own time not entered."""
    CERTIFY = "certify"
    """Months that the school approved and the district has to certify."""
    BUILD = "build"
    """Months that are over and not built, mended or approved."""
    FILE = "file"
    """Certified months with files that the state has not accepted."""
    STEPS_TODAY = "steps_today"
    """Cases with a step due today."""
    CROSSED = "crossed"
    """Students who crossed a threshold and whose family nobody has reached out to since."""
    FAMILIES = "families"
    """Reports, requests and notes of families that nobody has read or answered."""
    REQUESTS = "requests"
    """Families' requests to look at a mark of one's own class again."""
    EXCUSES = "excuses"
    """Excuses that wait for a decision, or whose paper is past its due date (RD-08)."""
    DISAGREEMENTS = "disagreements"
    """Student-days on which a teacher and the office cannot both be right."""
    WARNED = "warned"
    """Students on course to cross a threshold within ten school days."""
    NOBODYS = "nobodys"
    """Open cases that are nobody's."""
    MAIL = "mail"
    """Addresses of families from which mail comes back."""
    PACKETS = "packets"
    """Audit packets that are ready to be read."""
    ROLES_END = "roles_end"
    """Roles that end within two weeks."""
    NO_PASSWORD = "no_password"  # noqa: S105
    """Accounts of staff that have never set a password."""


# A bell or the clock is waiting for these, so what is old does not push them off the page.
BY_THE_BELL = frozenset({What.CLASS, What.CALLS, What.UNTAKEN})

# What each role is asked. Whoever teaches is asked what a teacher is, whatever the role; whoever holds several roles is
# asked the things of each, and told the most pressing of all.
ASKED_OF: Mapping[str, frozenset[What]] = {
    "teacher": frozenset({What.CLASS, What.MINE_BEFORE, What.OWN_TIME, What.REQUESTS}),
    "clerk": frozenset({What.CALLS, What.UNTAKEN, What.FAMILIES, What.EXCUSES, What.DISAGREEMENTS}),
    "counselor": frozenset({What.STEPS_LATE, What.STEPS_TODAY, What.CROSSED, What.WARNED, What.NOBODYS}),
    "nurse": frozenset(),
    "school_administrator": frozenset(
        {What.UNTAKEN, What.BEFORE, What.STEPS_LATE, What.ENTRIES, What.BUILD, What.NOBODYS}
    ),
    "district_administrator": frozenset({What.IMPORT, What.BEFORE, What.CERTIFY, What.BUILD, What.FILE, What.MAIL}),
    "outreach": frozenset({What.OUTREACH}),
    "auditor": frozenset({What.PACKETS}),
    "system_administrator": frozenset({What.ROLES_END, What.NO_PASSWORD}),
}


@dataclass(frozen=True, slots=True)
class Need:
    """Something to be done: how many, since which day the oldest waits, and until when it is to be done, if known.

    A day or a time of day; `title` names the one thing where it is one, `more` is a second number of the sentence, and
    `leads` are the ids and dates in the address of the page that does it.
    """

    what: What
    number: int
    since: date | None = None
    until: date | time | None = None
    title: str = ""
    more: int = 0
    leads: tuple[int | date | str, ...] = ()


class Press(IntEnum):
    """How a thing presses."""

    BELL = 0
    LATE = 1
    TODAY = 2
    OPEN = 3


def press_of(need: Need, today: date) -> Press:
    """How pressing a thing is on a day: late from the day after the oldest of it came, or its last day went by."""
    if need.what in BY_THE_BELL:
        return Press.BELL
    until = need.until if isinstance(need.until, date) else need.since
    if until is None or until > today:
        return Press.OPEN
    return Press.LATE if until < today else Press.TODAY


def most_pressing(needs: Iterable[Need], today: date) -> list[Need]:
    """The three to be told, in order; what there is none of is left out."""
    order = list(What)
    held = [each for each in needs if each.number > 0]
    return sorted(held, key=lambda each: (press_of(each, today), order.index(each.what)))[:MOST_TOLD]


def asked_of(roles: Iterable[str], *, teaches: bool) -> frozenset[What]:
    """What somebody is asked by the roles held today, and by teaching."""
    held = {*roles, "teacher"} if teaches else set(roles)
    return frozenset().union(*(ASKED_OF[role] for role in held))


class Comes(StrEnum):
    """Kinds of things that come next where nothing needs doing now."""

    CLASS = "class"
    STEP = "step"
    MONTH_ENDS = "month_ends"
    SCHOOL_DAY = "school_day"


@dataclass(frozen=True, slots=True)
class Next:
    """Something to come: on which day, at which time if it has one; `title` names it."""

    comes: Comes
    on: date
    at: time | None = None
    title: str = ""


def first_to_come(found: Iterable[Next]) -> Next | None:
    """The one that comes first; of several on a day the one with a time, then as `Comes` names them."""
    order = list(Comes)
    return min(found, key=lambda each: (each.on, each.at or time.max, order.index(each.comes)), default=None)


@dataclass(frozen=True, slots=True)
class ClassHours:
    """A class that can be marked now: from a minute of the day to another, the end exclusive."""

    starts: int
    ends: int


def class_to_take(classes: Iterable[ClassHours], minute: int) -> int | None:
    """The place of the class to be marked first at a minute of the day; None where there is none.

    The class that is on, or is about to begin: the pupils are in the room. Then those over, the earliest first.
    """
    held = list(enumerate(classes))
    if not held:
        return None
    return min(held, key=lambda each: (_is_over(each[1], minute), each[1].starts, each[0]))[0]


def _is_over(hours: ClassHours, minute: int) -> bool:
    return hours.ends <= minute
