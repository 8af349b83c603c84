"""The district's day: for every school how many of its class meetings are taken, due and missing since before."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from fractions import Fraction

from attendance.models import CalendarDay
from attendance.rules.completion import NOT_TAKEN, TAKEN, TO_COME, VOID
from attendance.rules.rates import share_taken
from attendance.selectors.board_version import MeetingSum, digest, meeting_sums
from attendance.selectors.completions import Instant, this_instant
from attendance.selectors.local_times import local_time_of
from attendance.selectors.missed_classes import Missed, MissedDays, missed_classes
from attendance.selectors.school_board import schools_with_boards
from attendance.selectors.school_days import Beside, school_days_beside
from students.access import Scope
from students.models import School
from students.refusals import Forbidden
from students.rules.rights import Right


@dataclass(frozen=True)
class SchoolLine:
    """A school's class meetings of the day, void ones left out; `late` and `overdue` are of the days before (RD-25),
    the first of them `oldest`.
    """

    school: School
    in_session: bool
    taken: int
    due: int
    to_come: int
    late: int
    overdue: int
    oldest: date | None
    latest: datetime | None

    @property
    def held(self) -> int:
        """Meetings of the day."""
        return self.taken + self.due + self.to_come

    @property
    def share(self) -> Fraction | None:
        """The share that is taken of the meetings that should be; None while none should."""
        return share_taken(self.taken, self.taken + self.due)


@dataclass(frozen=True)
class DistrictBoard:
    """A line a school. `version` stands for all of it that a moment can change."""

    day: date
    today: date
    beside: Beside
    lines: Sequence[SchoolLine]
    version: str

    @property
    def taken(self) -> int:
        """Meetings taken in all schools."""
        return sum(each.taken for each in self.lines)

    @property
    def due(self) -> int:
        """Meetings that began and are not taken."""
        return sum(each.due for each in self.lines)

    @property
    def to_come(self) -> int:
        """Meetings that have not begun."""
        return sum(each.to_come for each in self.lines)

    @property
    def missing(self) -> int:
        """Meetings of the days before that are not taken."""
        return sum(each.late + each.overdue for each in self.lines)


def district_board(scope: Scope, day: date) -> DistrictBoard:
    """The boards of all schools in brief, in so many statements however many they are.

    Raises Forbidden for somebody who looks after fewer than two of them.
    """
    schools = schools_with_boards(scope)
    if not scope.everywhere(Right.READ) and len(schools) < 2:
        raise Forbidden("Only somebody who looks after several schools needs the board of all of them.")
    lines = school_lines(scope, schools, day, since=scope.year_starts_on)
    beside = school_days_beside(scope, [each.pk for each in schools], day)
    return DistrictBoard(day, scope.today, beside, lines, version=digest(day, *lines))


def school_lines(scope: Scope, schools: Sequence[School], day: date, *, since: date | None) -> list[SchoolLine]:
    """A line for each of some schools, in so many statements however many; the caller took them from the scope.

    Of the days before today those are told from `since` on; none where it is None.
    """
    ids = [each.pk for each in schools]
    instant = this_instant(scope)
    sums = meeting_sums(scope, ids, day)
    missed = missed_classes(scope, ids, _days_before(scope, instant, since)) if since else {}
    session = CalendarDay.objects.in_session().filter(school__in=ids, date=day)
    open_ids = set(session.values_list("school_id", flat=True))
    return [
        _line(scope, each, each.pk in open_ids, _tally(instant, day, each, sums), missed.get(each.pk, Missed()))
        for each in schools
    ]


def _days_before(scope: Scope, instant: Instant, since: date) -> MissedDays:
    first = max(since, scope.year_starts_on)
    return MissedDays(since=first, late_from=scope.today - timedelta(days=instant.window), today=scope.today)


@dataclass(frozen=True)
class Tally:
    """A school's meetings of the day by how far they are, and when the last of them was saved."""

    states: Counter[str]
    latest: datetime | None


def _tally(instant: Instant, day: date, school: School, sums: Iterable[MeetingSum]) -> Tally:
    states: Counter[str] = Counter()
    mine = [each for each in sums if each.school_id == school.pk]
    for each in mine:
        states[instant.completion(each.state, day, each.starts_at, each.ends_at)] += each.count
    return Tally(states, max((each.latest for each in mine if each.latest and each.state != VOID), default=None))


def _line(scope: Scope, school: School, in_session: bool, tally: Tally, missed: Missed) -> SchoolLine:
    """Meetings of a day that is out of session after all ask nothing of anybody."""
    states = tally.states if in_session else Counter[str]()
    return SchoolLine(
        school=school,
        in_session=in_session,
        taken=states[TAKEN],
        due=sum(states[each] for each in NOT_TAKEN),
        to_come=states[TO_COME],
        late=missed.late,
        overdue=missed.overdue,
        oldest=missed.oldest,
        latest=local_time_of(scope, tally.latest),
    )
