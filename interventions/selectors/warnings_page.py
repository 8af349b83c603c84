"""The page of early warnings: its lines, what it can be narrowed to, and how often such warnings came true."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.core.paginator import Page
from django.db.models import Max

from interventions.rules.early_warning import Sign
from interventions.selectors.disengaged_page import Choice
from interventions.selectors.late_nights import LateNights, late_nights
from interventions.selectors.warning_record import TrackRecord, days_looked_at, track_record
from interventions.selectors.warning_words import sign_words, threshold_words
from interventions.selectors.warnings import Asked, WarnedStudent, current_thresholds, current_warnings, warned_page
from students.access import Scope
from students.models import School
from students.rules.rights import Right
from students.selectors.places import schools_with_right


@dataclass(frozen=True)
class WarningsPage:
    """A page of the list; `as_of` is the last day that was looked at, None before the first night;
    `late` says of which schools a night was missed.
    """

    page: Page
    students: Sequence[WarnedStudent]
    record: TrackRecord | None
    as_of: date | None
    late: LateNights | None
    schools: Sequence[School]
    grades: Sequence[str]
    thresholds: Sequence[Choice]
    signs: Sequence[Choice]


def warnings_page(scope: Scope, asked: Asked) -> WarningsPage:
    """The page; the same number of statements however many are listed. Raises Forbidden and NoCarePolicy."""
    page, students = warned_page(scope, asked)
    record = track_record(scope, asked.school_id)
    warned = current_warnings(scope)
    return WarningsPage(
        page=page,
        students=students,
        record=record,
        as_of=record.as_of if record else warned.aggregate(last=Max("as_of"))["last"],
        late=late_nights(scope, days_looked_at(scope, asked.school_id)),
        schools=list(schools_with_right(scope, Right.CASES)),
        grades=list(warned.exclude(grade="").order_by("grade").values_list("grade", flat=True).distinct()),
        thresholds=[Choice(each.key, threshold_words(each)) for each in current_thresholds(scope)],
        signs=[Choice(each.value, sign_words(each)) for each in Sign],
    )
