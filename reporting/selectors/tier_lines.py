"""Schools, or the grades of one, by where their students stand now; small groups left out for others (RD-63)."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple
from urllib.parse import urlencode

from interventions.rules.tier_weeks import TierCount
from interventions.selectors.tier_standings import Place, open_case_tiers, standing_tiers, steps_in_time
from reporting.rules.figure_tables import NONE_GIVEN
from reporting.rules.tier_figures import InTime, Share, rows_left_out, total_is_told
from reporting.selectors.tier_weeks import cells_of, grade_asked
from students.access import Scope
from students.models import School, SchoolYear

NOTHING_DUE = InTime()


@dataclass(frozen=True)
class TierLine:
    """A school, a grade, or (place None) all of them: who stands where, open cases, and steps done by their day.

    No count stands where it is left out.
    `asks` is what narrows lists of its students and cases, as addresses ask; None where they are nobody's to see here.
    """

    name: str
    place: Place | None
    count: TierCount | None
    cases: int = 0
    steps: InTime = NOTHING_DUE
    asks: Mapping[str, str] | None = None

    @property
    def cells(self) -> Sequence[tuple[Share, str]]:
        """The students of tiers 1 to 3 and the disengaged, each with the query of their list, empty for none to see."""
        return cells_of(self.count, self.asks) if self.count else []

    @property
    def queue_query(self) -> str | None:
        """What narrows the queue to its open cases; None where it cannot be asked for them."""
        if self.asks is None or self.asks.get("grade") == NONE_GIVEN:
            return None
        return urlencode(self.asks)

    @property
    def any_tier(self) -> Share | None:
        """All who are in some tier."""
        return Share(sum(self.count.groups[1:]), self.count.enrolled) if self.count else None


class TierLines(NamedTuple):
    """The lines of a page, their total, and the grades that it can be narrowed to."""

    total: TierLine
    lines: Sequence[TierLine]
    grades: Sequence[str] = ()


def lines_of_schools(
    scope: Scope, year: SchoolYear, schools: Sequence[School], grade: str | None, *, knows: bool
) -> TierLines:
    """A line for each school; three statements for whoever knows the students, one for others (every grade then)."""
    names = {Place(school.pk): school.name for school in schools}
    every = standing_tiers(scope, None, year)
    if not knows:
        return _published(names, _by_school(every))
    ids = [school.pk for school in schools]
    counts = _by_school({place: count for place, count in every.items() if grade in (None, place.grade)})
    cases, steps = _care(scope, year, ids, grade)
    lines = [
        _line(names[place], place, counts, cases, steps, {"school": str(place.school_id), **grade_asked(grade)})
        for place in names
    ]
    grades = sorted({place.grade for place in every if Place(place.school_id) in names})
    return TierLines(_sum(lines, grade_asked(grade)), lines, grades)


def lines_of_grades(scope: Scope, year: SchoolYear, school: School, grade: str | None, *, knows: bool) -> TierLines:
    """A line for each grade of a school, or for the one asked for; as many statements."""
    every = standing_tiers(scope, [school.pk] if knows else None, year)
    counts = {place: count for place, count in every.items() if place.school_id == school.pk}
    if not knows:
        return _published_grades(school, counts, _by_school(every))
    cases, steps = _care(scope, year, [school.pk], grade, by_grade=True)
    lines = [
        _line(place.grade, place, counts, cases, steps, {"school": str(school.pk), **grade_asked(place.grade)})
        for place in sorted(counts)
        if grade in (None, place.grade)
    ]
    total = _sum(lines, {"school": str(school.pk), **grade_asked(grade)})
    return TierLines(total, lines, sorted(place.grade for place in counts))


def _by_school(counts: Mapping[Place, TierCount]) -> dict[Place, TierCount]:
    found: dict[Place, TierCount] = defaultdict(TierCount)
    for place, count in counts.items():
        found[Place(place.school_id)] += count
    return found


def _care(
    scope: Scope, year: SchoolYear, ids: Collection[int], grade: str | None, *, by_grade: bool = False
) -> tuple[Mapping[Place, int], Mapping[Place, InTime]]:
    cases = open_case_tiers(scope, ids, grade=grade, by_grade=by_grade)
    steps = steps_in_time(scope, ids, year, grade=grade, by_grade=by_grade)
    return {place: sum(tiers.values()) for place, tiers in cases.items()}, {
        place: InTime(*each) for place, each in steps.items()
    }


def _line(
    name: str,
    place: Place,
    counts: Mapping[Place, TierCount],
    cases: Mapping[Place, int],
    steps: Mapping[Place, InTime],
    asks: Mapping[str, str],
) -> TierLine:
    count = counts.get(place, TierCount())
    return TierLine(name, place, count, cases.get(place, 0), steps.get(place, NOTHING_DUE), asks)


def _sum(lines: Sequence[TierLine], asks: Mapping[str, str]) -> TierLine:
    return TierLine(
        "",
        None,
        sum((line.count for line in lines if line.count), TierCount()),
        sum(line.cases for line in lines),
        sum((line.steps for line in lines), NOTHING_DUE),
        asks,
    )


def _published(names: Mapping[Place, str], every: Mapping[Place, TierCount]) -> TierLines:
    """What is left out is so of the whole district, whoever asks for however little, or two pages would tell it."""
    out = rows_left_out({place: count.groups for place, count in every.items()})
    shown = {place: every[place] for place in names if place in every}
    lines = [TierLine(names[place], place, None if place in out else count) for place, count in shown.items()]
    told = bool(shown) and total_is_told({place: count.groups for place, count in shown.items()}, out)
    return TierLines(TierLine("", None, sum(shown.values(), TierCount()) if told else None), lines)


def _published_grades(school: School, counts: Mapping[Place, TierCount], every: Mapping[Place, TierCount]) -> TierLines:
    own = Place(school.pk)
    if own in rows_left_out({place: count.groups for place, count in every.items()}):
        return TierLines(TierLine("", None, None), [TierLine(each.grade, each, None) for each in sorted(counts)])
    out = rows_left_out({place: count.groups for place, count in counts.items()})
    lines = [TierLine(place.grade, place, None if place in out else counts[place]) for place in sorted(counts)]
    return TierLines(TierLine("", None, every.get(own, TierCount())), lines)
