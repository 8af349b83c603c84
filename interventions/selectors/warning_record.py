"""How often the early warnings of some schools came true this year: the stored records, added up."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Max, Min, QuerySet, Sum

from attendance.rules.rates import printed_percent, share_come_true
from interventions.models import WarningRecord
from interventions.rules.early_warning import Sign
from interventions.rules.warning_record import ANY
from interventions.selectors.warning_words import sign_words, threshold_words
from interventions.selectors.warnings import current_thresholds
from students.access import Scope, visible_to


@dataclass(frozen=True)
class RecordLine:
    """Warnings that could be judged, how many came true, and of how many crossings; those are not told by sign."""

    name: str
    judged: int
    came_true: int
    still_open: int
    crossings: int | None

    @property
    def share_true(self) -> str:
        """The share of the warnings that came true, in percent; empty for none."""
        return printed_percent(share_come_true(self.came_true, self.judged))

    @property
    def share_foreseen(self) -> str:
        """The share of the crossings that were warned of, in percent; empty for none."""
        return printed_percent(share_come_true(self.came_true, self.crossings)) if self.crossings else ""


@dataclass(frozen=True)
class TrackRecord:
    """The whole, by threshold, and by sign; a warning with two signs counts with either."""

    whole: RecordLine
    by_threshold: Sequence[RecordLine]
    by_sign: Sequence[RecordLine]
    first_on: date
    as_of: date


def track_record(scope: Scope, school_id: int | None = None) -> TrackRecord | None:
    """The record of a school, or of all whose cases somebody works; None before the first night. Two statements.

    Raises NoCarePolicy.
    """
    rows = list(
        _of_year(scope, school_id)
        .order_by()
        .values("threshold", "sign")
        .annotate(
            judged_sum=Sum("judged"),
            true_sum=Sum("came_true"),
            open_sum=Sum("still_open"),
            crossings_sum=Sum("crossings"),
            first=Min("first_on"),
            last=Max("as_of"),
        )
    )
    if not rows:
        return None
    whole = [row for row in rows if row["sign"] == ANY]
    named = [(each.key, threshold_words(each)) for each in current_thresholds(scope)]
    return TrackRecord(
        whole=_line("", whole),
        by_threshold=[_line(name, [row for row in whole if row["threshold"] == key]) for key, name in named],
        by_sign=[_line(sign_words(each), [row for row in rows if row["sign"] == each.value], False) for each in Sign],
        first_on=min(row["first"] for row in rows),
        as_of=max(row["last"] for row in rows),
    )


def days_looked_at(scope: Scope, school_id: int | None = None) -> dict[int, date]:
    """The last day, inclusive, that the nights of a school looked at, or of all whose cases somebody works."""
    found = _of_year(scope, school_id).order_by().values_list("school").annotate(last=Max("as_of"))
    return dict(found)


def _of_year(scope: Scope, school_id: int | None) -> QuerySet[WarningRecord]:
    found = visible_to(scope, WarningRecord).filter(as_of__gte=scope.year_starts_on)
    return found.filter(school=school_id) if school_id else found


def _line(name: str, rows: Iterable[Mapping[str, Any]], tells_crossings: bool = True) -> RecordLine:
    held = list(rows)
    return RecordLine(
        name=name,
        judged=sum(row["judged_sum"] for row in held),
        came_true=sum(row["true_sum"] for row in held),
        still_open=sum(row["open_sum"] for row in held),
        crossings=sum(row["crossings_sum"] for row in held) if tells_crossings else None,
    )
