"""The district's day: for every school how many of its class meetings are taken, due and missing since before."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from fractions import Fraction

from django.db.models import Count, Exists, Min, OuterRef, Q

from attendance.models import CalendarDay, ClassMeeting, MeetingState
from attendance.rules.completion import NOT_TAKEN, TAKEN, TO_COME, VOID
from attendance.rules.rates import share_taken
from attendance.selectors.board_version import MeetingSum, digest, meeting_sums
from attendance.selectors.completions import Instant, this_instant
from attendance.selectors.local_times import local_time_of
from attendance.selectors.own_time import nobody_live
from attendance.selectors.school_board import schools_with_boards
from attendance.selectors.school_days import Beside, school_days_beside
from students.access import Scope, visible_to
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
    missing = _missing(scope, ids, instant, since) if since else {}
    session = CalendarDay.objects.in_session().filter(school__in=ids, date=day)
    open_ids = set(session.values_list("school_id", flat=True))
    return [
        _line(scope, each, each.pk in open_ids, _tally(instant, day, each, sums), missing.get(each.pk, _NONE_MISSING))
        for each in schools
    ]


Missing = tuple[int, int, date | None]
_NONE_MISSING: Missing = (0, 0, None)


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


def _missing(scope: Scope, school_ids: Iterable[int], instant: Instant, since: date) -> dict[int, Missing]:
    """Late and overdue meetings by school, with the first of their days."""
    session = CalendarDay.objects.in_session().filter(school=OuterRef("school"), date=OuterRef("date"))
    untaken = visible_to(scope, ClassMeeting).filter(
        Exists(session),
        ~nobody_live(),
        school__in=list(school_ids),
        state=MeetingState.EXPECTED,
        date__gte=max(since, scope.year_starts_on),
        date__lt=scope.today,
    )
    is_late = Q(date__gte=scope.today - timedelta(days=instant.window))
    by_school = untaken.order_by().values_list("school_id")
    counted = by_school.annotate(
        late=Count("pk", filter=is_late), overdue=Count("pk", filter=~is_late), oldest=Min("date")
    )
    return {school: (late, overdue, oldest) for school, late, overdue, oldest in counted}


def _line(scope: Scope, school: School, in_session: bool, tally: Tally, missing: Missing) -> SchoolLine:
    """Meetings of a day that is out of session after all ask nothing of anybody."""
    states = tally.states if in_session else Counter[str]()
    late, overdue, oldest = missing
    return SchoolLine(
        school=school,
        in_session=in_session,
        taken=states[TAKEN],
        due=sum(states[each] for each in NOT_TAKEN),
        to_come=states[TO_COME],
        late=late,
        overdue=overdue,
        oldest=oldest,
        latest=local_time_of(scope, tally.latest),
    )
