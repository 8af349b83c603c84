"""Which months that are over wait for the school, the district or the state."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from reporting.models import Filing, FilingEvent, RunState
from reporting.rules.home_months import Turn, turn_of
from reporting.rules.home_needs import Comes, Need, Next, What
from reporting.selectors.home_places import Places
from reporting.selectors.months_list import MonthLine, months_page
from students.access import Scope
from students.models import SchoolYear
from students.refusals import Refused


@dataclass(frozen=True)
class MonthsDone:
    """How many of the months that are over are certified, of all schools whose months are open to somebody."""

    certified: int
    over: int


def month_needs(scope: Scope, places: Places) -> tuple[list[Need], list[Next], MonthsDone | None]:
    """What the months wait for, when the next one ends, and how far they are; so many statements however many schools.

    Nothing for whoever sees no months, and where there is no year.
    """
    if not scope.reads_months:
        return [], [], None
    try:
        page = months_page(scope)
    except Refused:
        return [], [], None
    lines = [line for school in page.schools for line in school.months]
    over = [line for line in lines if line.is_over]
    coming = [Next(Comes.MONTH_ENDS, line.held.last_day) for line in lines if line.held.last_day and not line.is_over]
    return list(_needs(scope, places, page.year, over)), coming, MonthsDone(sum(_is_done(e) for e in over), len(over))


def _is_done(line: MonthLine) -> bool:
    return line.certified is not None


def _needs(scope: Scope, places: Places, year: SchoolYear, over: Sequence[MonthLine]) -> Iterator[Need]:
    accepted = _accepted(year, over) if What.FILE in places.asked else frozenset()
    turns = [(_turn(line, accepted), line) for line in over]
    for what, turn in ((What.BUILD, Turn.SCHOOL), (What.CERTIFY, Turn.DISTRICT), (What.FILE, Turn.STATE)):
        asked = {each.pk for each in places.of(what)}
        found = [line for each, line in turns if each == turn and line.school.pk in asked]
        yield _need(what, sorted(found, key=lambda line: (_since(line), line.school.name)))


def _need(what: What, lines: Sequence[MonthLine]) -> Need:
    if not lines:
        return Need(what, 0)
    first = lines[0]
    schools = len({line.school.pk for line in lines})
    leads: tuple[int | str, ...] = ()
    if len(lines) == 1 or schools == 1:
        leads = (first.school.pk, first.held.month, first.run.state if first.run else "")
    return Need(what, len(lines), _since(first), None, first.school.name, schools, leads)


def _since(line: MonthLine) -> date:
    return line.held.last_day or line.held.ends_on


Bytes = tuple[int, int, str, str]


def _turn(line: MonthLine, accepted: Collection[Bytes]) -> Turn:
    run = line.run
    is_filed = line.is_certified and _bytes_of(line) <= set(accepted)
    state = run.state if run else ""
    return turn_of(state, is_approved=line.is_approved, is_certified=line.is_certified, is_filed=is_filed)


def _bytes_of(line: MonthLine) -> set[Bytes]:
    run = line.run
    if run is None or run.state != RunState.DONE:
        return set()
    files = run.package.files
    return {(line.school.pk, line.held.month, each["record_set"], each["sha256"]) for each in files}


def _accepted(year: SchoolYear, over: Sequence[MonthLine]) -> frozenset[Bytes]:
    """The files that the state has accepted, by their bytes, under whichever package; one statement."""
    schools = {line.school.pk for line in over}
    found = Filing.objects.filter(event=FilingEvent.ACCEPTED, run__school__in=schools, run__school_year=year)
    return frozenset(found.order_by().values_list("run__school", "run__month", "record_set", "sha256"))
