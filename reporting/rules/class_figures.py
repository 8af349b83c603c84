"""What a class's marks, and its days in own time, come to: by week, by day of the week and by student.

Marks and days stay apart: a mark speaks of a meeting, a day in own time of the whole day (RD-20), and to add one to the
other would be a share of nothing.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction
from typing import NamedTuple

from attendance.rules.rates import (
    absence_rate,
    class_absence_rate,
    presence_rate,
    printed_percent,
    printed_points,
    tardy_rate,
)

# What a trend holds against all that came before: the last four weeks, in calendar days.
RECENT_DAYS = 28
_WEEK = timedelta(days=7)


class ClassDay(NamedTuple):
    """A student's date in the class: its marks by what they say, or a day done in own time by its verdict."""

    student_id: int
    date: date
    marks: int = 0
    absent: int = 0
    tardy: int = 0
    left_early: int = 0
    own_present: int = 0
    own_absent: int = 0
    own_waiting: int = 0


@dataclass(slots=True)
class Count:
    """Some of a class's days, counted. Whoever came late or left early was there; days that wait are no verdict."""

    marks: int = 0
    absent: int = 0
    tardy: int = 0
    left_early: int = 0
    own_present: int = 0
    own_absent: int = 0
    own_waiting: int = 0

    def add(self, other: "ClassDay | Count") -> None:
        """Count these too."""
        self.marks += other.marks
        self.absent += other.absent
        self.tardy += other.tardy
        self.left_early += other.left_early
        self.own_present += other.own_present
        self.own_absent += other.own_absent
        self.own_waiting += other.own_waiting

    @property
    def present(self) -> int:
        """Marks of who was there, tardy and left early among them."""
        return self.marks - self.absent

    @property
    def own_days(self) -> int:
        """Days in own time that are decided."""
        return self.own_present + self.own_absent

    @property
    def own_due(self) -> int:
        """Every day in own time, decided or waiting."""
        return self.own_days + self.own_waiting

    @property
    def is_settled(self) -> bool:
        """Whether no day in own time waits, which could yet move the share."""
        return self.own_waiting == 0

    @property
    def share(self) -> Fraction | None:
        """Marks present of all."""
        return presence_rate(self.present, self.marks)

    @property
    def own_share(self) -> Fraction | None:
        """Days present of those in own time that are decided."""
        return presence_rate(self.own_present, self.own_days)

    @property
    def absent_share(self) -> Fraction | None:
        """Marks absent of all."""
        return class_absence_rate(self.absent, self.marks)

    @property
    def own_absent_share(self) -> Fraction | None:
        """Days absent of those in own time that are decided."""
        return absence_rate(self.own_absent, self.own_days)

    @property
    def tardy_share(self) -> Fraction | None:
        """Marks tardy of all."""
        return tardy_rate(self.tardy, self.marks)

    @property
    def rate(self) -> str:
        """Marks present of all, as printed."""
        return printed_percent(self.share)

    @property
    def own_rate(self) -> str:
        """Days present in own time, as printed."""
        return printed_percent(self.own_share)

    @property
    def absent_rate(self) -> str:
        """Marks absent of all, as printed."""
        return printed_percent(self.absent_share)

    @property
    def own_absent_rate(self) -> str:
        """Days absent in own time, as printed."""
        return printed_percent(self.own_absent_share)

    @property
    def tardy_rate(self) -> str:
        """Marks tardy of all, as printed."""
        return printed_percent(self.tardy_share)


@dataclass(slots=True)
class Course:
    """Days counted with where they move: the last four weeks against all before them."""

    all: Count = field(default_factory=Count)
    recent: Count = field(default_factory=Count)
    before: Count = field(default_factory=Count)

    def add(self, day: ClassDay, *, is_recent: bool) -> None:
        """Count a day."""
        self.all.add(day)
        (self.recent if is_recent else self.before).add(day)

    @property
    def moved(self) -> Fraction | None:
        """How far the share of marks present moved, of days in own time where there are no marks; None for no data."""
        for now, then in (
            (self.recent.share, self.before.share),
            (self.recent.own_share, self.before.own_share),
        ):
            if now is not None and then is not None:
                return now - then
        return None

    @property
    def has_fallen(self) -> bool:
        """Whether the share is lower in the last four weeks than before."""
        return self.moved is not None and self.moved < 0

    @property
    def trend(self) -> str:
        """In points, of what moved above."""
        return printed_points(self.moved, None if self.moved is None else Fraction(0))

    @property
    def own_trend(self) -> str:
        """Of days in own time, in points."""
        return printed_points(self.recent.own_share, self.before.own_share)

    @property
    def tardy_trend(self) -> str:
        """Of tardy marks, in points."""
        return printed_points(self.recent.tardy_share, self.before.tardy_share)


@dataclass(frozen=True)
class ClassCounts:
    """A class's days in every way that its page shows them; `weeks` by their Mondays, weekdays 1 for Monday."""

    whole: Course
    students: Mapping[int, Course]
    dates: Mapping[date, Count]
    weeks: Mapping[date, Count]
    weekdays: Mapping[int, Count]

    @property
    def fallen(self) -> int:
        """Students who come less often than before."""
        return sum(each.has_fallen for each in self.students.values())

    @property
    def followed(self) -> int:
        """Students of whom a trend can be told."""
        return sum(each.moved is not None for each in self.students.values())


def class_counts(days: Iterable[ClassDay], through: date) -> ClassCounts:
    """Count a class's days. The last four weeks are those that end with `through`, inclusive.

    Weeks stand in order from the first with a day to the last; one of holidays between them is there, and empty.
    """
    since = through - timedelta(days=RECENT_DAYS)
    students: dict[int, Course] = defaultdict(Course)
    by_date: dict[date, Count] = defaultdict(Count)
    for each in days:
        students[each.student_id].add(each, is_recent=each.date > since)
        by_date[each.date].add(each)
    whole = Course()
    weekdays: dict[int, Count] = defaultdict(Count)
    for day in sorted(by_date):
        whole.all.add(by_date[day])
        (whole.recent if day > since else whole.before).add(by_date[day])
        weekdays[day.isoweekday()].add(by_date[day])
    return ClassCounts(
        whole=whole,
        students=dict(students),
        dates=dict(sorted(by_date.items())),
        weeks=_weeks(by_date),
        weekdays=dict(sorted(weekdays.items())),
    )


def _weeks(by_date: Mapping[date, Count]) -> dict[date, Count]:
    weeks: dict[date, Count] = {}
    for day in sorted(by_date):
        monday = day - timedelta(days=day.weekday())
        while weeks and max(weeks) + _WEEK < monday:
            weeks[max(weeks) + _WEEK] = Count()
        weeks.setdefault(monday, Count()).add(by_date[day])
    return weeks
