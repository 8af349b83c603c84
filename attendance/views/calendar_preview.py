"""What a change of the calendar does, as its preview says it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy

from attendance.rules.lawful_calendar import LawfulCalendar
from attendance.selectors.calendar_effects import VerdictChange
from attendance.selectors.calendar_law_words import FaultLine, fault_lines, law_sentence
from attendance.selectors.calendar_words import entry_words
from attendance.services.calendar_edits import Effects

VERDICTS = {
    "present": gettext_lazy("present"),
    "absent excused": gettext_lazy("absent, excused"),
    "absent unexcused": gettext_lazy("absent, unexcused"),
    "undetermined": gettext_lazy("undetermined"),
    "no_day": gettext_lazy("no school day"),
}
MOST_DAYS_LISTED = 40


@dataclass(frozen=True)
class ChangedDay:
    """A date that becomes another in some schools (none named: in all of those chosen); `grades` had it otherwise."""

    date: date
    schools: Sequence[str]
    was: str
    becomes: str
    under: int | None
    grades: Sequence[str]


@dataclass(frozen=True)
class CountedDays:
    """A school's instructional days of the year before and after."""

    school: str
    before: int
    after: int
    due: int
    under_before: int
    under_after: int
    shortened_before: int
    shortened_after: int

    @property
    def changes(self) -> bool:
        """Whether any of the figures does."""
        return (self.before, self.under_before, self.shortened_before) != (
            self.after,
            self.under_after,
            self.shortened_after,
        )


@dataclass(frozen=True)
class ChangedLaw:
    """A school whose calendar comes to something else before the law: the sentence after it, and its new faults."""

    school: str
    sentence: str
    is_lawful: bool
    faults: Sequence[FaultLine]
    missing: int
    waivers_left: int
    can_waive: bool


def changed_law(school: str, before: LawfulCalendar | None, after: LawfulCalendar | None) -> ChangedLaw | None:
    """What a change does to the lawfulness of a school's calendar; None where it does nothing."""
    if after is None or (before is not None and _stands(before) == _stands(after)):
        return None
    stood = {(line.day, line.words) for line in fault_lines(before)} if before else set()
    new = [line for line in fault_lines(after) if (line.day, line.words) not in stood]
    newly_lost = bool(set(after.lost) - set(before.lost if before else ()))
    can_waive = newly_lost and after.missing > 0
    return ChangedLaw(school, law_sentence(after), after.is_lawful, new, after.missing, after.waivers_left, can_waive)


def _stands(law: LawfulCalendar) -> tuple[object, ...]:
    return law.counted, tuple(law.faults), tuple(law.lost), law.waivers_left


@dataclass(frozen=True)
class PreviewPage:
    """The effects of a change, in the order in which somebody asks for them."""

    effects: Effects

    @property
    def days(self) -> Sequence[ChangedDay]:
        """The days, those alike in several schools in one line."""
        return list(self._days())[:MOST_DAYS_LISTED]

    @property
    def not_listed(self) -> int:
        """Lines beyond those that are listed."""
        return max(0, len(list(self._days())) - MOST_DAYS_LISTED)

    def _days(self) -> Iterator[ChangedDay]:
        alike: dict[tuple[date, str, str, int | None, tuple[str, ...]], list[str]] = {}
        for change in self.effects.days:
            after = change.after
            under = after.minimum if after.is_under else None
            key = (after.date, entry_words(change.before), entry_words(after), under, change.grades)
            alike.setdefault(key, []).append(self.effects.schools[after.school_id])
        for (day, was, becomes, under, grades), schools in alike.items():
            named = schools if len(schools) < len(self.effects.schools) else []
            yield ChangedDay(day, named, was, becomes, under, grades)

    @property
    def verdicts(self) -> Sequence[tuple[str, str, int]]:
        """What verdicts turn into what, and how many."""
        return [self._verdict(each) for each in self.effects.verdicts]

    def _verdict(self, change: VerdictChange) -> tuple[str, str, int]:
        return str(VERDICTS[change.before]), str(VERDICTS[change.after]), change.days

    @property
    def counted(self) -> Sequence[CountedDays]:
        """The figures of each school whose figures change."""
        found = (self._counted(school_id, name) for school_id, name in self.effects.schools.items())
        return [each for each in found if each and each.changes]

    def _counted(self, school_id: int, name: str) -> CountedDays | None:
        before, after = self.effects.figures_before.get(school_id), self.effects.figures_after.get(school_id)
        if before is None or after is None:
            return None
        return CountedDays(
            name,
            before.instructional_days,
            after.instructional_days,
            after.days_due,
            len(before.under_minimum),
            len(after.under_minimum),
            len(before.shortened.days),
            len(after.shortened.days),
        )

    @property
    def laws(self) -> Sequence[ChangedLaw]:
        """What the change does to the lawfulness of each school's calendar, of those where it does anything."""
        found = ((name, pk) for pk, name in self.effects.schools.items())
        laws = [
            changed_law(name, self.effects.laws_before.get(pk), self.effects.laws_after.get(pk)) for name, pk in found
        ]
        return [each for each in laws if each]

    @property
    def is_to_come(self) -> bool:
        """Whether nobody's attendance hangs on it yet."""
        return self.effects.student_days == 0
