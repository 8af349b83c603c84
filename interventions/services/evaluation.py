"""Looks at students anew: where they stand, which tiers they crossed, which cases and notices follow (RD-40).

The signal of a save and the nightly pass both end here, so they lead to the same state, and twice is once. Locks: the
students' standings in the order of their ids, before their days are read; then cases.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import connection, transaction

from interventions.models import Crossing, Standing
from interventions.rules.standing import Wanted
from interventions.selectors.standings import COLUMNS, Difference, differences, row_of, school_year_on
from interventions.services.case_following import follow_cases
from interventions.services.letters_following import follow_letters
from interventions.services.truancy_following import follow_truancy
from students.access import Scope
from students.models import SchoolYear

# Students looked at in one transaction.
CHUNK = 1000

_LOCK = """
    INSERT INTO interventions_standing (student_id, year_id, is_enrolled, tier, absences, unlawful_absences, tardies,
        criteria, as_of)
    SELECT id, %(year)s, false, 0, 0, 0, 0, '[]', %(on)s FROM unnest(%(student_ids)s::bigint[]) asked(id) ORDER BY id
    ON CONFLICT (student_id, year_id) DO NOTHING
"""


@dataclass(frozen=True)
class Evaluated:
    """How many students were looked at, and how many of them stood otherwise than their days say."""

    looked_at: int
    changed: int

    def __add__(self, other: "Evaluated") -> "Evaluated":
        return Evaluated(self.looked_at + other.looked_at, self.changed + other.changed)


NOTHING = Evaluated(0, 0)


def evaluate(scope: Scope, student_ids: Collection[int], *, on: date | None = None) -> Evaluated:
    """Bring some students up to their days through a day, inclusive (default: today); all in one transaction.

    Nothing where the day is in no school year. Raises NoCarePolicy before the first policy.
    """
    day = on or scope.today
    year = school_year_on(scope, day)
    ids = sorted(set(student_ids))
    if year is None or not ids:
        return NOTHING
    done = NOTHING
    with transaction.atomic():
        for start in range(0, len(ids), CHUNK):
            done += _evaluate(scope, year, ids[start : start + CHUNK], day)
    return done


def _evaluate(scope: Scope, year: SchoolYear, ids: list[int], day: date) -> Evaluated:
    _lock(year, ids, day)
    found = differences(scope, year, ids, on=day)
    if found:
        _write_standings(year, found, day)
        _write_crossings(scope, year, found)
        follow_cases(scope, year, found, on=day)
        follow_truancy(scope, [each.notices for each in found if each.notices])
        follow_letters(scope, found)
    return Evaluated(len(ids), len(found))


def _lock(year: SchoolYear, ids: list[int], day: date) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_LOCK, {"student_ids": ids, "year": year.pk, "on": day})
    rows = Standing.objects.select_for_update(no_key=True).filter(year=year, student__in=ids)
    list(rows.order_by("student_id").values_list("pk"))


def _write_standings(year: SchoolYear, found: Sequence[Difference], day: date) -> None:
    changed = [each.judged for each in found if each.stands_otherwise]
    Standing.objects.bulk_create(
        (
            Standing(
                student_id=each.facts.student_id, year=year, as_of=day, **dict(zip(COLUMNS, row_of(each), strict=True))
            )
            for each in changed
        ),
        # The rows stand, locked: as one statement this takes a tenth of the time of updates.
        update_conflicts=True,
        unique_fields=["student", "year"],
        update_fields=[*(name.removesuffix("_id") for name in COLUMNS), "as_of"],
    )


def _write_crossings(scope: Scope, year: SchoolYear, found: Sequence[Difference]) -> None:
    Crossing.objects.bulk_create(
        _crossing(scope, year, each.judged.facts.student_id, wanted) for each in found for wanted in each.new
    )
    gone = [(crossing, each.judged.absences) for each in found for crossing in each.gone]
    for crossing, left in gone:
        crossing.withdrawn_at, crossing.withdrawn_absences = scope.now, left
    Crossing.objects.bulk_update([each for each, _ in gone], ["withdrawn_at", "withdrawn_absences"])
    moved = [pair for each in found for pair in each.moved]
    for crossing, wanted in moved:
        crossing.crossed_on, crossing.absences, crossing.acts_on = wanted.crossed_on, wanted.absences, wanted.acts_on
    Crossing.objects.bulk_update([each for each, _ in moved], ["crossed_on", "absences", "acts_on"])


def _crossing(scope: Scope, year: SchoolYear, student_id: int, wanted: Wanted) -> Crossing:
    return Crossing(
        student_id=student_id,
        year=year,
        tier=wanted.tier,
        ground=wanted.ground,
        crossed_on=wanted.crossed_on,
        absences=wanted.absences,
        acts_on=wanted.acts_on,
        noticed_at=scope.now,
    )
