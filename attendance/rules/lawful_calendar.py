"""Whether a school's calendar is lawful, and if not, which days and why (MS-01, MS-02, MS-38, MS-41, ST-07, RD-30)."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from attendance.rules.calendar_counts import OfferedDay, Shortened, shortened
from attendance.rules.minutes import MIDNIGHT

KINDS = frozenset({"traditional", "hybrid", "virtual"})
IN_PERSON = "traditional"
MOST_DAYS = 366


class Code(StrEnum):
    """What can be wrong with a calendar, or with one of its days."""

    TOO_FEW_DAYS = "too_few_days"
    NOT_ADOPTED = "not_adopted"
    SCHOOL_WAS_HELD = "school_was_held"
    WITHOUT_REASON = "without_reason"
    WITHOUT_DOCUMENT = "without_document"
    END_OF_YEAR = "end_of_year"
    TOO_MANY = "too_many"
    UNDER_MINIMUM = "under_minimum"
    WITHOUT_KIND = "without_kind"
    THIRD_SHORTENED = "third_shortened"
    CUT_TOO_FAR = "cut_too_far"


RULE_OF: Mapping[Code, str] = {
    Code.TOO_FEW_DAYS: "MS-01",
    Code.NOT_ADOPTED: "RD-30",
    Code.SCHOOL_WAS_HELD: "RD-30",
    Code.WITHOUT_REASON: "MS-01",
    Code.WITHOUT_DOCUMENT: "MS-01",
    Code.END_OF_YEAR: "RD-30",
    Code.TOO_MANY: "MS-01",
    Code.UNDER_MINIMUM: "MS-02",
    Code.WITHOUT_KIND: "MS-38",
    Code.THIRD_SHORTENED: "ST-07",
    Code.CUT_TOO_FAR: "ST-07",
}


@dataclass(frozen=True, slots=True)
class HeldDay:
    """A day in session. `minutes` are the instructional ones that each grade with school is offered ("" for all alike),
    `minimum` those due, `encouraged` those wished for in person; `is_cut` where the calendar says that it is shortened.
    `of_school` are the fewest by the school's own bells, where some grades have the day otherwise: ST-07 counts those.
    """

    date: date
    kind: str
    minutes: Mapping[str, int]
    minimum: int = 240
    encouraged: int = 330
    is_cut: bool = False
    of_school: int | None = None

    @property
    def offered(self) -> OfferedDay:
        """The day as it is counted among the shortened ones."""
        minutes = self.least if self.of_school is None else self.of_school
        return OfferedDay(self.date, minutes, self.minimum, self.is_cut)

    @property
    def least(self) -> int:
        """The minutes of the grade that is offered the fewest; none where no grade is offered any."""
        return min(self.minutes.values(), default=0)


@dataclass(frozen=True, slots=True)
class Waiver:
    """A day of the adopted calendar that is to count though school was not held: why, and by which document."""

    date: date
    reason: str
    document: str


@dataclass(frozen=True, slots=True)
class Fault:
    """Something unlawful: of a day, or of the whole year without one; `grades` where it is of some alone."""

    code: Code
    day: date | None = None
    minutes: int = 0
    grades: tuple[str, ...] = ()

    @property
    def rule(self) -> str:
        """Its number in the rule book."""
        return RULE_OF[self.code]


@dataclass(frozen=True)
class LawfulCalendar:
    """What a year's calendar comes to before the law.

    `waived` are the waived days that count, `lost` the adopted days neither held nor so waived, `added` the days held
    that nobody adopted; both are empty without an adopted calendar. `encouraged` are in-person days between the minimum
    and what is wished for: a remark, never a fault (MS-41).
    """

    held: int
    due: int
    waivable: int
    is_adopted: bool
    waived: Sequence[date] = ()
    lost: Sequence[date] = ()
    added: Sequence[date] = ()
    encouraged: Sequence[date] = ()
    kinds: Mapping[str, int] = field(default_factory=dict)
    shortened: Shortened = field(default_factory=lambda: Shortened(0))
    faults: Sequence[Fault] = ()

    @property
    def is_lawful(self) -> bool:
        """Whether nothing is wrong with it."""
        return not self.faults

    @property
    def counted(self) -> int:
        """The days held and the days waived (MS-01)."""
        return self.held + len(self.waived)

    @property
    def missing(self) -> int:
        """Days that the year is short of."""
        return max(0, self.due - self.counted)

    @property
    def waivers_left(self) -> int:
        """Days that may still be waived."""
        return max(0, self.waivable - len(self.waived))


def lawful_calendar(
    held: Iterable[HeldDay],
    waivers: Iterable[Waiver] = (),
    adopted: Collection[date] | None = None,
    *,
    due: int = 180,
    waivable: int = 10,
) -> LawfulCalendar:
    """Judge a school year's calendar against the calendar that was adopted (None: none is kept).

    Raises ValueError for a date given twice, and for days beyond 0 to 366 or minutes beyond 0 to 1440.
    """
    days = sorted(held, key=lambda day: day.date)
    asked = sorted(waivers, key=lambda waiver: waiver.date)
    _check_range(days, asked, due, waivable)
    open_on = {day.date for day in days}
    waived, refused = _waived(asked, open_on, frozenset(adopted or ()), waivable)
    cut = shortened(day.offered for day in days)
    found = LawfulCalendar(
        held=len(days),
        due=due,
        waivable=waivable,
        is_adopted=adopted is not None,
        waived=tuple(waived),
        lost=tuple(sorted(set(adopted or ()) - open_on - set(waived))),
        added=tuple(sorted(open_on - set(adopted))) if adopted is not None else (),
        encouraged=tuple(day.date for day in days if _is_remarked(day)),
        kinds={kind: sum(day.kind == kind for day in days) for kind in sorted({day.kind for day in days} & KINDS)},
        shortened=cut,
    )
    few = [Fault(Code.TOO_FEW_DAYS)] if found.missing else []
    of_days = sorted(
        [*refused, *_of_days(days), *_of_shortened(cut)], key=lambda each: (each.day or date.min, each.code)
    )
    return replace(found, faults=(*few, *of_days))


def _waived(
    asked: Sequence[Waiver], open_on: Collection[date], adopted: Collection[date], waivable: int
) -> tuple[list[date], list[Fault]]:
    """The waived days that count, and what is wrong with the others."""
    at_the_end = _end_of_year({waiver.date for waiver in asked} - set(open_on), adopted)
    counted: list[date] = []
    refused = []
    for waiver in asked:
        codes = list(_wrong_with(waiver, open_on, adopted, at_the_end))
        if not codes and len(counted) == waivable:
            codes = [Code.TOO_MANY]
        refused += [Fault(code, waiver.date) for code in codes]
        counted += [] if codes else [waiver.date]
    return counted, refused


def _wrong_with(
    waiver: Waiver, open_on: Collection[date], adopted: Collection[date], at_the_end: Collection[date]
) -> Iterator[Code]:
    if waiver.date in open_on:
        yield Code.SCHOOL_WAS_HELD
    elif waiver.date not in adopted:
        yield Code.NOT_ADOPTED
    if waiver.date in at_the_end:
        yield Code.END_OF_YEAR
    if not waiver.reason.strip():
        yield Code.WITHOUT_REASON
    if not waiver.document.strip():
        yield Code.WITHOUT_DOCUMENT


def _end_of_year(waived: Collection[date], adopted: Collection[date]) -> frozenset[date]:
    """The waived days that run on to the last day of the adopted calendar (RD-30)."""
    run = []
    for day in sorted(adopted, reverse=True):
        if day not in waived:
            break
        run.append(day)
    return frozenset(run)


def _of_days(days: Iterable[HeldDay]) -> Iterator[Fault]:
    for day in days:
        if day.kind not in KINDS:
            yield Fault(Code.WITHOUT_KIND, day.date)
        if day.least < day.minimum or not day.minutes:
            short = {grade: minutes for grade, minutes in day.minutes.items() if minutes < day.minimum}
            some = tuple(sorted(short)) if len(short) < len(day.minutes) else ()
            yield Fault(Code.UNDER_MINIMUM, day.date, day.least, some)


def _of_shortened(cut: Shortened) -> Iterator[Fault]:
    yield from (Fault(Code.THIRD_SHORTENED, day) for day in cut.beyond)
    yield from (Fault(Code.CUT_TOO_FAR, day) for day in cut.too_short)


def _is_remarked(day: HeldDay) -> bool:
    return day.kind == IN_PERSON and day.minimum <= day.least < day.encouraged


def _check_range(days: Sequence[HeldDay], waivers: Sequence[Waiver], due: int, waivable: int) -> None:
    for name, number in [("days due", due), ("days that may be waived", waivable)]:
        if not 0 <= number <= MOST_DAYS:
            raise ValueError(f"The {name} lie between 0 and {MOST_DAYS}, not at {number}.")
    for dates in ([day.date for day in days], [waiver.date for waiver in waivers]):
        if len(set(dates)) < len(dates):
            raise ValueError("A date stands twice.")
    for day in days:
        for minutes in (*day.minutes.values(), day.minimum, day.encouraged, day.offered.minutes):
            if not 0 <= minutes <= MIDNIGHT:
                raise ValueError(f"{day.date}: a day has 0 to {MIDNIGHT} minutes, not {minutes}.")
